package io.orderbridge.payment;

import static io.orderbridge.payment.Till.DAY;
import static io.orderbridge.payment.Till.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.alert.Alert;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The case that the robot is for: orders wait, all are paid, every callback was dropped. */
@Tag("R14")
class RobotCaseDbTest {
  private final Till till = Till.open();

  @AfterEach
  void end() {
    till.close();
  }

  /** Orders that must not move. */
  private record Decoys(int unpaid, int untold, int wrong, int refunded, int closed) {
    int findings() {
      return wrong + refunded + closed;
    }
  }

  private BigDecimal plant(int lost, Decoys decoys, Random random) {
    BigDecimal sum = BigDecimal.ZERO;
    List<Map<String, Object>> bill = new ArrayList<>();
    for (int i = 0; i < lost; i++) {
      BigDecimal amount = BigDecimal.valueOf(1 + random.nextInt(99_999), 2);
      till.order("L" + i, amount.toPlainString());
      bill.add(Till.payment("L" + i, "T-L" + i, amount.toPlainString()));
      sum = sum.add(amount);
    }
    for (int i = 0; i < decoys.unpaid(); i++) {
      till.order("U" + i, "199.00");
      bill.add(Till.payment("U" + i, null, "199.00", "UNPAID", at(DAY, "10:05")));
    }
    for (int i = 0; i < decoys.untold(); i++) {
      till.order("N" + i, "199.00");
    }
    for (int i = 0; i < decoys.wrong(); i++) {
      String paid = i % 2 == 0 ? "198.99" : "299.00";
      till.order("W" + i, "199.00");
      bill.add(Till.payment("W" + i, "T-W" + i, paid));
      sum = sum.add(new BigDecimal(paid));
    }
    for (int i = 0; i < decoys.refunded(); i++) {
      till.order("R" + i, "199.00");
      boolean named = i % 2 == 0;
      String state = named ? "PAID" : "REFUNDED";
      bill.add(Till.payment("R" + i, "T-R" + i, "199.00", state, at(DAY, "10:05")));
      if (named) {
        bill.add(Till.refund("R" + i, "T-R" + i, "B" + i, "199.00", "REFUNDED", at(DAY, "12:00")));
      }
      sum = sum.add(new BigDecimal("199.00"));
    }
    for (int i = 0; i < decoys.closed(); i++) {
      till.order("C" + i, "199.00");
      till.closed("C" + i, at(DAY, "11:00"));
      bill.add(Till.payment("C" + i, "T-C" + i, "199.00"));
      sum = sum.add(new BigDecimal("199.00"));
    }
    java.util.Collections.shuffle(bill, random);
    till.there(bill);
    till.proved(DAY);
    return sum;
  }

