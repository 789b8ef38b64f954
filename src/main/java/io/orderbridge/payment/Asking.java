package io.orderbridge.payment;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Wording;
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
   * @throws Declined when the rules do not name the connection, or the period is none
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
      throw wrong("结束日期在开始日期之前", "'to' is before 'from'");
    }
    if (ChronoUnit.DAYS.between(from, to) >= DAYS_MAX) {
      throw wrong(
          "期间超过 %d 天；请一次少核对一些", "the period has more than %d days; ask for less at once", DAYS_MAX);
    }
    if (to.isAfter(LocalDate.ofInstant(now, source.zone()))) {
      throw wrong("结束日期还没有到；最晚是今天", "'to' lies ahead; the last day there can be is today");
    }
    return new Period(from, to);
  }

  static LocalDate day(String name, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw wrong("“%s” 不是日期，应写作 2026-11-20", "'%s' is no day such as 2026-11-20", name);
    }
  }

  private static Declined wrong(String zh, String en, Object... values) {
    return new Declined(Declined.Kind.WRONG, Wording.of(zh, en, values));
  }

  List<PaymentSource> sources(String connection) {
    Map<String, PaymentSource> known = new TreeMap<>(policy.rules().sources());
    if (connection == null || connection.isBlank()) {
      return List.copyOf(known.values());
    }
    PaymentSource source = known.get(connection);
    if (source == null) {
      throw wrong(
          "mappings/rules/payments.yaml 中没有生效的连接 %s；现有 %s",
          "mappings/rules/payments.yaml has no connection '%s' in force; it has %s",
          connection,
          known.isEmpty() ? "none" : String.join(", ", known.keySet()));
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
