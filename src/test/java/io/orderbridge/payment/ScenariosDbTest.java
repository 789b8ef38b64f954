package io.orderbridge.payment;

import static io.orderbridge.payment.Outcome.HOLD;
import static io.orderbridge.payment.Outcome.RECORD;
import static io.orderbridge.payment.Outcome.REFUND_REQUEST;
import static io.orderbridge.payment.Outcome.RESTORE;
import static io.orderbridge.payment.Outcome.TASK;
import static io.orderbridge.payment.Till.DAY;
import static io.orderbridge.payment.Till.at;
import static io.orderbridge.payment.Till.payment;
import static io.orderbridge.payment.Till.refund;
import static io.orderbridge.payment.Till.refunded;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Books;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The odd payments and the state that each has to end in: the order, what is open, what is
 * proposed. Money is never moved by any of them, and made again nothing changes.
 */
@Tag("R14")
class ScenariosDbTest {
  private static final Instant PAID = at(DAY, "10:05");
  private static final Instant LATER = at(DAY, "18:00");

  private final Till till = Till.open();

  @AfterEach
  void end() {
    till.close();
  }

  /**
   * One odd payment of order O, which costs 199.00.
   *
   * @param happens what each side says
   * @param playbooks what is to be done about it, other than by default
   * @param ends status of the order; what it shows; open findings; proposals
   */
  record Scenario(
      String name, Map<Verdict, Playbook> playbooks, Consumer<Till> happens, String... ends) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Scenario of(String name, Consumer<Till> happens, String... ends) {
    return new Scenario(name, Map.of(), happens, ends);
  }

  private static Scenario of(
      String name, Verdict verdict, Outcome outcome, Consumer<Till> happens, String... ends) {
    Playbook playbook = new Playbook(outcome, outcome.movesMoney());
    return new Scenario(name, Map.of(verdict, playbook), happens, ends);
  }

  static Stream<Scenario> scenarios() {
    List<Scenario> all = new ArrayList<>();
    Consumer<Till> afterClose =
        t -> {
          t.closed("O", at(DAY, "10:30"));
          t.there(payment("O", "T1", "199.00", "PAID", at(DAY, "11:00")));
        };
    all.add(
        of(
            "paid after close: refund",
            afterClose,
            "CANCELLED",
            "PAID_AFTER_CLOSE demo/O T1",
            "REFUND T1 199.00"));
    all.add(
        of(
            "paid after close: restore",
            Verdict.PAID_AFTER_CLOSE,
            RESTORE,
            afterClose,
            "CANCELLED",
            "PAID_AFTER_CLOSE demo/O T1",
            "RESTORE T1 199.00"));
    all.addAll(twice());
    all.addAll(parts());
    all.addAll(wrongAmounts());
    all.addAll(refunds());
    all.addAll(partsGivenBack());
    all.addAll(strangers());
    return all.stream();
  }

  private static List<Scenario> twice() {
    List<Scenario> all = new ArrayList<>();
    Consumer<Till> twice =
        t -> {
          t.callback("O", "T1", "199.00", PAID);
          t.there(
              List.of(
                  payment("O", "T1", "199.00"),
                  payment("O", "T2", "199.00", "PAID", at(DAY, "10:09"))));
        };
    all.add(
        of(
            "double payment, one callback lost",
            twice,
            "PAID T1=199.00",
            "PAID_TWICE demo/O T2",
            "REFUND T2 199.00"));
    all.add(
        of(
            "double payment, both callbacks came",
            t -> {
              t.callback("O", "T2", "199.00", at(DAY, "10:09"));
              twice.accept(t);
            },
            "PAID T1=199.00 T2=199.00 differs",
            "PAID_TWICE demo/O T2",
            "REFUND T2 199.00"));
    all.add(
        of(
            "double payment, held",
            Verdict.PAID_TWICE,
            HOLD,
            twice,
            "PAID T1=199.00 T2=199.00 differs",
            "PAID_TWICE demo/O T2"));
    all.add(
        of(
            "double payment, the second given back",
            t -> {
              t.there(
                  List.of(
                      payment("O", "T1", "199.00"),
                      payment("O", "T2", "199.00", "PAID", at(DAY, "10:09")),
                      refund("O", "T2", "R2", "199.00", "REFUNDED", LATER)));
            },
            "PAID T1=199.00"));
    return all;
  }

