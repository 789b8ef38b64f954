package io.orderbridge.account;

import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Signs in by name and password. An unknown name is answered like a wrong password, after the same
 * work and with the same waits. Thread-safe.
 */
@Singleton
class SignIn {
  private final Database database;
  private final Users users;
  private final Sessions sessions;
  private final Passwords passwords;
  private final Failures failures;

  SignIn(
      Database database, Users users, Sessions sessions, Passwords passwords, Failures failures) {
    this.database = database;
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.failures = failures;
  }

  /** What came of it. */
  sealed interface Outcome {
    /** Signed in; the cookie's value. */
    record In(Drawn session) implements Outcome {}

    /** Name or password is wrong; nobody is told which. */
    record Wrong() implements Outcome {}

    /** Too many wrong ones for this name; nothing was compared. */
    record Wait(Duration still) implements Outcome {}

    /** The password is right, and somebody in charge has locked the user. */
    record Locked() implements Outcome {}
  }

  /**
   * @param before the session that the browser has already, which ends; null when there is none
   * @throws Passwords.Busy when too many sign in at once
   */
  Outcome with(String typed, String password, String before, Instant now) {
    String name = typed == null ? "" : typed.strip().toLowerCase(Locale.ROOT);
    Optional<Outcome> no = refusal(name, password, now);
    if (no.isPresent()) {
      return no.get();
    }
    sessions.end(before);
    return new Outcome.In(
        database.inTransaction(
            connection -> {
              users.setSignedIn(connection, name, now);
              Audit.write(connection, new Audit.Act(name, "user.signed-in", name, "", ""));
              return sessions.start(connection, name, now);
            }));
  }

  /** Why this is not the password of this user; counted like a sign-in. */
  Optional<Outcome> refusal(String name, String password, Instant now) {
    Optional<Duration> wait = failures.count(name, now);
    if (wait.isPresent()) {
      return Optional.of(new Outcome.Wait(wait.get()));
    }
    Optional<User> user = database.inTransaction(connection -> users.find(connection, name));
    boolean right =
        passwords.matches(user.flatMap(User::password), password == null ? "" : password);
    if (!right || user.isEmpty()) {
      return Optional.of(new Outcome.Wrong());
    }
    database.run(connection -> failures.forget(connection, name));
    return user.get().isLocked() ? Optional.of(new Outcome.Locked()) : Optional.empty();
  }
}
