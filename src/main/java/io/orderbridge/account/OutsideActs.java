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
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Signs in who has shown to the company's own provider who they are. They become a user here at
 * their first sign-in, with the roles that the provider names, each time anew. Thread-safe.
 */
@Singleton
public class OutsideActs {
  private final Database database;
  private final Users users;
  private final Sessions sessions;

  OutsideActs(Database database, Users users, Sessions sessions) {
    this.database = database;
    this.users = users;
    this.sessions = sessions;
  }

  /**
   * @param words roles as the provider names them; what is no role here gives none
   * @return the value of the session's cookie
   * @throws Declined when the name cannot be one, is a local user's, or is locked
   */
  Drawn enter(String proved, Set<String> words, String before, Instant now) {
    String name = name(proved);
    Set<Role> roles = roles(words);
    sessions.end(before);
    return database.inTransaction(
        connection -> {
          users.hold(connection);
          take(connection, name, roles, now);
          users.setSignedIn(connection, name, now);
          Audit.write(connection, new Audit.Act(name, "user.signed-in", name, "", "oidc"));
          return sessions.start(connection, name, now);
        });
  }

  private void take(Connection connection, String name, Set<Role> roles, Instant now)
      throws SQLException {
    Optional<User> known = users.find(connection, name);
    if (known.isEmpty()) {
      User user =
          new User(name, Origin.OIDC, roles, Optional.empty(), Optional.empty(), Optional.empty());
      users.add(connection, user, "oidc", now);
      return;
    }
    if (known.get().origin() != Origin.OIDC) {
      throw new Declined(
          Kind.CONFLICT,
          Wording.of(
              "%s 是本系统的本地用户，请用密码登录。",
              "%s is a local user of this product; sign in with the password.", name));
    }
    if (known.get().isLocked()) {
      throw new Declined(
          Kind.CONFLICT,
          new Wording("此用户已被锁定，请联系负责人（owner）。", "This user is locked; ask an owner."));
    }
    users.setRoles(connection, name, roles);
  }

  private static String name(String proved) {
    try {
      return User.name(proved);
    } catch (IllegalArgumentException e) {
      throw new Declined(
          Kind.WRONG,
          new Wording(
              "登录服务给出的用户名不能使用；请管理员设置 quarkus.oidc.token.principal-claim。",
              "The provider's name for you cannot be used here; an administrator sets"
                  + " quarkus.oidc.token.principal-claim."));
    }
  }

  private static Set<Role> roles(Set<String> words) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (words.contains(role.word())) {
        roles.add(role);
      }
    }
    return roles;
  }
}
