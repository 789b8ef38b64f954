package io.orderbridge.console;

import io.orderbridge.kernel.Cause;
import io.orderbridge.work.DeadLetter.Filter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which dead letters are asked for, as texts of a form; empty for no condition.
 *
 * @param queue {@code inbox:<connection>} or {@code outbox:<target>}
 * @param from local time of the pages' zone
 */
record LetterQuery(
    String queue, String cause, String subject, String state, String from, String to) {
  static final List<String> STATES = List.of("OPEN", "REPLAYED", "DISCARDED", "MOOT");

  static LetterQuery of(MultivaluedMap<String, String> form) {
    return new LetterQuery(
        Fields.text(form, "queue"),
        Fields.text(form, "cause"),
        Fields.text(form, "subject"),
        Fields.text(form, "state"),
        Fields.text(form, "from"),
        Fields.text(form, "to"));
  }

  static LetterQuery of(String queue, Cause cause) {
    return new LetterQuery(queue, cause.name(), "", "", "", "");
  }

  /**
   * @throws IllegalArgumentException when a cause, queue, state or time is not readable
   */
  Filter filter(ZoneId zone) {
    boolean in = queue.startsWith("inbox:");
    if (!queue.isEmpty() && !in && !queue.startsWith("outbox:")) {
      throw new IllegalArgumentException(
          "queue is '%s', expected inbox:<connection> or outbox:<target>".formatted(queue));
    }
    if (!state.isEmpty() && !STATES.contains(state)) {
      throw new IllegalArgumentException("state is '%s', expected %s".formatted(state, STATES));
    }
    String name = queue.substring(queue.indexOf(':') + 1);
    return new Filter(
        in ? name : null,
        !in && !queue.isEmpty() ? name : null,
        known(),
        none(subject),
        none(state),
        time(from, zone),
        time(to, zone));
  }

  private Cause known() {
    if (cause.isEmpty()) {
      return null;
    }
    return Arrays.stream(Cause.values())
        .filter(one -> one.name().equals(cause))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("cause '%s' is not known".formatted(cause)));
  }

  private static String none(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Instant time(String text, ZoneId zone) {
    try {
      return text.isEmpty() ? null : LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "time is '%s', expected such as 2026-11-20T10:00".formatted(text), e);
    }
  }

  /** Its fields by name, for forms. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("queue", queue);
    fields.put("cause", cause);
    fields.put("subject", subject);
    fields.put("state", state);
    fields.put("from", from);
    fields.put("to", to);
    return fields;
  }

  /** As the query of an address; begins with a question mark, or is empty. */
  String query() {
    return Fields.query(fields());
  }
}
