package io.orderbridge.payment;

import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a route or a person may ask to be verified, and how the answer looks. */
@Singleton
class Asking {
  // A month with its neighbours; a million payments a day take some seconds each.
  private static final int DAYS_MAX = 62;

  private final Verification verification;
  private final PaymentPolicy policy;
  private final RunList runs;

  Asking(Verification verification, PaymentPolicy policy, RunList runs) {
    this.verification = verification;
    this.policy = policy;
    this.runs = runs;
  }

  /**
   * What is wished.
   *
   * @param connection null for all that the rules name
   * @param from the first day; null for yesterday
   * @param to the last day; null for the first
   */
  record Wish(String connection, String from, String to) {}

  /**
   * Verifies now; comes back when it is done.
   *
   * @return the runs, as the API shows them
   * @throws IllegalArgumentException when the rules do not name the connection, or the period is
   *     none
   */
  List<Map<String, Object>> verify(Wish wish, String askedBy, Instant now) {
    List<Map<String, Object>> made = new ArrayList<>();
    for (PaymentSource source : sources(wish.connection())) {
      Period period = period(wish, source, now);
      for (Long run : verification.verify(source, period.from(), period.to(), askedBy, now)) {
        runs.find(run).ifPresent(found -> made.add(view(found)));
      }
    }
    return made;
  }

  /** Days, both included. */
  record Period(LocalDate from, LocalDate to) {}

  static Period period(Wish wish, PaymentSource source, Instant now) {
    LocalDate from =
        wish.from() == null ? Verification.yesterday(source, now) : day("from", wish.from());
    LocalDate to = wish.to() == null ? from : day("to", wish.to());
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("'to' is before 'from'");
    }
    if (ChronoUnit.DAYS.between(from, to) >= DAYS_MAX) {
      throw new IllegalArgumentException(
          "the period has more than %d days; ask for less at once".formatted(DAYS_MAX));
    }
    if (to.isAfter(LocalDate.ofInstant(now, source.zone()))) {
      throw new IllegalArgumentException("'to' lies ahead; the last day there can be is today");
    }
    return new Period(from, to);
  }

  static LocalDate day(String name, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'%s' is no day such as 2026-11-20".formatted(name), e);
    }
  }

  List<PaymentSource> sources(String connection) {
    Map<String, PaymentSource> known = new TreeMap<>(policy.rules().sources());
    if (connection == null || connection.isBlank()) {
      return List.copyOf(known.values());
    }
    PaymentSource source = known.get(connection);
    if (source == null) {
      throw new IllegalArgumentException(
          "mappings/rules/payments.yaml has no connection '%s' in force; it has %s"
              .formatted(connection, known.isEmpty() ? "none" : String.join(", ", known.keySet())));
    }
    return List.of(source);
  }

  static Map<String, Object> view(Run run) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", run.id());
    view.put("connection", run.connection());
    view.put("day", run.day().toString());
    view.put("stage", run.stage().name());
    view.put("version", run.version());
    view.put("state", run.state().name());
    view.put("startedAt", run.startedAt().toString());
    view.put("endedAt", run.endedAt() == null ? null : run.endedAt().toString());
    view.put("repaired", run.repaired());
    view.put("classes", run.totals().lines().stream().map(Asking::view).toList());
    view.put("askedBy", run.askedBy());
    view.put("problem", run.problem());
    view.values().removeIf(Objects::isNull);
    return view;
  }

  private static Map<String, Object> view(Totals.Line line) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("class", line.verdict().name());
    view.put("currency", line.currency());
    view.put("count", line.count());
    view.put("amount", line.amount());
    view.put("differs", line.verdict().differs());
    return view;
  }
}
