package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Line;
import io.orderbridge.books.Tolerance;
import io.orderbridge.books.Unmatched;
import io.orderbridge.reconciliation.HandLink.Spot;
import io.orderbridge.reconciliation.Reconciliation.Compare;
import io.orderbridge.reconciliation.Reconciliation.Pass;
import io.orderbridge.reconciliation.Reconciliation.Pass.By;
import io.orderbridge.reconciliation.Reconciliation.Pass.Many;
import io.orderbridge.reconciliation.Reconciliation.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random books and passes: no entry is lost or doubled, and the order of the lines is nothing. */
class JudgeConservationTest {
  private static final long SEED = 20_261_132L;
  private static final int ROUNDS = 600;
  private static final int LINES_MAX = 60;
  private static final List<EntryKind> KINDS =
      Collections.unmodifiableList(
          new ArrayList<>(
              Arrays.asList(null, null, null, EntryKind.REFUND, EntryKind.FEE, EntryKind.PAYOUT)));

  private Random random;

  @Test
  void every_entry_ends_in_exactly_one_item_and_the_sums_stay() {
    for (int round = 0; round < ROUNDS; round++) {
      random = new Random(SEED + round);
      List<Line> lines = lines();
      Court court = court(lines);

      List<Item> items = court.judge(lines);

      List<Line> ended = new ArrayList<>();
      items.forEach(item -> ended.addAll(item.left()));
      items.forEach(item -> ended.addAll(item.right()));
      assertThat(ended).as("seed %d", SEED + round).containsExactlyInAnyOrderElementsOf(lines);
      assertThat(sums(ended)).isEqualTo(sums(lines));
      assertThat(items)
          .allSatisfy(
              item -> {
                assertThat(item.left()).allMatch(line -> line.snapshot() == Court.LEFT);
                assertThat(item.right()).allMatch(line -> line.snapshot() == Court.RIGHT);
              });
    }
  }

  @Test
  void the_order_of_the_lines_changes_nothing() {
    for (int round = 0; round < ROUNDS; round++) {
      random = new Random(SEED + round);
      List<Line> lines = lines();
      Court court = court(lines);
      List<Item> items = court.judge(lines);

      Collections.shuffle(lines, random);

      assertThat(court.judge(lines)).as("seed %d", SEED + round).isEqualTo(items);
    }
  }

  @Test
  void the_order_of_the_keys_changes_nothing() {
    for (int round = 0; round < ROUNDS; round++) {
      random = new Random(SEED + round);
      List<Line> lines = lines();
      Court court = court(lines);
      List<Unmatched> groups = new ArrayList<>(Court.group(lines));
      Set<Item> items = new HashSet<>(court.judge(lines));

      Collections.shuffle(groups, random);
      Set<Item> again = new HashSet<>();
      Judge judge =
          new Judge(court.reconciliation(), Court.FROM, Court.TO, court.links, again::add);
      groups.forEach(judge::take);
      judge.finish();

      assertThat(again).as("seed %d", SEED + round).isEqualTo(items);
    }
  }

  private static Map<String, Long> sums(List<Line> lines) {
    Map<String, Long> sums = new TreeMap<>();
    lines.forEach(line -> sums.merge(line.snapshot() + line.currency(), line.minor(), Long::sum));
    return sums;
  }

  private Court court(List<Line> lines) {
    Court court = new Court();
    court.tally = random.nextBoolean() ? Tally.NET : Tally.EACH;
    court.compare = random.nextInt(4) == 0 ? Compare.QUANTITY : Compare.AMOUNT;
    court.tolerance = random.nextBoolean() ? Tolerance.NONE : new Tolerance(5, 5_000, false);
    List<Pass> passes = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      Many many = Many.values()[random.nextInt(3)];
      By by = By.values()[random.nextInt(3)];
      passes.add(new Pass("p" + i, by, many, random.nextInt(4), 2 + random.nextInt(6)));
    }
    court.passes = passes;
    court.links = links(lines);
    return court;
  }

  private List<HandLink> links(List<Line> lines) {
    List<Line> rest = new ArrayList<>(lines);
    Collections.shuffle(rest, random);
    List<HandLink> links = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Map<Boolean, Set<Spot>> sides = new HashMap<>();
      sides.put(true, new HashSet<>());
      sides.put(false, new HashSet<>());
      for (int k = random.nextInt(4); k > 0 && !rest.isEmpty(); k--) {
        Line line = rest.remove(0);
        sides.get(line.snapshot() == Court.LEFT).add(new Spot(line.snapshot(), line.place()));
      }
      links.add(new HandLink(i, sides.get(true), sides.get(false)));
    }
    return links;
  }

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    int keys = 5 + random.nextInt(40);
    for (int place = 1 + random.nextInt(LINES_MAX); place > 0; place--) {
      String key = "k" + random.nextInt(keys);
      Court.Draft draft = random.nextBoolean() ? Court.left(key) : Court.right(key);
      EntryKind kind = KINDS.get(random.nextInt(KINDS.size()));
      long fen = 1 + random.nextInt(random.nextBoolean() ? 20 : 100_000);
      boolean takes = kind == EntryKind.REFUND || kind == EntryKind.FEE;
      draft.place(8 * place).kind(kind).fen(takes ? -fen : fen).pieces(random.nextInt(4));
      draft.currency(random.nextInt(10) == 0 ? "USD" : "CNY");
      draft.status(random.nextInt(5) == 0 ? "closed" : "paid");
      if (random.nextInt(20) == 0) {
        draft.at(null);
      } else {
        draft.day(Court.TO.minusDays(random.nextInt(8) - 2));
      }
      if (random.nextBoolean()) {
        draft.shop("shop" + random.nextInt(3));
      }
      if (random.nextInt(3) == 0) {
        draft.ref("k" + random.nextInt(keys), "r" + random.nextInt(keys));
      }
      lines.add(draft.line());
    }
    return lines;
  }
}
