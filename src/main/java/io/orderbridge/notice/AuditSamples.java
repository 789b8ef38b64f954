package io.orderbridge.notice;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.notice.AuditRows.Called;
import io.orderbridge.notice.CallBack.Outcome;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Random samples of a month's notices, and what the customers said who were called. */
@Singleton
class AuditSamples {
  private static final Pattern SEED = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final int SEED_BYTES = 16;
  // A call takes minutes: more than a thousand a month nobody makes.
  private static final int SIZE_MAX = 1_000;
  private static final int NOTE_MAX = 500;

  private final Database database;
  private final NoticeRows rows;

  AuditSamples(Database database, NoticeRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /**
   * Which sample.
   *
   * @param seed null for a new random one
   */
  record Wish(int size, String seed) {}

  /**
   * Draws a sample of the notices that were sent; the same seed and size is the same sample and
   * changes nothing. Audited.
   *
   * @throws Declined when the month is not over: later notices would make it another sample
   */
  long draw(Person person, YearMonth month, AuditRules rules, Wish wish, Instant now) {
    check(month, rules.zone(), wish, now);
    int size = wish.size();
    String chosen = wish.seed() == null ? random() : wish.seed();
    return database.inTransaction(
        connection -> {
          SampleDraw draw = new SampleDraw(chosen, size);
          rows.each(
              connection,
              month,
              rules.zone(),
              row -> {
                if (row.sentAt() != null) {
                  draw.offer(row);
                }
              });
          Sample sample =
              new Sample(
                  0,
                  month.toString(),
                  rules.zone().getId(),
                  chosen,
                  size,
                  draw.population(),
                  person.name(),
                  now);
          var id = AuditRows.sampled(connection, sample, draw.drawn());
          if (id.isEmpty()) {
            return AuditRows.same(connection, month, chosen, size).orElseThrow();
          }
          String detail =
              "sample=%d seed=%s size=%d population=%d"
                  .formatted(id.get(), chosen, size, draw.population());
          Audit.write(
              connection,
              new Audit.Act(person.name(), "notices.sampled", month.toString(), "", detail));
          return id.get();
        });
  }

  private static void check(YearMonth month, ZoneId zone, Wish wish, Instant now) {
    if (wish.size() < 1 || wish.size() > SIZE_MAX) {
      throw new Declined(Kind.WRONG, "'size' is 1 to %d".formatted(SIZE_MAX));
    }
    if (wish.seed() != null && !SEED.matcher(wish.seed()).matches()) {
      throw new Declined(Kind.WRONG, "'seed' has 1 to 64 letters, digits and hyphens");
    }
    Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
    if (now.isBefore(end)) {
      throw new Declined(Kind.CONFLICT, "%s is not over before %s".formatted(month, end));
    }
  }

  private static String random() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    return HexFormat.of().formatHex(seed);
  }

  /**
   * Notes what a customer said; said again it replaces what was noted, and the audit keeps both.
   *
   * @throws Declined when the notice is none of the sample
   */
  void call(Person person, YearMonth month, long sample, Called call) {
    if (call.note().length() > NOTE_MAX) {
      throw new Declined(Kind.WRONG, "'note' has at most %d characters".formatted(NOTE_MAX));
    }
    database.run(
        connection -> {
          found(AuditRows.sample(connection, month, sample), month, sample);
          if (!AuditRows.called(connection, sample, call)) {
            throw new Declined(
                Kind.MISSING, "notice %d is none of sample %d".formatted(call.notice(), sample));
          }
          String detail = "sample=%d outcome=%s".formatted(sample, call.outcome());
          String subject = "notice " + call.notice();
          Audit.write(
              connection,
              new Audit.Act(person.name(), "notices.called-back", subject, call.note(), detail));
        });
  }

  /** A sample with its calls. */
  Map<String, Object> one(YearMonth month, long sample) {
    return database.inTransaction(
        connection -> {
          List<CallBack> calls = AuditRows.calls(connection, sample);
          Map<String, Object> view =
              found(AuditRows.sample(connection, month, sample), month, sample).view(calls);
          view.put("calls", calls.stream().map(CallBack::view).toList());
          return view;
        });
  }

  private static Sample found(java.util.Optional<Sample> sample, YearMonth month, long id) {
    return sample.orElseThrow(
        () -> new Declined(Kind.MISSING, "%s has no sample %d".formatted(month, id)));
  }

  /** Files and samples of a month, the newest first. */
  Map<String, Object> all(YearMonth month) {
    return database.inTransaction(
        connection -> {
          List<Map<String, Object>> samples = new ArrayList<>();
          for (Sample sample : AuditRows.samples(connection, month)) {
            samples.add(sample.view(AuditRows.calls(connection, sample.id())));
          }
          Map<String, Object> view = new LinkedHashMap<>();
          view.put("month", month.toString());
          view.put("exports", AuditRows.exports(connection, month));
          view.put("samples", samples);
          return view;
        });
  }

  static Outcome outcome(String word) {
    for (Outcome outcome : Outcome.values()) {
      if (outcome.name().equals(word)) {
        return outcome;
      }
    }
    throw new Declined(Kind.WRONG, "'outcome' is one of " + List.of(Outcome.values()));
  }
}