  private static List<Scenario> parts() {
    List<Scenario> all = new ArrayList<>();
    all.add(
        of(
            "partial payment",
            t -> t.there(payment("O", "T1", "100.00")),
            "CREATED",
            "PARTIAL_PAYMENT demo/O T1"));
    all.add(
        of(
            "partial payment, held",
            Verdict.PARTIAL_PAYMENT,
            HOLD,
            t -> t.there(payment("O", "T1", "100.00")),
            "PAID T1=100.00 differs",
            "PARTIAL_PAYMENT demo/O T1"));
    all.add(
        of(
            "two parts that make the whole",
            t -> {
              t.callback("O", "T1", "100.00", PAID);
              t.there(List.of(payment("O", "T1", "100.00"), payment("O", "T2", "99.00")));
            },
            "PAID T1=100.00 T2=99.00"));
    return all;
  }

  private static List<Scenario> wrongAmounts() {
    return List.of(
        of(
            "wrong amount: the payment system says another one than its callback",
            t -> {
              t.callback("O", "T1", "199.00", PAID);
              t.there(payment("O", "T1", "19.90"));
            },
            "PAID T1=199.00",
            "AMOUNT_DIFFERS demo/O T1"),
        of(
            "callback with wrong amount",
            t -> {
              t.callback("O", "T1", "1.00", PAID);
              t.there(payment("O", "T1", "199.00"));
            },
            "PAID T1=1.00 differs",
            "AMOUNT_DIFFERS demo/O T1"),
        of(
            "callback with an amount that is not what the order costs",
            t -> {
              t.callback("O", "T1", "1.00", PAID);
              t.there(payment("O", "T1", "1.00"));
            },
            "PAID T1=1.00 differs",
            "PARTIAL_PAYMENT demo/O T1"),
        of(
            "overpaid",
            t -> t.there(payment("O", "T1", "250.00")),
            "CREATED",
            "OVERPAID demo/O T1",
            "REFUND T1 51.00"),
        of(
            "wrong currency",
            t -> {
              Map<String, Object> told = new LinkedHashMap<>(payment("O", "T1", "199.00"));
              told.put("currency", "USD");
              t.there(told);
            },
            "CREATED",
            "CURRENCY_DIFFERS demo/O T1"));
  }

  private static List<Scenario> refunds() {
    Consumer<Till> unknown =
        t -> {
          t.callback("O", "T1", "199.00", PAID);
          t.there(
              List.of(
                  payment("O", "T1", "199.00"),
                  refund("O", "T1", "R1", "199.00", "REFUNDED", LATER)));
        };
    return List.of(
        of("refund unknown here", unknown, "PAID T1=199.00 R1=199.00/REFUNDED"),
        of(
            "refund unknown here, by hand",
            Verdict.REFUNDED_THERE,
            TASK,
            unknown,
            "PAID T1=199.00",
            "REFUNDED_THERE demo/O R1"),
        of(
            "refund across periods: paid a month before",
            t -> {
              Instant before = at(DAY.minusDays(31), "10:00");
              t.callback("O", "T1", "199.00", before);
              t.there(payment("O", "T1", "199.00", "PAID", before));
              t.there(refund("O", "T1", "R1", "199.00", "REFUNDED", LATER));
            },
            "PAID T1=199.00 R1=199.00/REFUNDED"));
  }

  private static List<Scenario> partsGivenBack() {
    return List.of(
        of(
            "refund of a split parcel: a part of the payment",
            t -> {
              t.callback("O", "T1", "199.00", PAID);
              t.said("O", refunded("R1", "REFUNDED", "60.00", LATER), 5L);
              t.there(
                  List.of(
                      payment("O", "T1", "199.00"),
                      refund("O", "T1", "R1", "60.00", "REFUNDED", LATER)));
            },
            "PAID T1=199.00 R1=60.00/REFUNDED"),
        of(
            "refund that is under way here is done there",
            t -> {
              t.callback("O", "T1", "199.00", PAID);
              t.said("O", refunded("R1", "REFUNDING", "60.00", PAID), 5L);
              t.there(
                  List.of(
                      payment("O", "T1", "199.00"),
                      refund("O", "T1", "R1", "60.00", "REFUNDED", LATER)));
            },
            "PAID T1=199.00 R1=60.00/REFUNDED"),
        of(
            "refund of another amount",
            t -> {
              t.callback("O", "T1", "199.00", PAID);
              t.said("O", refunded("R1", "REFUNDED", "60.00", LATER), 5L);
              t.there(
                  List.of(
                      payment("O", "T1", "199.00"),
                      refund("O", "T1", "R1", "50.00", "REFUNDED", LATER)));
            },
            "PAID T1=199.00 R1=60.00/REFUNDED",
            "REFUND_DIFFERS demo/O R1"),
        of(
            "given back before the order ever knew",
            t ->
                t.there(
                    List.of(
                        payment("O", "T1", "199.00"),
                        refund("O", "T1", "R1", "199.00", "REFUNDED", LATER))),
            "CREATED",
            "REFUNDED_THERE demo/O R1"));
  }

