package io.orderbridge.payment;

import static io.orderbridge.payment.Till.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the sets are: every record and every payment here ends in one class, the right one. */
@Tag("R14")
class ConservationDbTest {
  private static final int ORDERS = 120;

  private final Till till = Till.open();

  @AfterEach
  void end() {
    till.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void every_item_has_the_verdict_that_plain_loops_give_it(long seed) {
    // Given
    World world = new World(new Random(20_261_129L + seed), ORDERS);
    world.write(till);
    // Nothing is recorded: these orders are rows without a fold behind them.
    Playbook task = new Playbook(Outcome.TASK, false);
    till.use(Till.source(), Map.of(Verdict.LOST_CALLBACK, task, Verdict.REFUNDED_THERE, task));
    till.clock.step(Duration.ofDays(2));
    boolean last = seed % 4 != 0;
    if (last) {
      till.proved(DAY);
    }

    // When
    Run run = till.verify();

    // Then
    Map<String, Verdict> expected = new Oracle(world, last).verdicts();
    Map<String, Verdict> judged = judged(run);
    expected.forEach(
        (item, verdict) ->
            assertThat(judged.getOrDefault(item, Verdict.MATCHED))
                .as("seed %d, final %s, item %s", seed, last, item)
                .isEqualTo(verdict));
    assertThat(expected.keySet()).containsAll(judged.keySet());
    Map<Verdict, Long> counts =
        expected.values().stream().collect(Collectors.groupingBy(v -> v, Collectors.counting()));
    for (Verdict verdict : Verdict.values()) {
      assertThat(run.totals().count(verdict))
          .as("seed %d: %s", seed, verdict)
          .isEqualTo(counts.getOrDefault(verdict, 0L));
    }
  }

  private Map<String, Verdict> judged(Run run) {
    Map<String, Verdict> judged = new TreeMap<>();
    for (RunList.Row row : till.list.rows(run.id(), null, 0, 10_000)) {
      boolean there =
          row.message() != null || row.kind().equals("REFUND") || row.transaction().startsWith("#");
      String item =
          row.kind().equals("ORDER")
              ? "order " + row.number()
              : there
                  ? "there %s %s %s".formatted(row.number(), row.transaction(), row.refund())
                  : "here %s %s".formatted(row.number(), row.transaction());
      assertThat(judged.put(item, row.verdict())).as(item).isNull();
    }
    return judged;
  }

  @Test
  void a_random_world_holds_every_class() {
    Map<Verdict, Long> seen = new TreeMap<>();
    for (long seed = 1; seed <= 16; seed++) {
      World world = new World(new Random(20_261_129L + seed), ORDERS);
      new Oracle(world, seed % 4 != 0)
          .verdicts()
          .values()
          .forEach(verdict -> seen.merge(verdict, 1L, Long::sum));
    }
    seen.put(Verdict.NOT_TAKEN, 1L);
    assertThat(seen).containsOnlyKeys(Verdict.values());
  }
}
