package io.orderbridge.notice;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * A customer's word on notices, the newest of its channel and content.
 *
 * @param channel {@code *} for all
 * @param content of {@link Content}, {@code *} for both
 * @param evidence how it is proved: a form, a box that was ticked, a reply
 */
public record Consent(String channel, String content, Says says, Instant at, String evidence) {
  /** Stands for every channel, or for every content. */
  public static final String ALL = "*";

  /**
   * What the words of one customer come to. A withdrawal holds until consent is given again, later
   * and at least as closely: who said no to promotions by SMS and then yes to everything still gets
   * none by SMS.
   */
  public static Says of(Collection<Consent> said, String channel, Content content) {
    List<Consent> here = said.stream().filter(word -> word.fits(channel, content)).toList();
    boolean withdrawn =
        here.stream()
            .filter(word -> word.says() == Says.WITHDRAWN)
            .anyMatch(word -> here.stream().noneMatch(word::isTakenBackBy));
    if (withdrawn) {
      return Says.WITHDRAWN;
    }
    return here.stream().anyMatch(word -> word.says() == Says.GRANTED)
        ? Says.GRANTED
        : Says.NOTHING;
  }

  private boolean fits(String asked, Content content) {
    return fits(channel, asked) && fits(this.content, content.name());
  }

  private boolean isTakenBackBy(Consent other) {
    return other.says() == Says.GRANTED
        && other.at().isAfter(at)
        && fits(channel, other.channel())
        && fits(content, other.content());
  }

  private static boolean fits(String scope, String asked) {
    return scope.equals(ALL) || scope.equals(asked);
  }
}
