package io.orderbridge.account;

import io.orderbridge.Heart;
import io.orderbridge.account.User.Origin;
import io.orderbridge.account.UserActs.Call;
import io.orderbridge.kernel.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
    Drawn link = added(new Call("test", name, NOON), Set.of(roles));
    return passwordActs.byLink(link.value(), null, GOOD, NOON).value();
  }

  // Most tests are about one person, who need not be the owner that a first user has to be.
  private Drawn added(Call call, Set<Role> roles) {
    if (roles.contains(Role.OWNER) || !acts.all().isEmpty()) {
      return acts.add(call, roles);
    }
    Optional<String> none = Optional.empty();
    User user =
        new User(call.name(), Origin.LOCAL, roles, none, Optional.empty(), Optional.empty());
    return heart.database.inTransaction(
        connection -> {
          users.add(connection, user, call.by(), call.now());
          return links.make(connection, Optional.of(call.name()), call.by(), call.now());
        });
  }

  Call call(String name) {
    return new Call("test", name, NOON);
  }

  @Override
  public void close() {
    heart.close();
  }
}
