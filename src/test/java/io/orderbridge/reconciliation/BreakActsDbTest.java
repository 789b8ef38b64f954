package io.orderbridge.reconciliation;

import static io.orderbridge.reconciliation.Office.ANN;
import static io.orderbridge.reconciliation.Office.BOB;
import static io.orderbridge.reconciliation.Office.BOSS;
import static io.orderbridge.reconciliation.Office.DAY;
import static io.orderbridge.reconciliation.Office.GUEST;
import static io.orderbridge.reconciliation.Office.LEFT;
import static io.orderbridge.reconciliation.Office.NAME;
import static io.orderbridge.reconciliation.Office.RIGHT;
import static io.orderbridge.reconciliation.Office.line;
import static io.orderbridge.reconciliation.Office.night;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.books.Tolerance;
import io.orderbridge.kernel.Person;
import io.orderbridge.reconciliation.BreakActs.Act;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people decide about breaks: who may, when, and what is left of it. */
@Tag("R41")
class BreakActsDbTest {
  private static final LocalDate NEXT = DAY.plusDays(1);
  private static final Instant MORNING = night(DAY).plusSeconds(25_200);

  private final Office office = Office.fresh();

  @AfterEach
  void end() {
    office.close();
  }

  @BeforeEach
  void three_breaks() {
    office.use(Office.daily("v1", Tolerance.NONE, 0));
    office.take(
        LEFT, DAY, line(DAY, "1", "10.00"), line(DAY, "2", "90.00"), line(DAY, "3", "7.00"));
    office.take(RIGHT, DAY, line(DAY, "8", "7.00"));
    office.night(DAY, "schedule");
  }

  private void next(String... right) {
    office.take(LEFT, NEXT);
    office.take(RIGHT, NEXT, right);
    office.night(NEXT, "schedule");
  }

  private void act(Person who, String key, Act act) {
    office.acts.act(who, office.breakOf(key), act, "because", MORNING);
  }

  private String state(String key) {
    return office
        .heart
        .texts("select state from book_break where key = '%s'".formatted(key))
        .get(0);
  }

  private String ticket(String key) {
    return office.heart.texts("select state from ticket where item = '%s'".formatted(key)).get(0);
  }

  @Test
  void what_is_accepted_stays_so_while_it_is_the_same_and_opens_again_when_it_is_not() {
    act(ANN, "1", Act.ACCEPT);
    assertThat(ticket("1")).isEqualTo("CLOSED");

    next();
    assertThat(state("1")).isEqualTo("ACCEPTED");
    assertThat(ticket("1")).isEqualTo("CLOSED");

    office.take(LEFT, NEXT.plusDays(1));
    office.take(RIGHT, NEXT.plusDays(1), line(DAY, "1", "4.00"));
    office.night(NEXT.plusDays(1), "schedule");
    assertThat(state("1")).isEqualTo("OPEN");
    assertThat(ticket("1")).isEqualTo("OPEN");
    assertThat(office.trail(office.breakOf("1"))).containsExactly("OPENED", "ACCEPTED", "REOPENED");
  }

  @Test
  void one_proposes_a_write_off_and_another_approves_it() {
    act(ANN, "1", Act.WRITE_OFF);
    assertThat(state("1")).isEqualTo("PROPOSED");
    assertThat(ticket("1")).isEqualTo("OPEN");

    assertThatThrownBy(() -> act(ANN, "1", Act.APPROVE))
        .hasMessageContaining("was proposed by ann; another person has to approve it");

    act(BOB, "1", Act.APPROVE);
    assertThat(state("1")).isEqualTo("WRITTEN_OFF");
    assertThat(ticket("1")).isEqualTo("CLOSED");
    assertThat(
            office.heart.texts(
                "select actor || ' ' || action from audit where subject = 'receipts/1' order by"
                    + " id"))
        .containsExactly("ann break.write-off-proposed", "bob break.written-off");
  }

  @Test
  void above_the_limit_of_the_file_the_owner_approves() {
    act(ANN, "2", Act.WRITE_OFF);

    assertThatThrownBy(() -> act(BOB, "2", Act.APPROVE))
        .hasMessageContaining("A write-off of 90.00 CNY, above 50.00 CNY, needs one of the roles")
        .hasMessageContaining("owner");

    act(BOSS, "2", Act.APPROVE);
    assertThat(state("2")).isEqualTo("WRITTEN_OFF");
  }

  @Test
  void a_proposal_that_is_refused_or_whose_amount_changed_is_open_again() {
    act(ANN, "1", Act.WRITE_OFF);
    act(BOB, "1", Act.REFUSE);
    assertThat(state("1")).isEqualTo("OPEN");

    act(ANN, "1", Act.WRITE_OFF);
    next(line(DAY, "1", "4.00"));
    assertThat(state("1")).isEqualTo("OPEN");
    assertThatThrownBy(() -> act(BOB, "1", Act.APPROVE))
        .hasMessageContaining("is OPEN; approve needs PROPOSED");
  }

