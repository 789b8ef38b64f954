package io.orderbridge.books;

import static io.orderbridge.books.Shelf.SHANGHAI;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random books against a judge that looks at one entry after the other. */
@Tag("R39")
@Tag("R40")
class MatchingOracleDbTest {
  private static final long SEED = 20_261_129L;
  private static final int ROUNDS = 60;
  private static final int LINES_MAX = 40;
  private static final int KEYS = 30;
  private static final List<String> STATUSES = List.of("ok", "ok", "ok", "wait");
  private static final List<String> CURRENCIES = List.of("CNY", "CNY", "CNY", "CNY", "USD");
  private static final DateTimeFormatter PAID = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final Instant TO = LocalDate.of(2025, 11, 1).atStartOfDay(SHANGHAI).toInstant();
  private static final Matching.Period OCTOBER =
      new Matching.Period(TO.minus(Duration.ofDays(31)), TO);
  private static final List<Tolerance> TOLERANCES =
      List.of(
          Tolerance.NONE,
          new Tolerance(5, 0, false),
          new Tolerance(0, 5_000, false),
          new Tolerance(5, 5_000, false),
          new Tolerance(5, 5_000, true));

  private final Random random = new Random(SEED);

  private record Line(String key, long fen, String currency, String status, Instant at) {
    boolean in() {
      return at == null || !at.isBefore(OCTOBER.from()) && at.isBefore(OCTOBER.to());
    }

    /** Paid is local time, settled is an epoch. */
    String text() {
      return "%s,%d.%02d,%s,%s,%s,%s\n"
          .formatted(
              key,
              fen / 100,
              fen % 100,
              currency,
              status,
              at == null ? "" : PAID.format(LocalDateTime.ofInstant(at, SHANGHAI)),
              at == null ? "" : at.toEpochMilli());
    }
  }

  @Test
  void random_books_end_as_a_judge_says_who_looks_at_one_key_after_the_other() {
    try (Shelf shelf = new Shelf()) {
      Matchings matchings = new Matchings(shelf.heart.database);
      for (int round = 0; round < ROUNDS; round++) {
        List<Line> left = book();
        List<Line> right = book();
        Tolerance tolerance = TOLERANCES.get(round % TOLERANCES.size());
        Matched matched =
            matchings.match(
                new Matching(
                    new Matching.Side(take(shelf, "left", round, left), Basis.PAID),
                    new Matching.Side(take(shelf, "right", round, right), Basis.SETTLED),
                    OCTOBER,
                    tolerance),
                Shelf.NIGHT);

        List<String> expected = judge(left, right, tolerance);
        List<String> found = new ArrayList<>();
        matchings.each(matched.id(), one -> found.add(one.kind() + " " + one.key()));
        assertThat(found)
            .as("seed %d, round %d", SEED, round)
            .containsExactlyInAnyOrderElementsOf(
                expected.stream().filter(one -> !one.startsWith("MATCHED")).toList());
        assertThat(matched.matched())
            .as("seed %d, round %d", SEED, round)
            .isEqualTo(expected.stream().filter(one -> one.startsWith("MATCHED")).count());
      }
    }
  }

  private static long take(Shelf shelf, String source, int round, List<Line> book) {
    StringBuilder lines = new StringBuilder();
    book.forEach(line -> lines.append(line.text()));
    return shelf.take(source, Shelf.DAY.plusDays(round), lines.toString()).id();
  }

  private List<Line> book() {
    List<Line> book = new ArrayList<>();
    int lines = random.nextInt(LINES_MAX);
    for (int i = 0; i < lines; i++) {
      // Around the last second of the period, and amounts around half a percent of ten yuan.
      Instant at = OCTOBER.to().plusSeconds(random.nextInt(10) == 0 ? random.nextInt(3) - 1 : -60);
      book.add(
          new Line(
              "订单" + random.nextInt(KEYS),
              random.nextInt(3) == 0 ? 990 + random.nextInt(20) : 1_000,
              CURRENCIES.get(random.nextInt(CURRENCIES.size())),
              STATUSES.get(random.nextInt(STATUSES.size())),
              random.nextInt(20) == 0 ? null : at));
    }
    return book;
  }

  private static List<String> judge(List<Line> left, List<Line> right, Tolerance tolerance) {
    Map<String, List<List<Line>>> byKey = new TreeMap<>();
    left.forEach(line -> sides(byKey, line.key()).get(0).add(line));
    right.forEach(line -> sides(byKey, line.key()).get(1).add(line));
    List<String> ends = new ArrayList<>();
    byKey.forEach(
        (key, sides) -> {
          int most = Math.max(sides.get(0).size(), sides.get(1).size());
          for (int rank = 0; rank < most; rank++) {
            Line here = rank < sides.get(0).size() ? sides.get(0).get(rank) : null;
            Line there = rank < sides.get(1).size() ? sides.get(1).get(rank) : null;
            ends.add(end(here, there, rank, tolerance) + " " + key);
          }
        });
    return ends;
  }

  private static List<List<Line>> sides(Map<String, List<List<Line>>> byKey, String key) {
    return byKey.computeIfAbsent(key, one -> List.of(new ArrayList<>(), new ArrayList<>()));
  }

  private static String end(Line left, Line right, int rank, Tolerance tolerance) {
    boolean leftIn = left != null && left.in();
    boolean rightIn = right != null && right.in();
    if (!leftIn && !rightIn) {
      return "OTHER_PERIOD";
    }
    if (left == null) {
      return rank > 0 ? "DUP_RIGHT" : "MISSING_LEFT";
    }
    if (right == null) {
      return rank > 0 ? "DUP_LEFT" : "MISSING_RIGHT";
    }
    if (!left.currency().equals(right.currency())) {
      return "CURRENCY";
    }
    long apart = Math.abs(left.fen() - right.fen());
    if (apart > 0 && !tolerated(apart, left.fen(), tolerance)) {
      return "AMOUNT_BEYOND";
    }
    if (leftIn != rightIn) {
      return "CROSS_PERIOD";
    }
    if (!left.status().equals(right.status())) {
      return "STATUS";
    }
    return apart > 0 ? "AMOUNT_WITHIN" : "MATCHED";
  }

  private static boolean tolerated(long apart, long base, Tolerance tolerance) {
    boolean small = apart < tolerance.minor();
    boolean share = apart * 1_000_000 < tolerance.millionths() * base;
    return tolerance.both() ? small && share : small || share;
  }
}
