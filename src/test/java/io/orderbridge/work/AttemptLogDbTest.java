package io.orderbridge.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Cause;
import io.orderbridge.work.Work.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What the one line of an attempt says, and what it must not (promise 7). */
class AttemptLogDbTest {
  private final List<String> lines = new ArrayList<>();

  @Test
  void what_a_library_quotes_of_the_data_is_not_logged() {
    Logger logger = Logger.getLogger("io.orderbridge.attempt");
    Handler handler = new Lines();
    logger.addHandler(handler);
    try (Heart heart = Heart.fresh()) {
      // Given
      Item item = new Item(1, Drafts.draft("demo/1", 1), 0, Instant.EPOCH);
      String why = "TypeConversionException: no conversion of value 13800000000";

      // When
      heart.settlements.tell(
          Settlement.dead(item, Cause.ROUTE_FAILED, "", why, new byte[0], Drafts.TOOK));

      // Then
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0))
          .contains("cause=ROUTE_FAILED", "why=TypeConversionException")
          .doesNotContain("13800000000");
    } finally {
      logger.removeHandler(handler);
    }
  }

  private final class Lines extends Handler {
    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
