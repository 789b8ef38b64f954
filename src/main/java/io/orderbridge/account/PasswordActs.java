package io.orderbridge.account;

import io.orderbridge.account.User.Origin;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Setting a password: by a link, the first user's too, and by who has one already. It ends every
 * session of that user and signs in anew. Audited, without the password. Thread-safe.
 */
@Singleton
class PasswordActs {
  /** What the first user may do: everything, so that nothing is out of reach. */
  static final Set<Role> FIRST = Set.of(Role.OWNER, Role.ADMIN);

  private static final Wording GONE =
      new Wording("链接无效、已使用或已过期。", "This link is not valid, was used, or is over.");

  private final Database database;
  private final Users users;
  private final Sessions sessions;
  private final Links links;
  private final Passwords passwords;

  PasswordActs(
      Database database, Users users, Sessions sessions, Links links, Passwords passwords) {
    this.database = database;
    this.users = users;
    this.sessions = sessions;
    this.links = links;
    this.passwords = passwords;
  }

  /** What a link is for; empty when it is not valid, was used, or is over. */
  Optional<Links.Purpose> look(String token, Instant now) {
    return database.inTransaction(connection -> links.look(connection, token, now));
  }

  /**
   * Uses a link up.
   *
   * @param chosen the name of the first user; else without meaning
   * @throws Declined when the link, the name or the password cannot be taken; the link stays
   */
  Drawn byLink(String token, String chosen, String password, Instant now) {
    Links.Purpose purpose = look(token, now).orElseThrow(PasswordActs::gone);
    String name = purpose.name().orElseGet(() -> chosen(chosen));
    check(name, password);
    // Before the transaction: it takes a while, and a connection is dear.
    String stored = passwords.hash(password);
    return database.inTransaction(
        connection -> {
          links.use(connection, token, now).orElseThrow(PasswordActs::gone);
          if (purpose.name().isPresent()) {
            users.setPassword(connection, name, stored, now);
          } else {
            first(connection, name, stored, now);
          }
          return signedIn(connection, name, now);
        });
  }

  private void first(Connection connection, String name, String stored, Instant now)
      throws SQLException {
    users.hold(connection);
    if (!users.isEmpty(connection)) {
      throw gone();
    }
    User user =
        new User(
            name, Origin.LOCAL, FIRST, Optional.of(stored), Optional.empty(), Optional.empty());
    users.add(connection, user, name, now);
    links.end(connection, Optional.empty(), now);
    Audit.write(connection, new Audit.Act(name, "user.added", name, "", "first roles=admin,owner"));
  }

  /**
   * Changes the password of who is signed in and has shown the old one.
   *
   * @throws Declined when the new one cannot be taken
   */
  Drawn change(String name, String password, Instant now) {
    check(name, password);
    String stored = passwords.hash(password);
    return database.inTransaction(
        connection -> {
          users.setPassword(connection, name, stored, now);
          links.end(connection, Optional.of(name), now);
          return signedIn(connection, name, now);
        });
  }

  private Drawn signedIn(Connection connection, String name, Instant now) throws SQLException {
    int ended = sessions.endAll(connection, name);
    users.setSignedIn(connection, name, now);
    Audit.write(
        connection, new Audit.Act(name, "user.password-set", name, "", "sessions-ended=" + ended));
    return sessions.start(connection, name, now);
  }

  private static String chosen(String name) {
    try {
      return User.name(name);
    } catch (IllegalArgumentException e) {
      throw new Declined(
          Kind.WRONG,
          new Wording(
              "用户名为 2 至 64 个字符：小写字母、数字及 . _ @ -，以字母或数字开头。",
              "A name has 2 to 64 of a-z, 0-9 and . _ @ -, and begins with a letter or digit."));
    }
  }

  private static void check(String name, String password) {
    PasswordRule.objection(name, password)
        .ifPresent(
            wording -> {
              throw new Declined(Kind.WRONG, wording);
            });
  }

  private static Declined gone() {
    return new Declined(Kind.MISSING, GONE);
  }
}
