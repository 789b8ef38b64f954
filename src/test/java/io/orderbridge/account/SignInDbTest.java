package io.orderbridge.account;

import static io.orderbridge.account.Accounts.GOOD;
import static io.orderbridge.account.Accounts.IDLE;
import static io.orderbridge.account.Accounts.LASTS;
import static io.orderbridge.account.Accounts.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.account.SignIn.Outcome;
import io.orderbridge.kernel.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignInDbTest {
  private final Accounts accounts = new Accounts();

  @AfterEach
  void close() {
    accounts.close();
  }

  private Outcome enter(String name, String password, Instant now) {
    return accounts.signIn.with(name, password, null, now);
  }

  private String session(String name) {
    return ((Outcome.In) enter(name, GOOD, NOON)).session().value();
  }

  @Test
  void who_knows_the_password_is_signed_in_with_the_roles_of_this_moment() {
    accounts.user("anna", Role.CS);
    String session = session(" Anna ");

    accounts.acts.setRoles(accounts.call("anna"), java.util.Set.of(Role.FINANCE));

    SignedIn who = accounts.sessions.find(session, NOON).orElseThrow();
    assertThat(who.name()).isEqualTo("anna");
    assertThat(who.roles()).containsExactly(Role.FINANCE);
  }

  @Test
  void an_unknown_name_costs_the_same_work_and_gets_the_same_answer() {
    accounts.user("anna");
    accounts.derived.set(0);

    Outcome known = enter("anna", "wrong", NOON);
    int forKnown = accounts.derived.getAndSet(0);
    Outcome unknown = enter("nobody", "wrong", NOON);

    assertThat(unknown).isEqualTo(known).isEqualTo(new Outcome.Wrong());
    assertThat(accounts.derived.get()).isEqualTo(forKnown).isEqualTo(1);
  }

  @Test
  void a_first_attempt_never_waits_however_fine_the_clock() {
    accounts.user("anna");

    assertThat(enter("anna", GOOD, NOON.plusNanos(999))).isInstanceOf(Outcome.In.class);
  }

  @Test
  void who_guesses_waits_ever_longer_whether_the_name_exists_or_not() {
    accounts.user("anna");
    for (String name : List.of("anna", "nobody")) {
      Instant now = NOON;
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < Failures.FREE + 1; i++) {
        outcomes.add(enter(name, "wrong", now));
      }
      assertThat(outcomes.subList(0, Failures.FREE)).containsOnly(new Outcome.Wrong());
      assertThat(outcomes.get(Failures.FREE)).isEqualTo(new Outcome.Wait(Failures.WAIT_FIRST));
      now = now.plus(Failures.WAIT_FIRST);
      assertThat(enter(name, "wrong", now)).isEqualTo(new Outcome.Wrong());
      assertThat(enter(name, "wrong", now))
          .isEqualTo(new Outcome.Wait(Failures.WAIT_FIRST.multipliedBy(2)));
    }
  }

  @Test
  void while_a_name_waits_the_right_password_is_not_even_compared() {
    accounts.user("anna");
    for (int i = 0; i < Failures.FREE; i++) {
      enter("anna", "wrong", NOON);
    }
    accounts.derived.set(0);

    assertThat(enter("anna", GOOD, NOON)).isInstanceOf(Outcome.Wait.class);
    assertThat(accounts.derived.get()).isZero();
    assertThat(enter("anna", GOOD, NOON.plus(Failures.WAIT_FIRST))).isInstanceOf(Outcome.In.class);
  }

  @Test
  void guesses_at_the_same_time_do_not_overtake_the_count() throws Exception {
    accounts.user("anna");
    accounts.derived.set(0);
    ExecutorService guessers = Executors.newFixedThreadPool(8);
    List<Future<Outcome>> guesses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      guesses.add(guessers.submit(() -> enter("anna", "wrong", NOON)));
    }
    for (Future<Outcome> guess : guesses) {
      guess.get();
    }
    guessers.shutdown();

    assertThat(accounts.derived.get()).isEqualTo(Failures.FREE);
  }

  @Test
  void the_wait_ends_at_a_quarter_of_an_hour() {
    assertThat(Failures.waitAfter(Failures.FREE - 1)).isZero();
    assertThat(Failures.waitAfter(Failures.FREE)).isEqualTo(Duration.ofSeconds(30));
    assertThat(Failures.waitAfter(Failures.FREE + 2)).isEqualTo(Duration.ofMinutes(2));
    assertThat(Failures.waitAfter(10_000)).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void somebody_in_charge_ends_the_wait() {
    accounts.user("anna");
    for (int i = 0; i < Failures.FREE; i++) {
      enter("anna", "wrong", NOON);
    }

    accounts.acts.unlock(accounts.call("anna"));

    assertThat(enter("anna", GOOD, NOON)).isInstanceOf(Outcome.In.class);
  }

  @Test
  void a_locked_user_hears_of_it_only_with_the_right_password() {
    accounts.user("anna");
    accounts.acts.lock(accounts.call("anna"), "left");

    assertThat(enter("anna", "wrong", NOON)).isEqualTo(new Outcome.Wrong());
    assertThat(enter("anna", GOOD, NOON)).isEqualTo(new Outcome.Locked());
  }

  @Test
  void signing_in_ends_the_session_the_browser_had_and_draws_a_new_id() {
    accounts.user("mallory");
    accounts.user("anna");
    String planted = session("mallory");

    Outcome.In in = (Outcome.In) accounts.signIn.with("anna", GOOD, planted, NOON);

    assertThat(in.session().value()).isNotEqualTo(planted);
    assertThat(accounts.sessions.find(planted, NOON)).isEmpty();
  }

  @Test
  void an_id_that_was_not_drawn_here_is_nobody() {
    accounts.user("anna");
    String chosen = "A".repeat(43);

    accounts.signIn.with("anna", GOOD, chosen, NOON);

    assertThat(accounts.sessions.find(chosen, NOON)).isEmpty();
  }

  @Test
  void a_stolen_row_signs_nobody_in() {
    accounts.user("anna");
    String session = session("anna");
    List<String> stolen =
        accounts.heart.texts(
            "select encode(id_hash, 'hex') from account_session union all"
                + " select replace(replace(rtrim(encode(id_hash, 'base64'), '='), '+', '-'), '/',"
                + " '_') from account_session union all"
                + " select password from account_user");

    assertThat(stolen).hasSize(5).doesNotContain(session);
    for (String value : stolen) {
      assertThat(accounts.sessions.find(value, NOON)).isEmpty();
      assertThat(enter("anna", value, NOON)).isNotInstanceOf(Outcome.In.class);
      assertThat(Sessions.csrf(session)).isNotEqualTo(Sessions.csrf(value)).isNotEqualTo(value);
    }
  }

  @Test
  void a_session_ends_when_nothing_is_asked_for_a_while() {
    accounts.user("anna");
    String session = session("anna");

    Instant later = NOON.plus(IDLE).minusSeconds(1);
    assertThat(accounts.sessions.find(session, later)).isPresent();
    assertThat(accounts.sessions.find(session, later.plus(IDLE).minusSeconds(1))).isPresent();
    assertThat(accounts.sessions.find(session, later.plus(IDLE).plus(IDLE))).isEmpty();
  }

  @Test
  void a_session_ends_after_a_working_day_whatever_is_asked() {
    accounts.user("anna");
    String session = session("anna");
    Instant now = NOON;
    while (now.isBefore(NOON.plus(LASTS))) {
      assertThat(accounts.sessions.find(session, now)).as("%s", now).isPresent();
      now = now.plus(Duration.ofMinutes(30));
    }

    assertThat(accounts.sessions.find(session, now)).isEmpty();
  }

  @Test
  void signing_out_ends_the_session() {
    accounts.user("anna");
    String session = session("anna");

    accounts.sessions.end(session);

    assertThat(accounts.sessions.find(session, NOON)).isEmpty();
  }
}
