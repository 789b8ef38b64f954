package io.orderbridge.order;

import io.orderbridge.kernel.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@code orders:record} would say of the result of a mapping, without recording it. */
public final class FactsCheck {
  private FactsCheck() {}

  /**
   * @param mapped as a mapping gives it
   * @return the refusal; empty when it would be recorded, or when there is nothing to record
   */
  public static Optional<Refusal> of(Object mapped, Instant now) {
    if (mapped instanceof List<?> list && list.isEmpty()) {
      return Optional.empty();
    }
    try {
      new FactsReader(now).read(mapped);
      return Optional.empty();
    } catch (Refusal e) {
      return Optional.of(e);
    }
  }
}
