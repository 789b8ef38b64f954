package io.orderbridge.ticket;

/** What is looked at first; the order is that of urgency. The names stand in the database. */
public enum Priority {
  LOW,
  NORMAL,
  HIGH,
  URGENT
}
