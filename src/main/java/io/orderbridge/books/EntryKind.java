package io.orderbridge.books;

/** What an entry is. Amounts have the sign by which they change what the merchant has. */
public enum EntryKind {
  /** Money for goods, or goods that left. */
  SALE,
  /** Money that went back, or goods that came back: below zero. */
  REFUND,
  /** What a platform or bank keeps: below zero. */
  FEE,
  /** Money that was paid out to a bank account. */
  PAYOUT,
  /** Whatever else a book holds. */
  OTHER;

  /** Null when there is none of the name. */
  static EntryKind of(String name) {
    for (EntryKind kind : values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    return null;
  }

  /** Whether a source that writes amounts without a sign means money that goes away. */
  boolean takes() {
    return this == REFUND || this == FEE;
  }
}
