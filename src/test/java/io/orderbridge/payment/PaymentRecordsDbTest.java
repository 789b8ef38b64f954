package io.orderbridge.payment;

import static io.orderbridge.payment.Till.DAY;
import static io.orderbridge.payment.Till.at;
import static io.orderbridge.payment.Till.payment;
import static io.orderbridge.payment.Till.refund;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What payment systems say is kept once, with its evidence, whatever comes in which order. */
@Tag("R14")
@Tag("R71")
class PaymentRecordsDbTest {
  private static final String ROW =
      "select kind || ' ' || transaction_id || ' ' || refund_id || ' ' || state || ' ' || amount"
          + " || ' ' || day || ' ' || source || ' ' || inbox_id from payment_record order by id";

  private final Till till = Till.open();

  @AfterEach
  void end() {
    till.close();
  }

  @Test
  void bill_and_list_of_one_payment_are_one_record_and_told_twice_is_harmless() {
    till.there(payment("A", "T1", "199.00"), "list", 5L);
    till.there(payment("A", "T1", "199.00"), "trade-bill", 7L);
    long changes = till.heart.number("select changes from payment_day");
    till.there(payment("A", "T1", "199.00"), "trade-bill", 8L);

    assertThat(till.heart.texts(ROW)).containsExactly("PAYMENT T1  PAID 199.00 2026-11-20 list 5");
    assertThat(Told.words(till.heart.texts("select earlier from payment_record").get(0)))
        .singleElement()
        .satisfies(word -> assertThat(word).containsEntry("source", "trade-bill"));
    assertThat(till.heart.number("select changes from payment_day")).isEqualTo(changes);
  }

  @Test
  void a_later_word_changes_the_state_and_keeps_what_was_said_before() {
    till.there(payment("A", "T1", "199.00", "UNPAID", at(DAY, "23:59")), "list", 5L);
    till.there(
        payment("A", "T1", "199.00", "PAID", at(DAY.plusDays(1), "00:01")), "trade-bill", 7L);

    assertThat(till.heart.texts(ROW))
        .containsExactly("PAYMENT T1  PAID 199.00 2026-11-21 trade-bill 7");
    assertThat(till.heart.texts("select earlier from payment_record").get(0))
        .contains("UNPAID", "\"message\":\"5\"");
    assertThat(till.heart.texts("select day from payment_day order by 1"))
        .containsExactly("2026-11-20", "2026-11-21");
  }

  @Test
  void in_every_order_of_arrival_the_record_ends_the_same() {
    record Word(Object told, String source, long message) {}
    Instant later = at(DAY, "18:00");
    List<Word> words =
        List.of(
            new Word(payment("A", "T1", "199.00", "UNPAID", at(DAY, "10:00")), "list", 3),
            new Word(payment("A", "T1", "199.00"), "trade-bill", 4),
            new Word(payment("A", "T1", "198.00"), "trade-bill", 9),
            new Word(payment("A", "T1", "199.00", "CLOSED", later), "query", 6),
            new Word(refund("A", "T1", "R1", "9.00", "REFUNDING", at(DAY, "12:00")), "list", 5),
            new Word(refund("A", "T1", "R1", "9.00", "REFUNDED", later), "trade-bill", 4));
    for (long seed = 1; seed <= 12; seed++) {
      List<Word> shuffled = new ArrayList<>(words);
      Collections.shuffle(shuffled, new Random(seed));
      till.heart.execute("truncate payment_record");

      shuffled.forEach(word -> till.there(word.told(), word.source(), word.message()));

      assertThat(till.heart.texts(ROW))
          .as("seed %d", seed)
          .containsExactlyInAnyOrder(
              "PAYMENT T1  PAID 198.00 2026-11-20 trade-bill 9",
              "REFUND T1 R1 REFUNDED 9.00 2026-11-20 trade-bill 4");
    }
  }

  @Test
  void two_processes_that_record_one_bill_at_once_keep_each_payment_once() {
    Till other = till.another();
    List<CompletableFuture<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      Map<String, Object> told = payment("A" + i, "T" + i, "199.00");
      calls.add(till.records.record(told, Till.PSP, "trade-bill", 7L));
      calls.add(other.records.record(told, Till.PSP, "list", 8L));
    }
    long news = calls.stream().mapToLong(CompletableFuture::join).sum();
    other.close();

    assertThat(till.heart.number("select count(*) from payment_record")).isEqualTo(600);
    assertThat(till.heart.number("select count(distinct transaction_id) from payment_record"))
        .isEqualTo(600);
    assertThat(news).isEqualTo(600);
  }

  @ParameterizedTest
  @CsvSource({
    "kind, CHARGE, FACTS_INVALID, /0/kind",
    "state, DONE, FACTS_INVALID, /0/state",
    "state, REFUNDING, FACTS_INVALID, /0/state",
    "amount, -1.00, MONEY_INVALID, /0/amount",
    "amount, 1.005, MONEY_INVALID, /0/amount",
    "amount, , MONEY_INVALID, /0/amount",
    "currency, RMB, CURRENCY_UNKNOWN, /0/currency",
    "payment, , FACTS_INVALID, /0/payment",
    "refund, R1, FACTS_INVALID, /0/refund",
    "at, 2026-11-20 10:00:00, FACTS_INVALID, /0/at",
    "at, 2027-11-20T10:00:00Z, TIME_IMPLAUSIBLE, /0/at",
    "fee, 1.00, FACTS_INVALID, /0/fee"
  })
  void what_is_no_transaction_is_refused_with_its_place(
      String key, String value, Cause cause, String place) {
    Map<String, Object> told = new HashMap<>(payment("A", "T1", "199.00"));
    told.put(key, value);

    assertThatThrownBy(() -> till.there(List.of(told)))
        .hasCauseInstanceOf(Refusal.class)
        .satisfies(
            thrown -> {
              Refusal refusal = (Refusal) thrown.getCause();
              assertThat(refusal.why()).isEqualTo(cause);
              assertThat(refusal.place()).isEqualTo(place);
            });
    assertThat(till.heart.number("select count(*) from payment_record")).isZero();
  }
}
