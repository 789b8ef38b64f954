package io.orderbridge.alert;

import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;

/**
 * Something that a person has to learn. It carries no secret and no personal data.
 *
 * @param key raised again under the same key it changes nothing; for example {@code
 *     payment:wechat-pay:2026-11-20:final}
 * @param cause alerts of one cause may be told in one message, for example {@code stuck:PAID}
 * @param level how bad; the worst are told first
 * @param subject what it is about: {@code shop/number}, a source, a pair; may be empty
 * @param owner the person or role in charge; empty for whoever watches
 * @param text one sentence: what is wrong and what to do
 * @param count how many things it is about, at least 1
 * @param amount the money it is about; null when there is none
 * @param link path in the product where it can be looked at, beginning with {@code /}; may be empty
 */
public record Alert(
    String key,
    String cause,
    Level level,
    String subject,
    String owner,
    Wording text,
    long count,
    Money amount,
    String link) {
  // An index takes at most a third of a page of 8 KB; a cause is also shown in messages.
  private static final int KEY_MAX = 400;
  private static final int CAUSE_MAX = 120;

  public Alert {
    check("key", key, KEY_MAX);
    check("cause", cause, CAUSE_MAX);
    if (count < 1) {
      throw new IllegalArgumentException(
          "an alert is about %d things, expected 1 or more".formatted(count));
    }
    if (!link.isEmpty() && !link.startsWith("/")) {
      throw new IllegalArgumentException("the link of an alert does not begin with '/'");
    }
  }

  private static void check(String what, String value, int max) {
    if (value.isBlank() || value.length() > max) {
      throw new IllegalArgumentException(
          "the %s of an alert has %d characters, expected 1 to %d"
              .formatted(what, value.length(), max));
    }
  }
}
