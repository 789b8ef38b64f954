package io.orderbridge.books;

/** By which of its times an entry belongs to a period. */
public enum Basis {
  ORDERED("ordered_at"),
  PAID("paid_at"),
  SHIPPED("shipped_at"),
  SETTLED("settled_at");

  private final String column;

  Basis(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }
}
