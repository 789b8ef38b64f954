package io.orderbridge.notice;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many notices reached somebody, per gate and day on which the gates opened: receipts alone are
 * counted, against all that the gates made. What a late receipt changes becomes a new version; the
 * versions before stay.
 */
@Singleton
public class Days {
  // Later receipts of a text message are not told: the longest a vendor tries is three days.
  private static final int BACK_DAYS = 35;
  // So long a day is given until its rate is judged.
  private static final Duration JUDGED_AFTER = Duration.ofHours(24);
  private static final int PERCENT = 100;
  private static final String COUNT =
      """
      select gate, (gate_at at time zone ?)::date as day, count(*),
             count(*) filter (where reached_at is not null),
             count(*) filter (where state = 'READ'),
             count(*) filter (where state = 'UNCONFIRMED'),
             count(*) filter (where state = 'FAILED'),
             count(*) filter (where state = 'SUPPRESSED'),
             count(*) filter (where state in ('NEW', 'SENDING'))
        from notice where gate_at >= ? and gate_at < ?
       group by 1, 2 order by 2, 1\
      """;
  private static final String VERSION =
      """
      insert into notice_day (gate, day, version, due, reached, read, unconfirmed, failed,
                              suppressed, open, made_at)
      select ?, ?, coalesce(l.version, 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?
        from (select 1) one
        left join lateral (select * from notice_day where gate = ? and day = ?
                            order by version desc limit 1) l on true
       where l.version is null
          or (l.due, l.reached, l.read, l.unconfirmed, l.failed, l.suppressed, l.open)
             is distinct from (?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String TOLD =
      """
      select distinct on (day, gate) gate, day, due, reached, read, unconfirmed, failed, suppressed,
             open
        from notice_day where day >= ? and day < ? order by day, gate, version desc\
      """;
  private static final String VERSIONS =
      """
      select version, due, reached, read, unconfirmed, failed, suppressed, open, made_at
        from notice_day where gate = ? and day = ? order by version\
      """;

  private final Database database;
  private final NoticeRulesInForce rules;
  private final Findings findings;

  Days(Database database, NoticeRulesInForce rules, Findings findings) {
    this.database = database;
    this.rules = rules;
    this.findings = findings;
  }

  /**
   * A day of a gate.
   *
   * @param due notices that the gate made
   * @param reached of them, by receipt, each once however many channels reached it
   */
  public record Day(
      String gate,
      LocalDate day,
      long due,
      long reached,
      long read,
      long unconfirmed,
      long failed,
      long suppressed,
      long open) {
    /** Of a hundred, with two decimals, rounded down: 97.999 is not 98. Null when none was due. */
    public BigDecimal rate() {
      return due == 0
          ? null
          : BigDecimal.valueOf(reached * PERCENT)
              .divide(BigDecimal.valueOf(due), 2, RoundingMode.DOWN);
    }

    /** Whether fewer of a hundred were reached. */
    public boolean below(int percent) {
      return reached * PERCENT < due * percent;
    }
  }

  /** A day as it was told at a time. */
  public record Version(int version, Day day, Instant madeAt) {}

  /** How the days stand now, the oldest first. */
  public List<Day> between(LocalDate from, LocalDate to) {
    ZoneId zone = rules.now().zone();
    return database.inTransaction(connection -> count(connection, zone, from, to));
  }

  /**
   * The same for people who look: what is over is as it was counted last, by {@link #restate}, and
   * costs the same however many notices a day had; what was never counted is counted now.
   */
  public List<Day> shown(LocalDate from, LocalDate to, Instant now) {
    ZoneId zone = rules.now().zone();
    LocalDate today = now.atZone(zone).toLocalDate();
    return database.inTransaction(
        connection -> {
          List<Day> told = told(connection, from, to.isBefore(today) ? to.plusDays(1) : today);
          if (told.isEmpty()) {
            return count(connection, zone, from, to);
          }
          List<Day> days = new ArrayList<>();
          LocalDate first = told.get(0).day();
          LocalDate next = told.get(told.size() - 1).day().plusDays(1);
          if (from.isBefore(first)) {
            days.addAll(count(connection, zone, from, first.minusDays(1)));
          }
          days.addAll(told);
          if (!next.isAfter(to)) {
            days.addAll(count(connection, zone, next, to));
          }
          return days;
        });
  }

  private static List<Day> told(Connection connection, LocalDate from, LocalDate end)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(TOLD)) {
      query.setDate(1, Date.valueOf(from));
      query.setDate(2, Date.valueOf(end));
      return days(query);
    }
  }

  /** All that was told of a day, the oldest first. */
  public List<Version> versions(String gate, LocalDate day) {
    return database.inTransaction(
        connection -> {
          List<Version> versions = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(VERSIONS)) {
            query.setString(1, gate);
            query.setDate(2, Date.valueOf(day));
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                Day told =
                    new Day(
                        gate,
                        day,
                        rows.getLong(2),
                        rows.getLong(3),
                        rows.getLong(4),
                        rows.getLong(5),
                        rows.getLong(6),
                        rows.getLong(7),
                        rows.getLong(8));
                versions.add(new Version(rows.getInt(1), told, rows.getTimestamp(9).toInstant()));
              }
            }
          }
          return versions;
        });
  }

  /**
   * Writes a version of each day that is over and changed, and finds those that reached too few.
   * Called twice it changes nothing.
   */
  public void restate(Instant now) {
    NoticeRules current = rules.now();
    LocalDate today = now.atZone(current.zone()).toLocalDate();
    LocalDate judged = now.minus(JUDGED_AFTER).atZone(current.zone()).toLocalDate();
    database.run(
        connection -> {
          List<Finding> low = new ArrayList<>();
          for (Day day :
              count(connection, current.zone(), today.minusDays(BACK_DAYS), today.minusDays(1))) {
            version(connection, day, now);
            if (day.day().isBefore(judged) && day.below(current.reach())) {
              low.add(low(day, current.reach()));
            }
          }
          Findings.add(connection, low);
          findings.settle(connection, "notice:days", now);
        });
  }

  private static Finding low(Day day, int target) {
    return new Finding(
        Finding.Kind.NOTICE,
        "REACH_LOW",
        day.gate() + "/" + day.day(),
        "",
        Level.BREACH,
        null,
        "",
        Map.of("due", day.due(), "reached", day.reached(), "rate", day.rate().toString()),
        Wording.of(
            "%s 的通知触达率 %s%%，低于 %d%%，请查看各通道",
            "notices of %s reached %s %%, fewer than %d %%; look at the channels",
            day.gate() + " " + day.day(),
            day.rate(),
            target));
  }

  private static void version(Connection connection, Day day, Instant now) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(VERSION)) {
      insert.setString(1, day.gate());
      insert.setDate(2, Date.valueOf(day.day()));
      int place = counts(insert, 3, day);
      insert.setTimestamp(place++, Timestamp.from(now));
      insert.setString(place++, day.gate());
      insert.setDate(place++, Date.valueOf(day.day()));
      counts(insert, place, day);
      insert.executeUpdate();
    }
  }

  private static int counts(PreparedStatement statement, int first, Day day) throws SQLException {
    int place = first;
    for (long count :
        new long[] {
          day.due(),
          day.reached(),
          day.read(),
          day.unconfirmed(),
          day.failed(),
          day.suppressed(),
          day.open()
        }) {
      statement.setLong(place++, count);
    }
    return place;
  }

  private static List<Day> count(Connection connection, ZoneId zone, LocalDate from, LocalDate to)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(COUNT)) {
      query.setString(1, zone.getId());
      query.setTimestamp(2, Timestamp.from(from.atStartOfDay(zone).toInstant()));
      query.setTimestamp(3, Timestamp.from(to.plusDays(1).atStartOfDay(zone).toInstant()));
      return days(query);
    }
  }

  private static List<Day> days(PreparedStatement query) throws SQLException {
    List<Day> days = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        days.add(
            new Day(
                rows.getString(1),
                rows.getDate(2).toLocalDate(),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6),
                rows.getLong(7),
                rows.getLong(8),
                rows.getLong(9)));
      }
    }
    return days;
  }
}
