package io.orderbridge.repair;

import static io.orderbridge.repair.Repairing.ANN;
import static io.orderbridge.repair.Repairing.BOSS;
import static io.orderbridge.repair.Repairing.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.repair.Proposer.RefundWish;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Money goes back once, with two people, and never more than came. */
@Tag("R71")
class RefundDbTest {
  private final Heart heart = Heart.fresh();
  private final Repairing repairing = new Repairing(heart);

  @AfterEach
  void end() {
    repairing.close();
    heart.close();
  }

  private long propose(String columns, String... lines) {
    String csv = "shop,number" + columns + "\n" + String.join("\n", lines);
    return repairing.propose(ask(RefundAction.NAME, false, Map.of()), csv);
  }

  private void apply(long id) {
    repairing.decisions.approve(BOSS, id, "", repairing.now);
    repairing.decisions.apply(ANN, id, repairing.now);
    repairing.apply.run(repairing.now);
  }

  private void look(Duration later) {
    repairing.step(later);
    repairing.readBack.run(repairing.now);
  }

  @Test
  void a_refund_needs_a_second_person_however_small() {
    repairing.paid("1", "0.01");
    long id = propose("", "demo,1");
    assertThatThrownBy(() -> repairing.decisions.apply(ANN, id, repairing.now))
        .hasMessageContaining("a second person has to approve: money goes back");
  }

  @Test
  void a_refund_is_asked_for_and_read_back() {
    repairing.paid("1", "199.00");
    repairing.partners.status = "REFUNDING";
    long id = propose(",amount,currency", "demo,1,30.00,CNY");
    apply(id);
    look(Duration.ofSeconds(2));

    assertThat(repairing.partners.paidBack.values())
        .singleElement()
        .satisfies(
            body ->
                assertThat(body)
                    .containsEntry("amount", "30.00")
                    .containsEntry("total", "199.00")
                    .containsEntry("transaction", "t-1")
                    .containsEntry("reason", "the callback never came"));
    assertThat(repairing.states(id)).containsExactly("APPLIED 1");
    assertThat(repairing.whys(id).get(0)).matches("psp: refund OB1-1-[0-9a-f]{10} is REFUNDING");

    repairing.partners.status = "REFUNDED";
    look(Duration.ofSeconds(10));
    assertThat(repairing.states(id)).containsExactly("VERIFIED 1");
    assertThat(heart.texts("select before || ', ' || after from repair_item"))
        .containsExactly("0.00 of 199.00 CNY refunded, 30.00 of 199.00 CNY refunded");
    assertThat(heart.texts("select refund_id || ' ' || status from order_refund"))
        .singleElement()
        .asString()
        .endsWith(" REFUNDED");
  }

  @Test
  void no_more_goes_back_than_is_left() {
    repairing.paid("1", "199.00");
    apply(propose(",amount,currency", "demo,1,150.00,CNY"));

    assertThat(repairing.whys(propose(",amount,currency", "demo,1,49.01,CNY")))
        .containsExactly("49.00 CNY can still be refunded");
    long rest = propose("", "demo,1");
    assertThat(heart.texts("select amount::text from repair_item where repair_id = " + rest))
        .containsExactly("49.00");
    apply(rest);
    assertThat(repairing.whys(propose("", "demo,1")))
        .containsExactly("0.00 CNY can still be refunded");
  }

  @Test
  void while_one_repair_asks_no_other_asks_for_the_same_order() {
    repairing.paid("1", "199.00");
    long first = propose(",amount,currency", "demo,1,1.00,CNY");

    assertThat(repairing.whys(propose(",amount,currency", "demo,1,1.00,CNY")))
        .containsExactly("repair %d asks for a refund of it already".formatted(first));

    repairing.decisions.reject(BOSS, first, "", repairing.now);
    assertThat(repairing.states(propose(",amount,currency", "demo,1,1.00,CNY")))
        .containsExactly("PLANNED 1");
  }

  @Test
  void what_cannot_be_refunded_is_refused_with_the_reason() {
    repairing.order("1", "CREATED", "PAID");
    repairing.paid("2", "5.00");
    long id =
        propose(
            ",amount,currency,transaction,connection",
            "demo,1,,,,",
            "demo,2,1.00,USD,,",
            "demo,3,,,,");
    assertThat(repairing.whys(id))
        .containsExactly(
            "nobody has told of that payment",
            "it was paid in CNY",
            "no message has named this order yet");
    assertThat(repairing.whys(propose(",transaction,connection", "demo,2,other,", "demo,1,,bank")))
        .containsExactly("nobody has told of that payment", "nobody has told of that payment");
    assertThat(repairing.whys(propose(",connection", "demo,2,bank")))
        .containsExactly("no route direct:bank-refund runs; is the connection switched on?");
    assertThatThrownBy(() -> propose(",amount", "demo,2,1.00"))
        .hasMessageStartingWith("line 2 has an amount and no currency");
    assertThatThrownBy(() -> propose(",amount,currency", "demo,2,0.00,CNY"))
        .hasMessageStartingWith("line 2 has an amount that is not above zero");
  }

