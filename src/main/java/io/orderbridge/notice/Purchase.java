package io.orderbridge.notice;

import io.orderbridge.kernel.Money;
import java.time.Instant;
import java.util.List;

/**
 * An order of a customer that was not cancelled.
 *
 * @param total null when nobody has told it
 */
public record Purchase(Instant at, Money total, List<Line> lines) {
  public Purchase {
    lines = List.copyOf(lines);
  }

  /** What was bought; texts are empty when nobody has told them. */
  public record Line(String sku, String title, long quantity) {}
}
