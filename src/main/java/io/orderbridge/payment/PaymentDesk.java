package io.orderbridge.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Wording;
import io.orderbridge.payment.Comparison.DoesNotAddUp;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Payments verified, for people: what runs found, and asking for one. Reading changes nothing.
 * Thread-safe.
 */
@Singleton
public class PaymentDesk {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final Asking asking;
  private final RunList runs;
  private final Database database;
  private final Clock clock;

  PaymentDesk(Asking asking, RunList runs, Database database, Clock clock) {
    this.asking = asking;
    this.runs = runs;
    this.database = database;
    this.clock = clock;
  }

  /** The connections that the rules in force name, by name. */
  public List<String> connections() {
    return asking.sources(null).stream().map(PaymentSource::connection).toList();
  }

  /** The names of all classes, those first in which nothing differs. */
  public static List<String> classes() {
    return Arrays.stream(Verdict.values()).map(Verdict::name).toList();
  }

  /**
   * Runs, the newest first, each with count and amount by class.
   *
   * @param connection null for all
   * @param day such as 2026-11-20; null for all
   * @param before only runs with a lower number; null from the newest
   * @throws Declined when the day is none
   */
  public List<Map<String, Object>> runs(String connection, String day, Long before, int max) {
    return runs.list(connection, day == null ? null : Asking.day("day", day), before, max).stream()
        .map(Asking::view)
        .toList();
  }

  /** One run; empty when there is none of that number. */
  public Optional<Map<String, Object>> run(long id) {
    return runs.find(id).map(Asking::view);
  }

  /**
   * What a run did not find plainly the same, by its number; of what does not differ the first
   * 10,000.
   *
   * @param verdict name of a class; null for all
   * @param after only rows with a higher number
   * @throws Declined when there is no such class
   */
  public List<Map<String, Object>> rows(long run, String verdict, long after, int max) {
    return runs.rows(run, verdict(verdict), after, max).stream().map(PaymentDesk::view).toList();
  }

  static Verdict verdict(String name) {
    if (name == null || name.isBlank()) {
      return null;
    }
    return Arrays.stream(Verdict.values())
        .filter(verdict -> verdict.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Declined(
                    Kind.WRONG,
                    Wording.of("分类只能是 %s 之一", "'class' is one of %s", classes().toString())));
  }

  private static Map<String, Object> view(RunList.Row row) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", row.id());
    view.put("class", row.verdict().name());
    view.put("kind", row.kind());
    view.put("order", row.number().isEmpty() ? null : row.shop() + "/" + row.number());
    view.put("payment", row.transaction().isEmpty() ? null : row.transaction());
    view.put("refund", row.refund().isEmpty() ? null : row.refund());
    view.put("amount", row.amount());
    view.put("currency", row.currency());
    view.put("at", row.at().toString());
    view.put("message", row.message());
    view.put("outcome", row.outcome().isEmpty() ? null : row.outcome());
    try {
      view.put("evidence", JSON.readValue(row.evidence(), OBJECT));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the evidence of a run is not readable", e);
    }
    view.values().removeIf(Objects::isNull);
    return view;
  }

  /**
   * Verifies a period now, and comes back when it is done. Audited before: a run that dies half way
   * was asked for all the same. Over the same state it changes nothing.
   *
   * @param connection null or blank for all
   * @param from the first day; null for yesterday, in the zone of the connection
   * @param to the last day; null for the first
   * @param actor who asks, as the sign-in names them
   * @return the runs that were made
   * @throws Declined when the rules do not name the connection, the period is none, another run is
   *     under way, or it does not add up
   */
  public List<Map<String, Object>> verify(String connection, String from, String to, String actor) {
    Asking.Wish wish = new Asking.Wish(connection, from, to);
    audit(actor, wish);
    List<Map<String, Object>> made;
    try {
      made = asking.verify(wish, actor, clock.instant());
    } catch (DoesNotAddUp e) {
      throw new Declined(
          Kind.CONFLICT, new Wording("两边的笔数没有对平，本次核对没有采用任何结论；见最新的批次和发现", e.getMessage()));
    }
    if (made.isEmpty()) {
      throw new Declined(
          Kind.CONFLICT,
          new Wording(
              "另一次核对正在进行；请稍后再看批次列表", "another run is under way; look at /api/payments/runs"));
    }
    return made;
  }

  /**
   * What would be verified, without doing it.
   *
   * @return the period by connection, such as 2026-11-20 – 2026-11-21
   * @throws Declined when the rules do not name the connection, or the period is none
   */
  public Map<String, String> wanted(String connection, String from, String to) {
    Asking.Wish wish = new Asking.Wish(connection, from, to);
    Map<String, String> wanted = new LinkedHashMap<>();
    for (PaymentSource source : asking.sources(connection)) {
      Asking.Period days = Asking.period(wish, source, clock.instant());
      wanted.put(source.connection(), days.from() + " – " + days.to());
    }
    return wanted;
  }

  private void audit(String actor, Asking.Wish wish) {
    for (PaymentSource source : asking.sources(wish.connection())) {
      Asking.Period days = Asking.period(wish, source, clock.instant());
      String detail = "from=%s to=%s".formatted(days.from(), days.to());
      database.run(
          connection ->
              Audit.write(
                  connection,
                  new Audit.Act(actor, "payment.verify", source.connection(), "", detail)));
    }
  }
}
