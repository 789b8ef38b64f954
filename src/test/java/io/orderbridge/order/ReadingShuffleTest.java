package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.consistency.ContradictionRules;
import io.orderbridge.consistency.Looking;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Sayings.Saying;
import io.orderbridge.runtime.ShippedRules;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What contradicts itself depends on what was said, never on the order in which it was heard. */
@Tag("R06")
class ReadingShuffleTest {
  private static final long SEED = 20_261_129L;
  private static final int ORDERS = 1_000;
  private static final int SHUFFLES = 10;
  private static final OrderKey KEY = new OrderKey("demo", "1001");
  private static final Instant NOW = Instant.parse("2026-11-20T04:30:00Z");

  private final Ownership ownership = Sayings.ownership();
  private final ContradictionRules rules = ShippedRules.contradictions();

  @Test
  void ten_thousand_shuffles_with_duplicates_contradict_the_same_with_the_same_values() {
    Set<String> seen = new TreeSet<>();
    for (int order = 0; order < ORDERS; order++) {
      // Given
      Sayings sayings = new Sayings(new Random(SEED + order));
      List<Saying> said = sayings.about(KEY);
      List<String> expected = found(Sayings.fold(said), NOW);
      expected.forEach(one -> seen.add(one.split(" ")[0]));

      for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
        // When
        List<String> found = found(Sayings.fold(sayings.arrivals(said)), NOW);

        // Then
        assertThat(found).as("seed %d, shuffle %d", SEED + order, shuffle).isEqualTo(expected);
      }
    }
    // Not a proof about nothing.
    assertThat(seen).hasSizeGreaterThan(3);
  }

  @Test
  void what_is_found_stays_found_while_only_time_passes() {
    for (int order = 0; order < ORDERS; order++) {
      OrderState state = Sayings.fold(new Sayings(new Random(SEED + order)).about(KEY));
      Set<String> before = new HashSet<>();
      for (int hours = 0; hours < 48; hours += 3) {
        List<String> found = found(state, NOW.plus(Duration.ofHours(hours)));
        assertThat(found).as("seed %d after %d h", SEED + order, hours).containsAll(before);
        before.addAll(found);
      }
    }
  }

  private List<String> found(OrderState state, Instant now) {
    return Looking.found(new ReadingMaker(ownership).of(1, KEY, state), rules, now);
  }
}