  @Test
  void
      a_payment_system_that_is_away_is_asked_again_under_the_same_number_for_as_long_as_it_takes() {
    repairing.paid("1", "5.00");
    long id = propose("", "demo,1");
    repairing.partners.fault = PlayedPartners::away;
    repairing.partners.doesFirst = true;
    apply(id);
    for (int hour = 0; hour < 100; hour++) {
      repairing.step(Duration.ofHours(1));
      repairing.apply.run(repairing.now);
    }
    assertThat(repairing.states(id)).containsExactly("PLANNED 1");
    assertThat(repairing.state(id)).isEqualTo("APPLYING");
    assertThat(repairing.partners.asked).hasSize(1);
    assertThat(repairing.partners.asked.values().iterator().next()).isGreaterThan(90);
    assertThat(heart.texts("select code || ' ' || level || ' ' || state from finding"))
        .containsExactly("NOT_APPLIED WARNING OPEN");

    repairing.partners.fault = () -> null;
    repairing.step(Duration.ofHours(1));
    repairing.apply.run(repairing.now);
    look(Duration.ofSeconds(2));
    assertThat(repairing.states(id)).containsExactly("VERIFIED 1");
    assertThat(heart.texts("select state from finding")).containsExactly("CLEARED");
  }

  @Test
  void a_payment_system_that_says_no_ends_it_and_a_broken_mapping_does_not() {
    repairing.paid("1", "5.00");
    long refused = propose("", "demo,1");
    repairing.partners.fault = PlayedPartners::no;
    apply(refused);
    assertThat(repairing.states(refused)).containsExactly("FAILED 1");
    assertThat(repairing.whys(refused)).containsExactly("TARGET_REFUSED at call:psp/refund");
    assertThat(repairing.state(refused)).isEqualTo("DONE");
    assertThat(heart.texts("select code || ' ' || level from finding"))
        .containsExactly("NOT_APPLIED BREACH");

    long unknown = propose("", "demo,1");
    repairing.partners.fault =
        () -> new Refusal(Cause.UNMAPPED_VALUE, "mappings/psp/refund.jsonata", "status 'odd'");
    repairing.partners.doesFirst = true;
    apply(unknown);
    assertThat(repairing.states(unknown)).containsExactly("PLANNED 1");
    assertThat(repairing.whys(propose("", "demo,1")).get(0))
        .as("nobody knows whether money went back")
        .isIn(
            "0.00 CNY can still be refunded",
            "repair %d asks for a refund of it already".formatted(unknown));

    repairing.partners.fault = () -> null;
    repairing.step(Duration.ofHours(1));
    repairing.apply.run(repairing.now);
    assertThat(repairing.states(unknown)).containsExactly("APPLIED 1");
    assertThat(repairing.partners.paidBack).hasSize(1);
  }

  @Test
  void a_refund_that_the_payment_system_closed_has_failed() {
    repairing.paid("1", "5.00");
    repairing.partners.status = "CLOSED";
    long id = propose("", "demo,1");
    apply(id);
    look(Duration.ofSeconds(2));
    assertThat(repairing.states(id)).containsExactly("FAILED 1");
    assertThat(heart.texts("select code || ' ' || level from finding"))
        .containsExactly("NOT_ARRIVED BREACH");
  }

  @Test
  void a_check_proposes_once_and_a_person_approves() {
    repairing.paid("1", "5.00");
    RefundWish wish =
        new RefundWish(
            "twice:t-1",
            new OrderKey("demo", "1"),
            "t-1",
            null,
            Money.of("5.00", "CNY"),
            "paid twice",
            "finding:17");
    List<Optional<Long>> ids =
        List.of(proposed(wish), proposed(wish), proposed(renamed(wish, "twice:again")));

    assertThat(ids).containsExactly(Optional.of(1L), Optional.of(1L), Optional.empty());
    assertThat(heart.texts("select concat_ws(' ', state, proposed_by, source, second) from repair"))
        .containsExactly("PROPOSED orderbridge finding:17 money goes back");
    assertThatThrownBy(() -> repairing.decisions.apply(ANN, 1, repairing.now))
        .isInstanceOf(Declined.class);
    apply(1);
    assertThat(repairing.partners.paidBack).hasSize(1);

    assertThat(restored("1")).isEmpty();
    repairing.order("1", "CANCELLED");
    assertThat(restored("1")).as("its money went back").isEmpty();
    repairing.order("2", "CREATED", "PAID", "CANCELLED");
    assertThat(restored("2")).isPresent();
  }

  private Optional<Long> proposed(RefundWish wish) {
    return heart.database.inTransaction(
        connection -> repairing.proposer.refund(connection, wish, repairing.now));
  }

  private Optional<Long> restored(String number) {
    OrderKey order = new OrderKey("demo", number);
    return heart.database.inTransaction(
        connection ->
            repairing.proposer.restore(
                connection, "late:" + number, order, "paid after close", "", repairing.now));
  }

  private static RefundWish renamed(RefundWish wish, String key) {
    return new RefundWish(
        key,
        wish.order(),
        wish.transaction(),
        wish.connection(),
        wish.amount(),
        wish.reason(),
        wish.source());
  }
}