  @Test
  void done_again_by_the_same_person_nothing_changes() {
    act(ANN, "1", Act.WRITE_OFF);
    act(ANN, "1", Act.WRITE_OFF);
    act(BOB, "1", Act.APPROVE);
    act(BOB, "1", Act.APPROVE);
    act(ANN, "1", Act.REOPEN);
    act(ANN, "1", Act.REOPEN);
    act(ANN, "1", Act.ACCEPT);
    act(ANN, "1", Act.ACCEPT);

    assertThat(office.trail(office.breakOf("1")))
        .containsExactly("OPENED", "PROPOSED", "WRITTEN_OFF", "REOPENED", "ACCEPTED");
  }

  @Test
  void who_may_not_or_gives_no_reason_or_asks_too_late_is_refused() {
    assertThatThrownBy(() -> act(GUEST, "1", Act.ACCEPT))
        .hasMessageContaining("needs one of the roles finance, owner, which guest has not");
    assertThatThrownBy(() -> office.acts.act(ANN, office.breakOf("1"), Act.ACCEPT, " ", MORNING))
        .hasMessageContaining("'reason' has 0 characters");
    assertThatThrownBy(() -> office.acts.act(ANN, 999, Act.ACCEPT, "why", MORNING))
        .hasMessageContaining("there is no break 999");
    act(ANN, "1", Act.ACCEPT);
    assertThatThrownBy(() -> act(ANN, "1", Act.WRITE_OFF))
        .hasMessageContaining("is ACCEPTED; write-off needs OPEN");
    assertThatThrownBy(() -> act(BOB, "3", Act.REFUSE))
        .hasMessageContaining("is OPEN; refuse needs PROPOSED");
  }

  @Test
  void what_a_person_links_is_closed_at_once_and_honoured_by_the_next_run() {
    BreakLinks.Wish wish =
        new BreakLinks.Wish(
            NAME,
            List.of(office.breakOf("3"), office.breakOf("8")),
            Set.of(),
            Set.of(),
            "typed by hand");

    BreakLinks.Linked linked = office.links.link(ANN, wish, MORNING);
    BreakLinks.Linked again = office.links.link(ANN, wish, MORNING);

    assertThat(linked.linked()).containsExactly(office.breakOf("3"), office.breakOf("8"));
    assertThat(again.link()).isEqualTo(linked.link());
    assertThat(linked.proposal().line()).isEqualTo("{id: learned-amount-0, by: amount, within: 0}");
    assertThat(linked.proposal().past()).isEqualTo(new BackTest.Figures(1, 1, 1));
    assertThat(state("3")).isEqualTo("LINKED");
    assertThat(ticket("8")).isEqualTo("CLOSED");

    office.take(LEFT, NEXT);
    office.take(RIGHT, NEXT);
    Run run = office.night(NEXT, "schedule");
    assertThat(run.inputs().links()).containsExactly(linked.link());
    assertThat(
            office.heart.texts(
                "select rule from books.item where outcome = 'MATCHED' and run = " + run.id()))
        .containsExactly("hand:" + linked.link());
    assertThat(state("3")).isEqualTo("LINKED");
  }

  @Test
  void a_link_of_one_side_or_of_an_entry_that_is_open_nowhere_is_refused() {
    assertThatThrownBy(() -> link(office.breakOf("1"), office.breakOf("2")))
        .hasMessageContaining("2 entries left and 0 right");
    assertThatThrownBy(
            () ->
                office.links.link(
                    ANN,
                    new BreakLinks.Wish(
                        NAME,
                        List.of(office.breakOf("8")),
                        Set.of(new HandLink.Spot(1, 999)),
                        Set.of(),
                        "why"),
                    MORNING))
        .hasMessageContaining("entry 1/999 is on this side of no open break");
    act(ANN, "1", Act.ACCEPT);
    assertThatThrownBy(() -> link(office.breakOf("1"), office.breakOf("8")))
        .hasMessageContaining("is no open break of receipts");
    link(office.breakOf("3"), office.breakOf("8"));
    act(ANN, "3", Act.REOPEN);
    assertThat(office.heart.number("select count(*) from book_link_withdrawn")).isEqualTo(1);
    assertThat(state("3")).isEqualTo("OPEN");
  }

  private void link(long left, long right) {
    office.links.link(
        ANN, new BreakLinks.Wish(NAME, List.of(left, right), Set.of(), Set.of(), "why"), MORNING);
  }
}