  @Test
  void five_hundred_of_five_hundred_are_moved_and_fifty_decoys_are_not() {
    // Given
    Decoys decoys = new Decoys(7, 6, 13, 12, 12);
    BigDecimal sum = plant(500, decoys, new Random(14));
    long before = till.heart.number("select count(*) from order_fact");

    // When
    Run run = till.verify();

    // Then
    assertThat(till.count("PAID")).isEqualTo(500);
    assertThat(till.heart.number("select count(*) from order_fact")).isEqualTo(before + 500);
    assertThat(till.heart.texts("select distinct inbox_id from order_fact where system = 'psp'"))
        .containsExactly("77");
    assertThat(till.heart.number("select count(*) from event where type = 'order.paid'"))
        .isEqualTo(500);
    assertThat(till.heart.number("select count(*) from work where queue = 'outbox:erp'"))
        .isEqualTo(till.heart.number("select count(*) from event"));
    assertClassified(run, 500, decoys);
    assertThat(till.alerts)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.count()).isEqualTo(500 + decoys.findings());
              assertThat(alert.amount().toDecimal()).isEqualTo(sum.toPlainString());
              assertThat(alert.text().zh()).contains("537", sum.toPlainString(), "500");
              assertThat(alert.owner()).isEqualTo("finance");
            });
    assertSecondRunChangesNothing();
  }

  private void assertClassified(Run run, int lost, Decoys decoys) {
    Totals totals = run.totals();
    assertThat(totals.count(Verdict.LOST_CALLBACK)).isEqualTo(lost);
    assertThat(run.repaired()).isEqualTo(lost);
    assertThat(totals.count(Verdict.UNPAID)).isEqualTo(decoys.unpaid() + decoys.untold());
    assertThat(totals.count(Verdict.PARTIAL_PAYMENT) + totals.count(Verdict.OVERPAID))
        .isEqualTo(decoys.wrong());
    assertThat(totals.count(Verdict.REFUNDED_THERE)).isEqualTo(decoys.refunded());
    assertThat(totals.count(Verdict.PAID_AFTER_CLOSE)).isEqualTo(decoys.closed());
    assertThat(till.found()).hasSize(decoys.findings());
    assertThat(till.list.rows(run.id(), Verdict.UNPAID, 0, 1000))
        .hasSize(decoys.unpaid() + decoys.untold());
    assertThat(
            till.heart.number(
                "select count(*) from customer_order where number !~ '^L' and status = 'PAID'"))
        .isZero();
  }

  private void assertSecondRunChangesNothing() {
    String state =
        "select count(*) || ' ' || coalesce(sum(revision), 0) || ' ' || max(updated_at)"
            + " from customer_order";
    List<String> before = till.heart.texts(state);
    List<String> found =
        till.heart.texts("select id || code || subject || item || episode from finding order by 1");
    long facts = till.heart.number("select count(*) from order_fact");
    List<Alert> alerts = List.copyOf(till.alerts);

    Run again = till.verify();

    assertThat(again.repaired()).isZero();
    assertThat(again.totals().count(Verdict.LOST_CALLBACK)).isZero();
    assertThat(till.heart.texts(state)).isEqualTo(before);
    assertThat(
            till.heart.texts(
                "select id || code || subject || item || episode from finding order by 1"))
        .isEqualTo(found);
    assertThat(till.heart.number("select count(*) from order_fact")).isEqualTo(facts);
    assertThat(till.alerts).isEqualTo(alerts);
    assertThat(again.version()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void with_other_numbers_it_is_the_same(long seed) {
    Random random = new Random(20_261_129L + seed);
    int lost = 30 + random.nextInt(300);
    int threshold = random.nextInt(60);
    till.use(Till.source().alerting(threshold), Map.of());
    Decoys decoys =
        new Decoys(
            random.nextInt(20),
            random.nextInt(20),
            random.nextInt(20),
            random.nextInt(20),
            random.nextInt(20));
    BigDecimal sum = plant(lost, decoys, random);

    Run run = till.verify();

    assertThat(till.count("PAID")).as("seed %d", seed).isEqualTo(lost);
    assertClassified(run, lost, decoys);
    assertThat(till.alerts).hasSize(lost + decoys.findings() > threshold ? 1 : 0);
    till.alerts.forEach(
        alert -> {
          assertThat(alert.count()).isEqualTo(lost + decoys.findings());
          assertThat(alert.amount().toDecimal()).isEqualTo(sum.toPlainString());
        });
    assertSecondRunChangesNothing();
  }

  @ParameterizedTest
  @ValueSource(ints = {19, 20})
  void up_to_the_threshold_nobody_is_told(int differences) {
    plant(differences, new Decoys(5, 5, 0, 0, 0), new Random(19));

    till.verify();

    assertThat(till.count("PAID")).isEqualTo(differences);
    assertThat(till.alerts).isEmpty();
  }

  @Test
  void one_more_than_the_threshold_is_told_once() {
    plant(21, new Decoys(0, 0, 0, 0, 0), new Random(21));

    till.verify();
    till.verify();

    assertThat(till.alerts).singleElement().extracting(Alert::count).isEqualTo(21L);
  }
}
