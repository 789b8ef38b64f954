package io.orderbridge.call;

import io.orderbridge.call.AnswerRule.Condition;
import io.orderbridge.kernel.Cause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * What a partner answered.
 *
 * @param status HTTP status; 0 when the partner speaks no HTTP and simply did it
 * @param body as it came, cut to the limit of the connection
 * @param headers by lower case name
 */
public record Answer(int status, byte[] body, Map<String, String> headers) {
  // 408 time-out, 425 too early, 429 too many: the only 4xx that pass by themselves.
  private static final Set<Integer> BUSY = Set.of(408, 425, 429);
  private static final int UNAUTHORIZED = 401;
  private static final int HEAD_MAX = 1024;
  private static final String RETRY_AFTER = "retry-after";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  // Asked to slow down without a word on how long: a minute is the usual span of such a limit.
  private static final Duration SLOW_DOWN = Duration.ofMinutes(1);

  /**
   * What an answer means.
   *
   * @param asked the wait that it asks for
   * @param refusal the cause of the refusal, where it is one
   */
  public record Meant(Meaning meaning, Optional<Duration> asked, Cause refusal) {}

  /** A body as text, as tests write it. */
  public static Answer of(int status, String body, Map<String, String> headers) {
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return new Answer(status, body.getBytes(StandardCharsets.UTF_8), lower);
  }

  /**
   * What stands in a message after the step that sent it; 0 when that step speaks no HTTP.
   *
   * @param max bytes kept of the body
   */
  public static Answer of(Message message, int max) {
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    if (status == null) {
      return of(0, "", Map.of());
    }
    byte[] body = message.getBody(byte[].class);
    byte[] kept = body == null ? new byte[0] : body;
    Map<String, String> headers = new TreeMap<>();
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (value instanceof String || value instanceof Number) {
                headers.put(name.toLowerCase(Locale.ROOT), value.toString());
              }
            });
    return new Answer(
        status, kept.length > max ? java.util.Arrays.copyOf(kept, max) : kept, headers);
  }

  /** What a step that fails on every status but 2xx was answered. */
  public static Answer of(HttpOperationFailedException failure) {
    String body = failure.getResponseBody();
    Map<String, String> headers = failure.getResponseHeaders();
    return of(
        failure.getStatusCode(), body == null ? "" : body, headers == null ? Map.of() : headers);
  }

  /**
   * What it means by the rules of the connection, or else by its status.
   *
   * @param token whether the call was made with an access token, which 401 then says is over
   */
  public Meant meaning(List<AnswerRule> rules, boolean token, Instant now) {
    AnswerTree tree = new AnswerTree(body);
    for (AnswerRule rule : rules) {
      boolean statusFits = rule.status() == 0 || rule.status() == status;
      if (statusFits && (rule.condition() == null || fits(rule.condition(), tree))) {
        return new Meant(rule.then(), asked(rule, tree, now), refusal(rule.cause()));
      }
    }
    return new Meant(
        byStatus(token), RetryAfter.read(headers.get(RETRY_AFTER), now), refusal(null));
  }

  private Cause refusal(Cause named) {
    if (redirects()) {
      return Cause.TARGET_MOVED;
    }
    return named == null ? Cause.TARGET_REFUSED : named;
  }

  private Meaning byStatus(boolean token) {
    if (status == 0 || status / 100 == 2) {
      return Meaning.DONE;
    }
    if (status == UNAUTHORIZED && token) {
      return Meaning.REFRESH;
    }
    return status >= 500 || BUSY.contains(status) ? Meaning.BUSY : Meaning.REFUSED;
  }

  private boolean fits(Condition condition, AnswerTree tree) {
    if (condition.exists() != null) {
      boolean there =
          condition.json() != null
              ? tree.has(condition.json())
              : headers.containsKey(condition.header());
      return there == condition.exists();
    }
    String value = value(condition, tree);
    if (value == null) {
      return false;
    }
    return condition.in() != null
        ? condition.in().contains(value)
        : condition.matches().matcher(value).matches();
  }

  private String value(Condition condition, AnswerTree tree) {
    if (condition.json() != null) {
      return tree.text(condition.json());
    }
    return condition.header() != null ? headers.get(condition.header()) : head();
  }

  private Optional<Duration> asked(AnswerRule rule, AnswerTree tree, Instant now) {
    String told = rule.waitJson() == null ? null : tree.text(rule.waitJson());
    Matcher number = NUMBER.matcher(told == null ? "" : told);
    if (number.find()) {
      return Optional.of(RetryAfter.bounded(Duration.ofSeconds(Long.parseLong(number.group()))));
    }
    if (rule.pause() != null) {
      return Optional.of(rule.pause());
    }
    Optional<Duration> header = RetryAfter.read(headers.get(RETRY_AFTER), now);
    return rule.then() == Meaning.SLOW_DOWN ? header.or(() -> Optional.of(SLOW_DOWN)) : header;
  }

  /** Whether the body begins as JSON and does not end as JSON. Counts brackets, reads nothing. */
  boolean isCutOff() {
    int at = 0;
    while (at < body.length && Character.isWhitespace(body[at])) {
      at++;
    }
    if (at == body.length || body[at] != '{' && body[at] != '[') {
      return false;
    }
    int depth = 0;
    boolean quoted = false;
    for (; at < body.length; at++) {
      switch (body[at]) {
        case '"' -> quoted = !quoted;
        case '\\' -> at += quoted ? 1 : 0;
        case '{', '[' -> depth += quoted ? 0 : 1;
        case '}', ']' -> depth -= quoted ? 0 : 1;
        default -> {
          // Neither opens nor closes anything.
        }
      }
    }
    return quoted || depth != 0;
  }

  private boolean redirects() {
    return status / 100 == 3;
  }

  /** The first KB, for people. */
  public String head() {
    return new String(body, 0, Math.min(body.length, HEAD_MAX), StandardCharsets.UTF_8);
  }
}
