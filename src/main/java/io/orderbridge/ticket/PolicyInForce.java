package io.orderbridge.ticket;

import jakarta.inject.Singleton;

/** The policy by which tickets are opened now. Thread-safe. */
@Singleton
public class PolicyInForce {
  private volatile TicketPolicy current = TicketPolicy.NONE;

  /** Puts another policy in force for what is opened from now on; open tickets stay as they are. */
  public void replace(TicketPolicy policy) {
    current = policy;
  }

  TicketPolicy current() {
    return current;
  }
}
