package io.orderbridge.call;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.kernel.Cause;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One line of {@code answers:}.
 *
 * @param status HTTP status, or 0 for any
 * @param condition what else the answer has to show; null looks at the status alone
 * @param then what it means
 * @param pause how long nothing is asked then, as the connection file knows it; may be null
 * @param waitJson where in the answer the wait is told in words; may be null
 * @param cause why it is refused, where the code of the partner tells more than that it is; null
 *     for {@link Cause#TARGET_REFUSED}
 */
public record AnswerRule(
    int status,
    Condition condition,
    Meaning then,
    Duration pause,
    JsonPointer waitJson,
    Cause cause) {

  /** A rule that looks at the status alone. */
  public static AnswerRule ofStatus(int status, Meaning then) {
    return new AnswerRule(status, null, then, null, null, null);
  }

  /** A rule that compares a value in the answer's JSON or XML. */
  public static AnswerRule ofJson(int status, String pointer, String equals, Meaning then) {
    Condition condition =
        new Condition(JsonPointer.compile(pointer), null, Set.of(equals), null, null);
    return new AnswerRule(status, condition, then, null, null, null);
  }

  /**
   * What an answer has to show at one place: in its JSON or XML, in a header, or, when neither is
   * named, in the first KB of its text. Exactly one of the last three is not null.
   *
   * @param json where in the answer
   * @param header name of a header
   * @param in the value is one of these texts
   * @param matches the whole value fits this expression
   * @param exists whether the place is there at all; a JSON null is not
   */
  public record Condition(
      JsonPointer json, String header, Set<String> in, Pattern matches, Boolean exists) {}
}
