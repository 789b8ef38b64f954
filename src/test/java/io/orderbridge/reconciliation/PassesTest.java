package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Line;
import io.orderbridge.books.Tolerance;
import io.orderbridge.reconciliation.HandLink.Spot;
import io.orderbridge.reconciliation.Reconciliation.Compare;
import io.orderbridge.reconciliation.Reconciliation.Pass;
import io.orderbridge.reconciliation.Reconciliation.Pass.By;
import io.orderbridge.reconciliation.Reconciliation.Pass.Many;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is lone is looked for: against a judge who sets everyone against everyone. */
class PassesTest {
  private static final long SEED = 20_261_134L;
  private static final int ROUNDS = 1_500;

  private Random random;

  private static Court court(Pass... passes) {
    Court court = new Court();
    court.tolerance = Tolerance.NONE;
    court.passes = List.of(passes);
    return court;
  }

  private static Pass pass(By by, int within) {
    return new Pass("pass", by, Many.BOTH, within, 12);
  }

  @Test
  void a_further_key_finds_the_only_one_that_has_it() {
    BiPredicate<Line, Line> together =
        (left, right) -> daysApart(left, right) <= 2 && shareToken(left, right);
    for (int round = 0; round < ROUNDS; round++) {
      random = new Random(SEED + round);
      List<Line> lines = lines();

      assertThat(pairs(court(pass(By.REF, 2)).judge(lines)))
          .as("seed %d", SEED + round)
          .isEqualTo(mutual(lines, together));
    }
  }

  @Test
  void an_amount_finds_the_only_one_that_has_it() {
    BiPredicate<Line, Line> together =
        (left, right) ->
            left.times().size() + right.times().size() == 2
                && daysApart(left, right) <= 2
                && left.minor().equals(right.minor())
                && left.currency().equals(right.currency())
                && shopsAgree(left, right);
    for (int round = 0; round < ROUNDS; round++) {
      random = new Random(SEED + round);
      List<Line> lines = lines();

      assertThat(pairs(court(pass(By.AMOUNT, 2)).judge(lines)))
          .as("seed %d", SEED + round)
          .isEqualTo(mutual(lines, together));
    }
  }

  /** Pairs of which either is the only candidate of the other. */
  private static Set<String> mutual(List<Line> lines, BiPredicate<Line, Line> together) {
    List<Line> lefts = lines.stream().filter(line -> line.snapshot() == Court.LEFT).toList();
    List<Line> rights = lines.stream().filter(line -> line.snapshot() == Court.RIGHT).toList();
    Set<String> pairs = new TreeSet<>();
    for (Line left : lefts) {
      List<Line> candidates = rights.stream().filter(r -> together.test(left, r)).toList();
      if (candidates.size() == 1) {
        Line right = candidates.get(0);
        if (lefts.stream().filter(l -> together.test(l, right)).count() == 1) {
          pairs.add(left.place() + "-" + right.place());
        }
      }
    }
    return pairs;
  }

  private static Set<String> pairs(List<Item> items) {
    return items.stream()
        .filter(item -> item.rule().equals("pass"))
        .map(item -> item.left().get(0).place() + "-" + item.right().get(0).place())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long daysApart(Line left, Line right) {
    if (left.times().isEmpty() || right.times().isEmpty()) {
      return 0;
    }
    return Math.abs(day(left) - day(right));
  }

  private static long day(Line line) {
    return line.times()
        .values()
        .iterator()
        .next()
        .atZone(Court.SHANGHAI)
        .toLocalDate()
        .toEpochDay();
  }

  private static boolean shareToken(Line left, Line right) {
    Set<String> tokens = tokens(left);
    tokens.retainAll(tokens(right));
    return !tokens.isEmpty();
  }

  private static Set<String> tokens(Line line) {
    Set<String> tokens = new HashSet<>(Set.of(line.key()));
    if (line.labels() != null && line.labels().ref() != null) {
      tokens.addAll(Arrays.asList(line.labels().ref().split("\u001f")));
    }
    return tokens;
  }

  private static boolean shopsAgree(Line left, Line right) {
    String here = left.labels() == null ? null : left.labels().shop();
    String there = right.labels() == null ? null : right.labels().shop();
    return here == null || there == null || here.equals(there);
  }

  /** No key stands on both sides, or twice. */
  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    int most = 2 + random.nextInt(40);
    for (int i = 1; i <= most; i++) {
      Court.Draft draft = random.nextBoolean() ? Court.left("l" + i) : Court.right("r" + i);
      draft.place(8 * i).fen(100 + random.nextInt(20));
      draft.currency(random.nextInt(8) == 0 ? "USD" : "CNY");
      draft.day(Court.MIDDLE.plusDays(random.nextInt(6)));
      if (random.nextInt(15) == 0) {
        draft.at(null);
      }
      if (random.nextBoolean()) {
        draft.shop("shop" + random.nextInt(2));
      }
      if (random.nextBoolean()) {
        draft.ref("x" + random.nextInt(most), (random.nextBoolean() ? "l" : "r") + (i % 7));
      }
      lines.add(draft.line());
    }
    return lines;
  }

