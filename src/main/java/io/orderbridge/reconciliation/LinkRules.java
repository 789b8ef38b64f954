package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import io.orderbridge.books.Unmatched;
import io.orderbridge.reconciliation.Reconciliation.Pass;
import io.orderbridge.reconciliation.Reconciliation.Pass.By;
import io.orderbridge.reconciliation.Reconciliation.Pass.Many;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Learns from a match that a person made. */
final class LinkRules {
  private LinkRules() {}

  /**
   * The narrowest pass that would have found it, with nothing else around: by a further key, else
   * by the amount, else by the sum. Its id says what it does, such as {@code learned-ref-3}.
   * Whether it is any good is what {@link BackTest} says.
   *
   * @return empty when none would have, because neither a key, nor the amounts agree
   */
  static Optional<Pass> propose(Reconciliation what, List<Line> left, List<Line> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    int within = apart(JudgeDays.of(what), left, right);
    for (By by : By.values()) {
      Pass pass = pass(by, within, left, right);
      if (finds(what, pass, left, right)) {
        return Optional.of(pass);
      }
    }
    return Optional.empty();
  }

  private static Pass pass(By by, int within, List<Line> left, List<Line> right) {
    Many many = right.size() == 1 ? Many.LEFT : left.size() == 1 ? Many.RIGHT : Many.BOTH;
    String id = "learned-%s-%d".formatted(by.name().toLowerCase(Locale.ROOT), within);
    return new Pass(id, by, many, within, Math.max(2, Math.max(left.size(), right.size())));
  }

  /** The days from the first to the last of them. */
  private static int apart(JudgeDays days, List<Line> left, List<Line> right) {
    List<LocalDate> known = new ArrayList<>();
    left.forEach(line -> add(known, days.first(List.of(line), true)));
    right.forEach(line -> add(known, days.first(List.of(line), false)));
    return known.isEmpty()
        ? 0
        : Math.toIntExact(
            known.stream().max(LocalDate::compareTo).orElseThrow().toEpochDay()
                - known.stream().min(LocalDate::compareTo).orElseThrow().toEpochDay());
  }

  private static void add(List<LocalDate> days, LocalDate day) {
    if (day != null) {
      days.add(day);
    }
  }

  private static boolean finds(Reconciliation what, Pass pass, List<Line> left, List<Line> right) {
    List<Item> items = new ArrayList<>();
    // The period decides nothing of what a pass finds.
    LocalDate day = LocalDate.EPOCH;
    Judge judge = new Judge(only(what, pass), day, day, List.of(), items::add);
    byKey(left).forEach((key, lines) -> judge.take(new Unmatched(key, lines, List.of())));
    byKey(right).forEach((key, lines) -> judge.take(new Unmatched(key, List.of(), lines)));
    judge.finish();
    return items.size() == 1 && items.get(0).rule().equals(pass.id());
  }

  private static Map<String, List<Line>> byKey(List<Line> lines) {
    Map<String, List<Line>> byKey = new TreeMap<>();
    lines.forEach(line -> byKey.computeIfAbsent(line.key(), key -> new ArrayList<>()).add(line));
    return byKey;
  }

  /** The reconciliation with one pass alone. */
  static Reconciliation only(Reconciliation what, Pass pass) {
    return new Reconciliation(
        what.name(),
        what.title(),
        what.every(),
        what.zone(),
        what.left(),
        what.right(),
        what.compare(),
        what.tally(),
        what.tolerance(),
        what.settles(),
        List.of(pass),
        what.owner(),
        what.text());
  }
}
