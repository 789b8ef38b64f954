package io.orderbridge.kernel;

import io.orderbridge.kernel.Declined.Kind;
import java.security.Principal;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who asks.
 *
 * @param name as the sign-in names them; two names are two people
 * @param has which roles they have
 */
public record Person(String name, Predicate<Role> has) {
  /**
   * @param signedIn null when nobody is known
   * @param inRole whether they have a role, by its word
   */
  public static Person of(Principal signedIn, Predicate<String> inRole) {
    return new Person(
        signedIn == null ? "unknown" : signedIn.getName(), role -> inRole.test(role.word()));
  }

  /**
   * This person, who has one of the roles.
   *
   * @throws Declined when they have none of them
   */
  public Person in(Set<Role> allowed) {
    if (allowed.stream().noneMatch(has)) {
      throw refused("This", "此操作", allowed, "");
    }
    return this;
  }

  /**
   * @param why what the roles are needed for
   * @throws Declined when they have none of them
   */
  public void needs(Set<Role> allowed, Wording why) {
    if (allowed.stream().noneMatch(has)) {
      throw refused(why.en(), why.zh(), allowed, "");
    }
  }

  /**
   * The role in which they do it.
   *
   * @param allowed roles that may, the first that they have first
   * @param wanted the one they name themselves; null for the first that they have
   * @throws Declined when they have none of them
   */
  public Role as(Set<Role> allowed, String wanted) {
    for (Role role : allowed) {
      boolean meant = wanted == null || wanted.equals(role.word());
      if (meant && has.test(role)) {
        return role;
      }
    }
    throw refused("This", "此操作", allowed, wanted == null ? "" : " (" + wanted + ")");
  }

  private Declined refused(String what, String zh, Set<Role> allowed, String as) {
    String roles = allowed.stream().map(Role::word).sorted().collect(Collectors.joining(", "));
    return new Declined(
        Kind.FORBIDDEN,
        Wording.of(
            zh + "需要角色 %s 之一，%s%s 没有；由管理员授予，或用 ORDERBRIDGE_API_ROLES_%s 配置",
            what
                + " needs one of the roles %s, which %s%s has not; an owner gives it, or"
                + " ORDERBRIDGE_API_ROLES_%s",
            roles,
            name,
            as,
            name.toUpperCase(Locale.ROOT)));
  }
}
