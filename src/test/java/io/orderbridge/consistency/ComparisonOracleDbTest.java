package io.orderbridge.consistency;

import static io.orderbridge.consistency.Comparing.SHOP;
import static io.orderbridge.consistency.Comparing.THREE;
import static io.orderbridge.consistency.Comparing.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random sets of orders and states, several nights of one system in a row, against a judge that
 * looks at one order after the other.
 */
@Tag("R09")
class ComparisonOracleDbTest {
  private static final int ROUNDS = 60;
  private static final int NUMBERS = 40;
  private static final Duration SETTLE = Duration.ofMinutes(30);
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final List<String> STATUSES = List.of("CREATED", "PAID", "SHIPPED", "IN_TRANSIT");

  private record Ours(String status, Instant created, Instant since) {}

  private record Theirs(String status, Instant at, Instant readAt) {}

  private final Random random = new Random(20_261_129L);
  private final Map<String, Ours> ours = new TreeMap<>();
  private final Map<String, Theirs> theirs = new TreeMap<>();

  @Test
  void random_sets_end_as_a_judge_says_who_looks_at_one_order_after_the_other() {
    try (Comparing night = Comparing.fresh().with(Comparing.pair("erp"))) {
      for (int round = 0; round < ROUNDS; round++) {
        night.heart.execute(
            """
            truncate customer_order, order_person, system_state, state_reading, source_window,
                     comparison_run, comparison_row, finding\
            """);
        boolean read = random.nextInt(4) > 0;
        plant(night);
        if (read) {
          night.readAtTwo("erp");
        }

        ComparisonRun run = night.compare("erp");

        Map<String, Long> expected = new TreeMap<>(Map.of("EQUAL", 0L));
        TreeSet<String> differences = new TreeSet<>();
        for (int i = 0; i < NUMBERS; i++) {
          String kind = judge(ours.get("n" + i), theirs.get("n" + i), read);
          if (kind != null) {
            expected.merge(kind, 1L, Long::sum);
          }
          if (kind != null && (kind.endsWith("DIFFERS") || kind.startsWith("MISSING"))) {
            differences.add(kind + " n" + i);
          }
        }
        assertThat(run.counts()).as("round %d", round).isEqualTo(expected);
        assertThat(night.differences(run).stream().map(row -> row.replaceAll(" [A-Z_]+$", "")))
            .as("round %d", round)
            .containsExactlyInAnyOrderElementsOf(differences);
        assertThat(run.ours() + run.theirs()).isEqualTo(looked());
      }
    }
  }

  private long looked() {
    long here = ours.values().stream().filter(one -> inPeriod(one.created())).count();
    return here + theirs.size();
  }

  private void plant(Comparing night) {
    ours.clear();
    theirs.clear();
    for (int i = 0; i < NUMBERS; i++) {
      if (random.nextInt(6) > 0) {
        Instant created = pick("2026-11-20T02:00:00Z", "2026-11-20T15:50:00Z");
        created = random.nextInt(10) == 0 ? created.minus(Duration.ofDays(32)) : created;
        Instant since = pick("2026-11-20T16:00:00Z", "2026-11-20T18:58:00Z");
        ours.put("n" + i, new Ours(status(), created, since));
      }
      if (random.nextInt(6) > 0) {
        Instant at = random.nextInt(3) == 0 ? null : near(ours.get("n" + i));
        Instant read =
            random.nextBoolean() ? TWO.plusSeconds(60) : pick("2026-11-20T18:01:00Z", THREE + "");
        theirs.put("n" + i, new Theirs(status(), at, read));
      }
    }
    ours.forEach(
        (number, one) ->
            night.order(SHOP, number, one.status(), one.created() + "", one.since() + ""));
    theirs.forEach(
        (number, one) ->
            night.state(
                "erp",
                SHOP,
                number,
                one.status(),
                one.at() == null ? null : one.at() + "",
                one.readAt() + ""));
  }

  private String status() {
    return STATUSES.get(random.nextInt(STATUSES.size()));
  }

  private Instant near(Ours one) {
    return one == null
        ? pick("2026-11-20T16:00:00Z", THREE + "")
        : one.since().plusSeconds(random.nextInt(1_200) - 600);
  }

  private Instant pick(String from, String to) {
    long first = Instant.parse(from).getEpochSecond();
    long last = Instant.parse(to).getEpochSecond();
    return Instant.ofEpochSecond(first + random.nextInt((int) (last - first)));
  }

  private static boolean inPeriod(Instant created) {
    return created.isAfter(Instant.parse("2026-10-21T16:00:00Z"));
  }

  // Null: of neither side.
  private static String judge(Ours ours, Theirs theirs, boolean read) {
    if (ours == null && theirs == null || ours != null && !inPeriod(ours.created())) {
      return theirs == null ? null : "OUTSIDE";
    }
    if (ours == null) {
      return underWay(theirs) ? "IN_FLIGHT" : "MISSING_HERE";
    }
    if (theirs == null) {
      return absent(ours, read);
    }
    if (same(ours, theirs)) {
      return "EQUAL";
    }
    if (ours.since().plus(SETTLE).isAfter(theirs.readAt())) {
      return "CHANGED_SINCE";
    }
    if (underWay(theirs)) {
      return "IN_FLIGHT";
    }
    return ours.status().equals(theirs.status()) ? "TIME_DIFFERS" : "STATUS_DIFFERS";
  }

  private static String absent(Ours ours, boolean read) {
    if (ours.status().equals("CREATED")) {
      return "NOT_EXPECTED";
    }
    // The window ends at midnight; what was created within skew and settle of it is left out.
    Instant edge = Instant.parse("2026-11-20T16:00:00Z").minus(SKEW).minus(SETTLE);
    if (!read || !ours.created().isBefore(edge)) {
      return "NOT_READ";
    }
    return ours.since().plus(SETTLE).isAfter(TWO) ? "CHANGED_SINCE" : "MISSING_THERE";
  }

  private static boolean underWay(Theirs theirs) {
    Instant since = theirs.at() == null ? theirs.readAt() : theirs.at();
    return since.isAfter(THREE.minus(SETTLE));
  }

  private static boolean same(Ours ours, Theirs theirs) {
    if (!ours.status().equals(theirs.status())) {
      return ours.status().equals("IN_TRANSIT") && theirs.status().equals("SHIPPED");
    }
    return theirs.at() == null
        || Duration.between(ours.since(), theirs.at()).abs().compareTo(SKEW) <= 0;
  }

  @Test
  void a_row_that_is_lost_or_doubled_between_the_sides_and_the_classes_is_seen() {
    assertThat(result(5, 3, "MISSING_THERE").counts())
        .isEqualTo(Map.of("MISSING_THERE", 2L, "EQUAL", 3L));
    assertThatThrownBy(() -> result(6, 3, "MISSING_THERE"))
        .hasMessage(
            "of 6 orders here and 3 there, 4 and 3 would be equal: an order was lost or doubled");
    assertThatThrownBy(() -> result(5, 3, "NONE"))
        .hasMessage("2 orders ended in no class that there is: NONE");
  }

  // Two orders here alone, of so many on either side.
  private static ComparisonResult result(long ours, long theirs, String name) {
    ComparisonResult.Sides none = new ComparisonResult.Sides(0, 0);
    return ComparisonResult.of(
        List.of(
            new ComparisonResult.Line("", 0, new ComparisonResult.Sides(ours, theirs), none),
            new ComparisonResult.Line(name, 2, new ComparisonResult.Sides(2, 0), none)),
        List.of());
  }
}
