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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What somebody in charge does with users. Each act is audited in its own transaction; the last
 * user with role {@code owner} keeps it. Thread-safe.
 */
@Singleton
public class UserActs {
  // A sentence or two; it is read in the audit.
  private static final int REASON_MAX = 500;
  private static final String LINK = "/login/link/";

  private final Database database;
  private final Users users;
  private final Sessions sessions;
  private final Links links;
  private final Failures failures;

  UserActs(Database database, Users users, Sessions sessions, Links links, Failures failures) {
    this.database = database;
    this.users = users;
    this.sessions = sessions;
    this.links = links;
    this.failures = failures;
  }

  /**
   * Who asks for what.
   *
   * @param by who, as the sign-in names them
   * @param name on which user
   */
  public record Call(String by, String name, Instant now) {
    /**
     * On a user whose name somebody typed; capitals become small.
     *
     * @throws Declined when nobody can be called so
     */
    public static Call of(String by, String typed, Instant now) {
      try {
        return new Call(by, User.name(typed), now);
      } catch (IllegalArgumentException e) {
        throw new Declined(
            Kind.WRONG,
            new Wording("用户名须为 2 到 64 个字符，只含 a-z、0-9 和 . _ @ -，并以字母或数字开头", e.getMessage()));
      }
    }
  }

  /** All users, by name. */
  public List<User> all() {
    return database.inTransaction(users::all);
  }

  /** One of them; empty when nobody is called so. */
  public Optional<User> find(String name) {
    return database.inTransaction(connection -> users.find(connection, name));
  }

  /**
   * Roles by their words; none is allowed.
   *
   * @param words null for a list that is missing
   * @throws Declined when it is missing, or a word is no role
   */
  public static Set<Role> roles(List<String> words) {
    if (words == null) {
      throw new Declined(
          Kind.WRONG, new Wording("缺少角色列表", "'roles' is missing; a list, empty for none"));
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : words) {
      try {
        roles.add(Role.of(word));
      } catch (IllegalArgumentException e) {
        throw new Declined(Kind.WRONG, new Wording("没有角色 " + word, "a role " + e.getMessage()));
      }
    }
    return roles;
  }

  /** The path at which a password is set with the token of a link. */
  public static String path(Drawn token) {
    return LINK + token.value();
  }

  /**
   * @return the token of the link by which they set their password, told once
   * @throws Declined when the name is taken, or it is the first user and no owner: from then on
   *     only an owner adds users, and there would be none
   */
  public Drawn add(Call call, Set<Role> roles) {
    return database.inTransaction(
        connection -> {
          if (!roles.contains(Role.OWNER) && users.isEmpty(connection)) {
            throw new Declined(
                Kind.CONFLICT,
                Wording.of(
                    "第一位用户必须是负责人（owner），否则没有人能再添加用户。请给 %s 加上角色 owner。",
                    "The first user has to be an owner, or nobody could add another one; give %s"
                        + " the role owner.",
                    call.name()));
          }
          User user =
              new User(
                  call.name(),
                  Origin.LOCAL,
                  roles,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty());
          if (!users.add(connection, user, call.by(), call.now())) {
            throw new Declined(
                Kind.CONFLICT,
                Wording.of("用户 %s 已存在。", "There is a user %s already.", call.name()));
          }
          audit(connection, call, "added", "", "roles=" + words(roles));
          return links.make(connection, Optional.of(call.name()), call.by(), call.now());
        });
  }

  /**
   * Their roles from now on, all of them; they hold at the next request.
   *
   * @throws Declined when it is the last owner who would lose that role, or roles come from outside
   */
  public User setRoles(Call call, Set<Role> roles) {
    return on(
        call,
        (connection, user) -> {
          if (user.origin() == Origin.OIDC) {
            throw outside(call);
          }
          if (!roles.contains(Role.OWNER)) {
            keepOwner(connection, user);
          }
          users.setRoles(connection, user.name(), roles);
          String detail = "from=%s to=%s".formatted(words(user.roles()), words(roles));
          audit(connection, call, "roles-changed", "", detail);
        });
  }

