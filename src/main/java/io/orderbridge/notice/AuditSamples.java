package io.orderbridge.notice;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
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
import java.util.Set;
import java.util.regex.Pattern;

/** Random samples of a month's notices, and what the customers said who were called. */
@Singleton
public class AuditSamples {
  private static final Set<Role> ROLES = Set.of(Role.OPS, Role.CS, Role.MANAGER);
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
  public record Wish(int size, String seed) {}

  /**
   * Draws a sample of the notices that were sent; the same seed and size is the same sample and
   * changes nothing. Audited.
   *
   * @throws Declined when the month is not over: later notices would make it another sample
   */
  public long draw(Person person, YearMonth month, AuditRules rules, Wish wish, Instant now) {
    person.in(ROLES);
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
      throw new Declined(Kind.WRONG, Wording.of("样本量须为 1 到 %d", "'size' is 1 to %d", SIZE_MAX));
    }
    if (wish.seed() != null && !SEED.matcher(wish.seed()).matches()) {
      throw new Declined(
          Kind.WRONG,
          new Wording("种子须为 1 到 64 个字母、数字或连字符", "'seed' has 1 to 64 letters, digits and hyphens"));
    }
    Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
    if (now.isBefore(end)) {
      throw new Declined(
          Kind.CONFLICT, Wording.of("%s 到 %s 才结束，之后才能抽样", "%s is not over before %s", month, end));
    }
  }

  private static String random() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    return HexFormat.of().formatHex(seed);
  }

  /**
   * What a customer said who was called.
   *
   * @param outcome REACHED, NOT_REACHED or NO_ANSWER
   * @param note null for none
   */
  public record Answer(long notice, String outcome, String note) {}

  /** The words of {@link Answer#outcome}. */
  public static List<String> outcomes() {
    return java.util.Arrays.stream(Outcome.values()).map(Outcome::name).toList();
  }

  /**
   * Notes what a customer said; said again it replaces what was noted, and the audit keeps both.
   *
   * @throws Declined when the notice is none of the sample, or the person has not the role
   */
  public void call(Person person, YearMonth month, long sample, Answer answer, Instant now) {
    String note = answer.note() == null ? "" : answer.note();
    Outcome outcome = outcome(answer.outcome());
    call(
        person.in(ROLES),
        month,
        sample,
        new Called(answer.notice(), outcome, note, person.name(), now));
  }

  void call(Person person, YearMonth month, long sample, Called call) {
    if (call.note().length() > NOTE_MAX) {
      throw new Declined(
          Kind.WRONG, Wording.of("备注最多 %d 个字符", "'note' has at most %d characters", NOTE_MAX));
    }
    database.run(
        connection -> {
          found(AuditRows.sample(connection, month, sample), month, sample);
          if (!AuditRows.called(connection, sample, call)) {
            throw new Declined(
                Kind.MISSING,
                Wording.of(
                    "通知 %d 不在样本 %d 中", "notice %d is none of sample %d", call.notice(), sample));
          }
          String detail = "sample=%d outcome=%s".formatted(sample, call.outcome());
          String subject = "notice " + call.notice();
          Audit.write(
              connection,
              new Audit.Act(person.name(), "notices.called-back", subject, call.note(), detail));
        });
  }

  /**
   * A sample with its calls, {@code calls} in the order in which they are made.
   *
   * @throws Declined when the month has no such sample
   */
  public Map<String, Object> one(YearMonth month, long sample) {
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
        () ->
            new Declined(Kind.MISSING, Wording.of("%s 没有样本 %d", "%s has no sample %d", month, id)));
  }

  /** Files and samples of a month, the newest first. */
  public Map<String, Object> all(YearMonth month) {
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
    throw new Declined(
        Kind.WRONG,
        Wording.of("回访结果只能是 %s 之一", "'outcome' is one of %s", List.of(Outcome.values())));
  }
}