  @Test
  void who_has_two_candidates_is_left_alone_and_the_sentence_says_so() {
    List<Item> items =
        court(pass(By.REF, 2))
            .judge(
                List.of(
                    Court.left("a").place(8).fen(100).ref("t").line(),
                    Court.right("b").place(8).fen(100).ref("t").line(),
                    Court.right("c").place(16).fen(100).ref("t").line()));

    assertThat(items)
        .hasSize(3)
        .allSatisfy(
            item -> assertThat(item.why().en()).contains("pass 'pass' gave no single answer"));
  }

  @Test
  void a_pass_that_finds_a_pair_judges_it() {
    Court court = court(pass(By.REF, 3));
    court.tolerance = new Tolerance(0, 5_000, false);
    List<Item> items =
        court.judge(
            List.of(
                Court.left("a").place(8).fen(10_000).ref("t").line(),
                Court.right("t").place(8).fen(9_969).day(Court.MIDDLE.plusDays(2)).line(),
                Court.left("b").place(16).fen(10_000).ref("u").line(),
                Court.right("u").place(16).fen(9_900).line()));

    assertThat(items).extracting(Item::kind).containsExactly(BreakClass.WITHIN, BreakClass.AMOUNT);
    assertThat(items.get(0).why().en())
        .isEqualTo(
            "further key equal, amount 100.00 CNY left, 99.69 CNY right (-0.31 CNY, -0.310 %),"
                + " right 2 days later; tolerated by rule 'tolerance' (below 0.50 %)");
    assertThat(items).extracting(Item::rule).containsOnly("pass");
  }

  @Test
  void parts_and_whole_are_found_for_pieces_as_for_amounts() {
    for (Many many : Many.values()) {
      Court court = court(new Pass("pass", By.SUM, many, 1, 12));
      court.compare = Compare.QUANTITY;
      boolean left = many == Many.LEFT;
      List<Line> lines = new ArrayList<>();
      for (int pieces : new int[] {2, 3, 7}) {
        Court.Draft part = left ? Court.left("p" + pieces) : Court.right("p" + pieces);
        lines.add(part.place(8 * pieces).pieces(pieces).line());
      }
      lines.add((left ? Court.right("w") : Court.left("w")).place(8).pieces(12).line());

      List<Item> items = court.judge(lines);

      assertThat(items).hasSize(1);
      assertThat(items.get(0).kind()).isEqualTo(BreakClass.MATCHED);
      assertThat(items.get(0).key()).isEqualTo("w");
      assertThat(items.get(0).left()).hasSize(left ? 3 : 1);
    }
  }

  @Test
  void several_make_several_only_when_no_one_is_a_sum() {
    List<Line> lines = new ArrayList<>();
    lines.add(Court.left("a").place(8).fen(61_111).line());
    lines.add(Court.left("b").place(16).fen(38_889).line());
    lines.add(Court.right("c").place(8).fen(55_555).line());
    lines.add(Court.right("d").place(16).fen(44_445).line());
    Court court = court(new Pass("pass", By.SUM, Many.BOTH, 1, 12));

    assertThat(court.judge(lines))
        .hasSize(1)
        .allSatisfy(item -> assertThat(item.kind()).isEqualTo(BreakClass.MATCHED));

    // Two equal ones on either side: who belongs to whom is not known.
    lines.clear();
    lines.add(Court.left("a").place(8).fen(100).line());
    lines.add(Court.left("b").place(16).fen(100).line());
    lines.add(Court.right("c").place(8).fen(100).line());
    lines.add(Court.right("d").place(16).fen(100).line());
    assertThat(court.judge(lines)).hasSize(4);
  }

  @Test
  void what_was_linked_by_hand_comes_before_everything() {
    Line left = Court.left("a").place(8).fen(100).line();
    Line other = Court.right("a").place(8).fen(99).line();
    Line meant = Court.right("b").place(16).fen(100).day(Court.TO.plusDays(1)).line();
    Court court = court(pass(By.AMOUNT, 90));
    court.links =
        List.of(
            new HandLink(7, Set.of(new Spot(Court.LEFT, 8)), Set.of(new Spot(Court.RIGHT, 16))));

    List<Item> items = court.judge(List.of(left, other, meant));

    assertThat(items).extracting(Item::rule).containsExactly("hand:7", "missing-left");
    assertThat(items.get(0).outcome()).isEqualTo(Outcome.MATCHED);
    assertThat(items.get(0).why().en())
        .isEqualTo("linked by hand, amount 1.00 CNY, right 17 days later; agrees (rule 'hand:7')");
  }

  @Test
  void a_link_whose_other_side_did_not_come_is_as_if_nobody_had_made_it() {
    Court court = court();
    court.links =
        List.of(
            new HandLink(7, Set.of(new Spot(Court.LEFT, 8)), Set.of(new Spot(Court.RIGHT, 16))));

    assertThat(court.judge(List.of(Court.left("a").place(8).fen(100).line())))
        .extracting(Item::kind)
        .containsExactly(BreakClass.MISSING_RIGHT);
  }

  @Test
  void and_so_for_the_others_of_its_key() {
    Court court = court();
    List<Line> lines =
        List.of(
            Court.left("a").place(8).fen(6_000).line(),
            Court.left("a").place(16).fen(4_000).line(),
            Court.right("a").place(8).fen(9_000).line());
    List<Item> unlinked = court.judge(lines);
    court.links =
        List.of(
            new HandLink(7, Set.of(new Spot(Court.LEFT, 16)), Set.of(new Spot(Court.RIGHT, 99))));

    assertThat(court.judge(lines)).hasSize(1).isEqualTo(unlinked);
  }
}
