package io.orderbridge.account;

import io.orderbridge.Heart;
import io.orderbridge.account.UserActs.Call;
import io.orderbridge.kernel.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The feature on a database of its own, with a derivation that is quick and counted. */
final class Accounts implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-30T04:00:00Z");
  static final String GOOD = "correct horse battery";
  static final Duration IDLE = Duration.ofHours(1);
  static final Duration LASTS = Duration.ofHours(12);

  final Heart heart = Heart.fresh();
  final AtomicInteger derived = new AtomicInteger();
  final Users users = new Users();
  final Links links = new Links();
  final Failures failures = new Failures(heart.database);
  final Sessions sessions = new Sessions(heart.database, users, IDLE, LASTS);
  final Passwords passwords = new Passwords(this::derive);
  final SignIn signIn = new SignIn(heart.database, users, sessions, passwords, failures);
  final PasswordActs passwordActs =
      new PasswordActs(heart.database, users, sessions, links, passwords);
  final UserActs acts = new UserActs(heart.database, users, sessions, links, failures);

  private byte[] derive(char[] password, byte[] salt, int rounds) {
    derived.incrementAndGet();
    return Drawn.sha256(new String(password) + salt.length + rounds);
  }

  /** Somebody with the good password; the session of having set it. */
  String user(String name, Role... roles) {
    Drawn link = acts.add(new Call("test", name, NOON), Set.of(roles));
    return passwordActs.byLink(link.value(), null, GOOD, NOON).value();
  }

  Call call(String name) {
    return new Call("test", name, NOON);
  }

  @Override
  public void close() {
    heart.close();
  }
}
