package io.orderbridge.reconciliation;

import io.orderbridge.books.Line;
import io.orderbridge.books.Unmatched;
import io.orderbridge.reconciliation.HandLink.Spot;
import io.orderbridge.reconciliation.Reconciliation.Pass;
import io.orderbridge.reconciliation.Reconciliation.Tally;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Decides what became of the entries that are not simply the same in both books. Every entry that
 * is taken ends in exactly one item. The same entries and links give the same items, in whatever
 * order they are taken; items come in any order. Not thread-safe; for one run.
 *
 * <p>What has both sides is decided at once, unless an entry of its key is linked by hand: then
 * when all have come. What one side alone has is kept until {@link #finish}, packed, when there are
 * passes that may find its counterpart ({@link JudgeLone} says how much memory that takes), and
 * decided at once when there are none.
 */
public final class Judge {
  private final Reconciliation what;
  private final Consumer<Item> items;
  private final JudgeVerdict verdict;
  private final JudgeAlone alone;
  private final JudgeLone lone;
  private final Map<Spot, Linked> links = new HashMap<>();
  private final List<Linked> linked = new ArrayList<>();
  private final List<Unmatched> waiting = new ArrayList<>();
  private final JudgePairs pairs;
  private final JudgePeriods periods;

  /** What of a link has come. */
  private record Linked(long id, List<Line> left, List<Line> right) {
    boolean isHalf() {
      return left.isEmpty() || right.isEmpty();
    }
  }

  /**
   * @param from first day of the run's period
   * @param to its last day, which belongs to it
   * @param links no entry stands in two of them
   * @param items is given what is decided, from within {@link #take} and {@link #finish}
   * @throws IllegalArgumentException when an entry stands in two links
   */
  public Judge(
      Reconciliation what,
      LocalDate from,
      LocalDate to,
      List<HandLink> links,
      Consumer<Item> items) {
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("the period from %s to %s is none".formatted(from, to));
    }
    this.what = what;
    this.items = items;
    JudgeMeasure measure = new JudgeMeasure(what.compare() == Reconciliation.Compare.QUANTITY);
    JudgeDays days = JudgeDays.of(what);
    this.verdict = new JudgeVerdict(what, measure, days);
    this.alone = new JudgeAlone(what, measure, days, to);
    this.lone = new JudgeLone(measure, days);
    this.pairs = new JudgePairs(measure, verdict, items, this::alone);
    this.periods = new JudgePeriods(measure, verdict, items, this::alone);
    links.forEach(this::expect);
  }

  private void expect(HandLink link) {
    Linked come = new Linked(link.id(), new ArrayList<>(), new ArrayList<>());
    linked.add(come);
    for (Spot spot : link.all()) {
      if (links.put(spot, come) != null) {
        throw new IllegalArgumentException(
            "entry %s is linked twice, in %d as well".formatted(spot, link.id()));
      }
    }
  }

  /** Takes the entries of one key. Each key comes once. */
  public void take(Unmatched group) {
    boolean left = noteLinked(group.left(), true);
    boolean right = noteLinked(group.right(), false);
    if (left || right) {
      waiting.add(group);
    } else {
      judge(group);
    }
  }

  private boolean noteLinked(List<Line> lines, boolean ofLeft) {
    boolean some = false;
    for (Line line : lines) {
      Linked link = links.get(Spot.of(line));
      if (link != null) {
        (ofLeft ? link.left() : link.right()).add(line);
        some = true;
      }
    }
    return some;
  }

  private void judge(Unmatched group) {
    List<Line> left = withoutLinked(group.left());
    List<Line> right = withoutLinked(group.right());
    if (what.tally() == Tally.NET) {
      periods.judge(group.key(), left, right);
    } else {
      pairs.judge(group.key(), left, right);
    }
  }

  private List<Line> withoutLinked(List<Line> lines) {
    List<Line> rest = new ArrayList<>(lines);
    rest.removeIf(line -> links.containsKey(Spot.of(line)));
    rest.sort(JudgeMeasure.ORDER);
    return rest;
  }

  /**
   * What one side alone has: an entry, or all of a key.
   *
   * @param lines in the order of the files
   */
  private void alone(boolean left, boolean repeated, List<Line> lines) {
    if (what.passes().isEmpty()) {
      items.accept(alone.judge(left, repeated, null, lines));
    } else {
      lone.add(left, repeated, lines);
    }
  }

  /** Decides what was kept. Nothing is taken afterwards. */
  public void finish() {
    // The other side of a link did not come: it is as if nobody had said anything.
    links.values().removeIf(Linked::isHalf);
    linked.stream().filter(link -> !link.isHalf()).forEach(this::judge);
    waiting.forEach(this::judge);
    for (int i = 0; i < what.passes().size(); i++) {
      look(what.passes().get(i), i);
    }
    for (int one = 0; one < lone.size(); one++) {
      if (!lone.isTaken(one)) {
        int doubt = lone.doubt(one);
        String pass = doubt < 0 ? null : what.passes().get(doubt).id();
        items.accept(alone.judge(lone.isLeft(one), lone.isRepeated(one), pass, lone.lines(one)));
      }
    }
  }

  private void judge(Linked link) {
    link.left().sort(JudgeMeasure.ORDER);
    link.right().sort(JudgeMeasure.ORDER);
    JudgeVerdict.By hand = new JudgeVerdict.By(Explain.Found.HAND, "hand:" + link.id());
    items.accept(verdict.judge(hand, link.left().get(0).key(), link.left(), link.right()));
  }

  private void look(Pass pass, int number) {
    PassFound found = (left, right) -> found(pass, left, right);
    switch (pass.by()) {
      case REF -> PassRef.run(lone, pass.within(), number, found);
      case AMOUNT -> PassAmount.run(lone, pass.within(), number, found);
      case SUM -> new PassSum(lone, pass, number, found).run();
      default -> throw new IllegalStateException("no pass by " + pass.by());
    }
  }

  private void found(Pass pass, int[] left, int[] right) {
    Explain.Found by =
        switch (pass.by()) {
          case REF -> Explain.Found.REF;
          case AMOUNT -> Explain.Found.AMOUNT;
          case SUM -> Explain.Found.SUM;
        };
    for (int one : left) {
      lone.take(one);
    }
    for (int one : right) {
      lone.take(one);
    }
    List<Line> here = lone.lines(left);
    List<Line> there = lone.lines(right);
    // Where one side is a single entry, that is what a person looks for.
    String key = right.length == 1 && left.length > 1 ? there.get(0).key() : here.get(0).key();
    items.accept(verdict.judge(new JudgeVerdict.By(by, pass.id()), key, here, there));
  }
}
