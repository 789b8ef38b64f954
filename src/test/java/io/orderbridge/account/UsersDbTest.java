package io.orderbridge.account;

import static io.orderbridge.account.Accounts.GOOD;
import static io.orderbridge.account.Accounts.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.SteppedClock;
import io.orderbridge.account.SignIn.Outcome;
import io.orderbridge.account.UserActs.Call;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Role;
import java.time.Instant;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsersDbTest {
  private static final String BETTER = "another horse battery";

  private final Accounts accounts = new Accounts();

  @AfterEach
  void close() {
    accounts.close();
  }

  private Drawn offered(Instant now) {
    return first().offer(now).orElseThrow();
  }

  private FirstUser first() {
    return new FirstUser(
        accounts.heart.database, accounts.users, accounts.links, new SteppedClock(NOON));
  }

  private void refused(ThrowingCallable act, Declined.Kind kind) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(Declined.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void while_there_is_no_user_a_start_offers_a_link_and_then_none() {
    Drawn earlier = offered(NOON);
    Drawn link = offered(NOON);

    assertThat(accounts.passwordActs.look(earlier.value(), NOON)).isEmpty();
    accounts.passwordActs.byLink(link.value(), "Boss", GOOD, NOON);

    assertThat(accounts.acts.all())
        .singleElement()
        .satisfies(
            user -> {
              assertThat(user.name()).isEqualTo("boss");
              assertThat(user.roles()).containsExactlyInAnyOrder(Role.OWNER, Role.ADMIN);
            });
    assertThat(first().offer(NOON)).isEmpty();
  }

  @Test
  void the_first_user_is_an_owner_and_later_ones_need_not_be() {
    assertThatThrownBy(() -> accounts.acts.add(accounts.call("anna"), Set.of(Role.CS)))
        .isInstanceOfSatisfying(
            Declined.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Declined.Kind.CONFLICT);
              assertThat(e.wording().zh()).contains("第一位用户必须是负责人", "anna");
              assertThat(e.wording().en()).contains("The first user has to be an owner", "anna");
            });
    assertThat(accounts.acts.all()).isEmpty();

    accounts.acts.add(accounts.call("boss"), Set.of(Role.OWNER));
    accounts.acts.add(accounts.call("anna"), Set.of(Role.CS));

    assertThat(accounts.acts.all()).hasSize(2);
  }

  @Test
  void a_link_works_once() {
    Drawn link = offered(NOON);
    accounts.passwordActs.byLink(link.value(), "boss", GOOD, NOON);

    refused(
        () -> accounts.passwordActs.byLink(link.value(), "second", GOOD, NOON),
        Declined.Kind.MISSING);
  }

  @Test
  void a_link_for_a_new_password_works_once() {
    accounts.user("anna");
    Drawn link = accounts.acts.reset(accounts.call("anna"));
    accounts.passwordActs.byLink(link.value(), null, BETTER, NOON);

    refused(
        () -> accounts.passwordActs.byLink(link.value(), null, GOOD, NOON), Declined.Kind.MISSING);
    assertThat(session("anna", BETTER)).isNotEmpty();
  }

  @Test
  void a_link_ends_by_itself() {
    Drawn first = offered(NOON);
    accounts.user("boss", Role.OWNER);
    Drawn reset = accounts.acts.reset(accounts.call("boss"));

    assertThat(accounts.passwordActs.look(first.value(), NOON.plus(Links.FIRST_LASTS))).isEmpty();
    Instant over = NOON.plus(Links.LASTS);
    assertThat(accounts.passwordActs.look(reset.value(), over.minusSeconds(1))).isPresent();
    refused(
        () -> accounts.passwordActs.byLink(reset.value(), null, GOOD, over), Declined.Kind.MISSING);
  }

  @Test
  void a_link_of_the_first_user_is_void_when_there_is_one() {
    Drawn link = offered(NOON);
    accounts.user("boss", Role.OWNER);

    refused(
        () -> accounts.passwordActs.byLink(link.value(), "mallory", GOOD, NOON),
        Declined.Kind.MISSING);
    assertThat(accounts.acts.all()).hasSize(1);
  }

  @Test
  void a_password_that_is_refused_leaves_the_link_as_it_was() {
    Drawn link = offered(NOON);

    refused(
        () -> accounts.passwordActs.byLink(link.value(), "boss", "short", NOON),
        Declined.Kind.WRONG);

    assertThat(accounts.passwordActs.look(link.value(), NOON)).isPresent();
  }

  @Test
  void a_new_password_ends_every_session_but_the_one_it_begins() {
    String here = accounts.user("anna");
    String there = session("anna", GOOD);

    String now = accounts.passwordActs.change("anna", BETTER, NOON).value();

    assertThat(accounts.sessions.find(here, NOON)).isEmpty();
    assertThat(accounts.sessions.find(there, NOON)).isEmpty();
    assertThat(accounts.sessions.find(now, NOON)).isPresent();
    assertThat(accounts.signIn.with("anna", GOOD, null, NOON)).isEqualTo(new Outcome.Wrong());
  }

  @Test
  void a_reset_leaves_the_password_alone_until_its_link_is_used() {
    accounts.user("anna");
    Drawn link = accounts.acts.reset(accounts.call("anna"));
    assertThat(session("anna", GOOD)).isNotEmpty();

    accounts.passwordActs.byLink(link.value(), null, BETTER, NOON);

    assertThat(session("anna", BETTER)).isNotEmpty();
    assertThat(accounts.signIn.with("anna", GOOD, null, NOON)).isEqualTo(new Outcome.Wrong());
  }

  @Test
  void who_is_locked_is_out_at_once_with_every_session_and_link() {
    String session = accounts.user("anna");
    Drawn link = accounts.acts.reset(accounts.call("anna"));

    accounts.acts.lock(accounts.call("anna"), "left the company");

    assertThat(accounts.sessions.find(session, NOON)).isEmpty();
    assertThat(accounts.passwordActs.look(link.value(), NOON)).isEmpty();
  }

  @Test
  void the_last_owner_stays_one() {
    accounts.user("boss", Role.OWNER);
    accounts.user("gone", Role.OWNER);
    accounts.acts.lock(accounts.call("gone"), "left");

    refused(() -> accounts.acts.lock(accounts.call("boss"), "mistake"), Declined.Kind.CONFLICT);
    refused(
        () -> accounts.acts.setRoles(accounts.call("boss"), Set.of(Role.CS)),
        Declined.Kind.CONFLICT);
  }

  @Test
  void a_name_is_taken_once_and_another_one_is_unknown() {
    accounts.user("anna");

    refused(() -> accounts.acts.add(accounts.call("anna"), Set.of()), Declined.Kind.CONFLICT);
    refused(() -> accounts.acts.unlock(accounts.call("bob")), Declined.Kind.MISSING);
  }

  @Test
  void every_act_stands_in_the_audit_without_what_signs_in() {
    accounts.user("boss", Role.OWNER);
    accounts.user("anna", Role.CS);
    Call call = new Call("boss", "anna", NOON);
    accounts.acts.setRoles(call, Set.of(Role.FINANCE));
    accounts.acts.reset(call);
    accounts.acts.endSessions(call);
    accounts.acts.lock(call, "holiday");
    accounts.acts.unlock(call);

    assertThat(
            accounts.heart.texts(
                "select concat_ws('|', actor, action, subject, reason, detail) from audit"
                    + " where subject = 'anna' order by id"))
        .containsExactly(
            "test|user.added|anna||roles=cs",
            "anna|user.password-set|anna||sessions-ended=0",
            "boss|user.roles-changed|anna||from=cs to=finance",
            "boss|user.reset|anna||",
            "boss|user.sessions-ended|anna||sessions-ended=1",
            "boss|user.locked|anna|holiday|sessions-ended=0",
            "boss|user.unlocked|anna||");
  }

  private String session(String name, String password) {
    return ((Outcome.In) accounts.signIn.with(name, password, null, NOON)).session().value();
  }
}