  private static List<Scenario> strangers() {
    return List.of(
        of(
            "closed there, paid here",
            t -> {
              t.callback("O", "T1", "199.00", PAID);
              t.there(payment("O", null, "199.00", "CLOSED", at(DAY, "10:30")));
            },
            "PAID T1=199.00",
            "CLOSED_THERE demo/O T1"),
        of(
            "paid here only",
            t -> t.callback("O", "T1", "199.00", PAID),
            "PAID T1=199.00",
            "PAID_HERE_ONLY demo/O T1"),
        of(
            "payment without order",
            t -> t.there(payment("X", "T1", "199.00")),
            "CREATED",
            "PAYMENT_WITHOUT_ORDER demo/X T1"),
        of(
            "payment that names no order",
            Verdict.PAYMENT_WITHOUT_ORDER,
            REFUND_REQUEST,
            t -> t.there(payment(null, "T1", "199.00")),
            "CREATED",
            "PAYMENT_WITHOUT_ORDER psp T1",
            "REFUND T1 199.00"),
        of(
            "at another order",
            t -> {
              t.order("P", "199.00");
              t.callback("P", "T1", "199.00", PAID);
              t.there(payment("O", "T1", "199.00"));
            },
            "CREATED",
            "WRONG_ORDER demo/O T1",
            "WRONG_ORDER demo/P T1"),
        new Scenario(
            "lost callback that has to be approved",
            Map.of(Verdict.LOST_CALLBACK, new Playbook(RECORD, true)),
            t -> t.there(payment("O", "T1", "199.00")),
            "CREATED",
            "LOST_CALLBACK demo/O T1",
            "RECORD T1 199.00"),
        of("lost callback", t -> t.there(payment("O", "T1", "199.00")), "PAID T1=199.00"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void an_odd_payment_ends_as_its_playbook_says(Scenario scenario) {
    // Given
    till.use(Till.source(), scenario.playbooks());
    till.order("O", "199.00");
    scenario.happens().accept(till);
    till.proved(DAY);

    // When
    till.verify();

    // Then
    assertThat(ended()).containsExactly(scenario.ends());
    List<String> state = till.heart.texts("select state from customer_order order by id");

    // When it is made again
    Run again = till.verify();

    // Then
    assertThat(again.repaired()).isZero();
    assertThat(ended()).containsExactly(scenario.ends());
    assertThat(till.heart.texts("select state from customer_order order by id")).isEqualTo(state);
  }

  private List<String> ended() {
    Map<String, Object> order =
        Books.orders(till.heart).find(new OrderKey("demo", "O")).orElseThrow();
    StringBuilder shown = new StringBuilder(order.get("status").toString());
    for (Object one : (List<?>) order.get("payments")) {
      Map<?, ?> payment = (Map<?, ?>) one;
      shown.append(" %s=%s".formatted(payment.get("id"), payment.get("amount")));
    }
    for (Object one : (List<?>) order.get("refunds")) {
      Map<?, ?> refund = (Map<?, ?>) one;
      shown.append(
          " %s=%s/%s".formatted(refund.get("id"), refund.get("amount"), refund.get("status")));
    }
    shown.append(order.containsKey("paymentDiffers") ? " differs" : "");
    List<String> end = new ArrayList<>(List.of(shown.toString()));
    end.addAll(till.found());
    till.proposals.forEach((key, one) -> end.add(key + " " + one.amount().toDecimal()));
    return end;
  }
}