  /**
   * A link by which a new password is set, told once; the link before ends, the old password and
   * its sessions hold until then.
   *
   * @throws Declined when the company's sign-in has the password
   */
  public Drawn reset(Call call) {
    return database.inTransaction(
        connection -> {
          User user = one(connection, call);
          if (user.origin() == Origin.OIDC) {
            throw outside(call);
          }
          failures.forget(connection, user.name());
          audit(connection, call, "reset", "", "");
          return links.make(connection, Optional.of(user.name()), call.by(), call.now());
        });
  }

  /**
   * Keeps somebody out at once: no sign-in, no session, no link. Done twice it is audited twice.
   *
   * @param because why, kept in the audit
   * @throws Declined for the last owner, or without a reason
   */
  public User lock(Call call, String because) {
    String reason = because == null ? "" : because.strip();
    if (reason.isEmpty() || reason.length() > REASON_MAX) {
      throw new Declined(
          Kind.WRONG,
          Wording.of(
              "请写明锁定的原因，1 到 %d 个字符",
              "'reason' has 1 to %d characters: why they are kept out", REASON_MAX));
    }
    return on(
        call,
        (connection, user) -> {
          keepOwner(connection, user);
          users.setLocked(connection, user.name(), Optional.of(call.now()));
          links.end(connection, Optional.of(user.name()), call.now());
          int ended = sessions.endAll(connection, user.name());
          audit(connection, call, "locked", reason, "sessions-ended=" + ended);
        });
  }

  /** Lets somebody in again, and forgets their wrong passwords. */
  public User unlock(Call call) {
    return on(
        call,
        (connection, user) -> {
          users.setLocked(connection, user.name(), Optional.empty());
          failures.forget(connection, user.name());
          audit(connection, call, "unlocked", "", "");
        });
  }

  /** Signs somebody out everywhere; how many sessions there were. */
  public int endSessions(Call call) {
    return database.inTransaction(
        connection -> {
          int ended = sessions.endAll(connection, one(connection, call).name());
          audit(connection, call, "sessions-ended", "", "sessions-ended=" + ended);
          return ended;
        });
  }

  @FunctionalInterface
  private interface Act {
    void on(Connection connection, User user) throws SQLException;
  }

  private User on(Call call, Act act) {
    return database.inTransaction(
        connection -> {
          // Of two owners who take each other's role at once, one comes second.
          users.hold(connection);
          act.on(connection, one(connection, call));
          return one(connection, call);
        });
  }

  private User one(Connection connection, Call call) throws SQLException {
    return users
        .find(connection, call.name())
        .orElseThrow(
            () ->
                new Declined(
                    Kind.MISSING, Wording.of("没有用户 %s。", "There is no user %s.", call.name())));
  }

  private void keepOwner(Connection connection, User leaving) throws SQLException {
    boolean another =
        users.all(connection).stream()
            .filter(user -> !user.name().equals(leaving.name()))
            .anyMatch(user -> user.roles().contains(Role.OWNER) && !user.isLocked());
    if (leaving.roles().contains(Role.OWNER) && !another) {
      throw new Declined(
          Kind.CONFLICT,
          Wording.of(
              "%s 是最后一位负责人（owner），请先指定另一位。",
              "%s is the last user with role owner; make another one first.", leaving.name()));
    }
  }

  private static Declined outside(Call call) {
    return new Declined(
        Kind.CONFLICT,
        Wording.of(
            "用户 %s 由公司统一登录管理，请在那里更改。",
            "User %s comes from the company's sign-in; change it there.", call.name()));
  }

  private static String words(Set<Role> roles) {
    return roles.stream().map(Role::word).sorted().collect(Collectors.joining(","));
  }

  private static void audit(
      Connection connection, Call call, String act, String reason, String detail)
      throws SQLException {
    Audit.write(connection, new Audit.Act(call.by(), "user." + act, call.name(), reason, detail));
  }
}
