package io.orderbridge.notice;

import java.util.List;

/** What a customer bought before the order that a notice is about, which is not in it. */
public record History(List<Purchase> purchases) {
  public History {
    purchases = List.copyOf(purchases);
  }
}
