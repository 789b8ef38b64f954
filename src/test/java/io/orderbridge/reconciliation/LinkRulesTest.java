package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Line;
import io.orderbridge.reconciliation.BackTest.Figures;
import io.orderbridge.reconciliation.BackTest.Past;
import io.orderbridge.reconciliation.Reconciliation.Pass;
import io.orderbridge.reconciliation.Reconciliation.Pass.By;
import io.orderbridge.reconciliation.Reconciliation.Pass.Many;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A match made by hand proposes the rule that would have made it, and the past says its worth. */
class LinkRulesTest {
  private static final long SEED = 20_261_136L;
  private static final int RUNS = 90;

  private final Reconciliation what = new Court().reconciliation();

  @Test
  void the_narrowest_rule_that_would_have_found_it_is_proposed() {
    Line left = Court.left("a").place(8).fen(10_000).ref("t").line();
    Line far = Court.right("t").place(8).fen(9_000).day(Court.MIDDLE.plusDays(2)).line();
    Line equal = Court.right("b").place(8).fen(10_000).day(Court.MIDDLE.plusDays(1)).line();
    Line other = Court.left("c").place(16).fen(5_000).line();
    Line whole = Court.right("d").place(8).fen(15_000).line();

    assertThat(LinkRules.propose(what, List.of(left), List.of(far)))
        .contains(new Pass("learned-ref-2", By.REF, Many.LEFT, 2, 2));
    assertThat(LinkRules.propose(what, List.of(left), List.of(equal)))
        .contains(new Pass("learned-amount-1", By.AMOUNT, Many.LEFT, 1, 2));
    assertThat(LinkRules.propose(what, List.of(left, other), List.of(whole)))
        .contains(new Pass("learned-sum-0", By.SUM, Many.LEFT, 0, 2));
    assertThat(LinkRules.propose(what, List.of(other), List.of(whole))).isEmpty();
    assertThat(LinkRules.propose(what, List.of(other), List.of())).isEmpty();
  }

  @Test
  void what_it_would_have_found_is_set_against_what_came_of_it() {
    Line left = Court.left("a").place(8).fen(100).line();
    Line right = Court.right("b").place(8).fen(100).line();
    Line left2 = Court.left("c").place(16).fen(200).line();
    Line right2 = Court.right("d").place(16).fen(200).line();
    Line left3 = Court.left("e").place(24).fen(300).ref("f").line();
    Line right3 = Court.right("f").place(24).fen(299).line();
    List<Line> lone = List.of(left, right, left2, right2, left3, right3);
    // The first pair was right, of the second nobody ever said so, the third is not of its kind.
    Past past =
        new Past(
            Court.FROM,
            Court.TO,
            Court.group(lone),
            List.of(matched("hand:1", left, right), matched("key", left3, right3)));

    Figures figures =
        BackTest.of(what, new Pass("learned", By.AMOUNT, Many.BOTH, 3, 2), List.of(past, past));

    assertThat(figures).isEqualTo(new Figures(2, 1, 2));
    assertThat(figures.precision()).isEqualTo(500);
    assertThat(figures.recall()).isEqualTo(500);
  }

  @Test
  void ninety_days_give_the_same_figures_again_in_whatever_order() {
    List<Past> runs = new ArrayList<>();
    Random random = new Random(SEED);
    int pairs = 0;
    for (int run = 0; run < RUNS; run++) {
      List<Line> lone = new ArrayList<>();
      List<Item> later = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int place = 8 * (run * 20 + i + 1);
        long fen = 1_000 + random.nextInt(200_000);
        Line left = Court.left("l" + place).place(place).fen(fen).line();
        Line right = Court.right("r" + place).place(place).fen(fen).line();
        lone.add(left);
        lone.add(right);
        later.add(matched("hand:" + place, left, right));
        pairs++;
      }
      runs.add(new Past(Court.FROM, Court.TO, Court.group(lone), later));
    }
    Pass pass = new Pass("learned", By.AMOUNT, Many.BOTH, 0, 2);

    Figures figures = BackTest.of(what, pass, runs);
    List<Past> backwards = new ArrayList<>(runs);
    Collections.reverse(backwards);

    assertThat(BackTest.of(what, pass, backwards)).isEqualTo(figures);
    assertThat(figures.toFind()).isEqualTo(pairs);
    assertThat(figures.precision()).isEqualTo(1_000);
    assertThat(figures.recall()).isGreaterThanOrEqualTo(990);
  }

  private static Item matched(String rule, Line left, Line right) {
    return new Item(
        Outcome.MATCHED,
        BreakClass.MATCHED,
        rule,
        left.key(),
        List.of(left),
        List.of(right),
        false,
        Explain.LEFT);
  }
}
