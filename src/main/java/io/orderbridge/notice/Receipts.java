package io.orderbridge.notice;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What vendors tell of messages. A receipt counts whenever it comes, in whatever order and however
 * often: before the answer to the message itself, or days later.
 */
@Singleton
public class Receipts {
  private static final Duration KNOWN_WITHIN = Duration.ofDays(3);
  // So long a vendor's answer takes at most to be written down.
  private static final Duration EARLY = Duration.ofMinutes(2);
  private static final int BATCH = 500;
  private static final String KEEP =
      """
      insert into notice_receipt (received_at, vendor, ref, send_id, state, at, code, reason, cause)
      select ?, ?, r.ref, s.id, r.state, r.at, r.code, r.reason, r.cause
        from unnest(?::text[], ?::bigint[], ?::text[], ?::timestamptz[], ?::text[], ?::text[],
                    ?::text[])
          as r (ref, id, state, at, code, reason, cause)
        left join notice_send s
          on s.id = coalesce(r.id, (select max(id) from notice_send
                                     where vendor = ? and ref = r.ref))
         and s.vendor = ?
      returning send_id, state, at, code, reason, cause\
      """;
  private static final String RECOGNISE =
      """
      update notice_receipt r set send_id = early.send
        from (select vendor, ref, received_at,
                     (select max(id) from notice_send where vendor = u.vendor and ref = u.ref)
                       as send
                from notice_receipt u where send_id is null and received_at > ?) early
       where r.send_id is null and early.send is not null and r.received_at = early.received_at
         and r.vendor = early.vendor and r.ref = early.ref
      returning r.send_id, r.state, r.at, r.code, r.reason, r.cause\
      """;
  private static final String RECOGNISE_OF =
      """
      update notice_receipt r set send_id = s.id
        from notice_send s
       where s.id = any (?) and r.send_id is null and r.received_at > ?
         and r.vendor = s.vendor and r.ref = s.ref
      returning r.send_id, r.state, r.at, r.code, r.reason, r.cause\
      """;

  private static final int ASKED_AT_ONCE = 100;
  private static final String MISSING =
      """
      update notice_send s set pull_at = case when s.accepted_at > ? then ?::timestamptz end
        from (select id from notice_send
               where pull_at <= ? and vendor = ?
               order by pull_at limit ? for update skip locked) due
       where s.id = due.id
      returning s.ref\
      """;

  private final Database database;
  private final NoticeMeter meter;

  Receipts(Database database, NoticeMeter meter) {
    this.database = database;
    this.meter = meter;
  }

  /** What a receipt says of a message. */
  public enum State {
    /** The vendor took it; proves nothing. */
    ACCEPTED,
    FAILED,
    DELIVERED,
    READ
  }

  /**
   * A receipt.
   *
   * @param ref the vendor's own number of the message
   * @param id ours, when the vendor echoes it; null otherwise
   * @param at when it happened, by the vendor's word
   * @param cause of a failure; null when the vendor's code says nothing
   */
  public record Receipt(
      String ref, Long id, State state, Instant at, String code, String reason, String cause) {}

  /** Keeps receipts and brings their messages up to them. */
  public void take(String vendor, List<Receipt> receipts, Instant now) {
    for (int from = 0; from < receipts.size(); from += BATCH) {
      List<Receipt> batch = receipts.subList(from, Math.min(from + BATCH, receipts.size()));
      database.run(connection -> take(connection, vendor, batch, now));
      batch.forEach(one -> meter.received(vendor, one.state().name(), 1));
    }
  }

  static void take(Connection connection, String vendor, List<Receipt> receipts, Instant now)
      throws SQLException {
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      keep.setTimestamp(1, Timestamp.from(now));
      keep.setString(2, vendor);
      keep.setArray(3, array(connection, "text", receipts, Receipts::ref));
      keep.setArray(4, array(connection, "bigint", receipts, Receipt::id));
      keep.setArray(5, array(connection, "text", receipts, one -> one.state().name()));
      keep.setArray(
          6, array(connection, "timestamptz", receipts, one -> earlier(one.at(), now).toString()));
      keep.setArray(7, array(connection, "text", receipts, Receipt::code));
      keep.setArray(8, array(connection, "text", receipts, Receipt::reason));
      keep.setArray(9, array(connection, "text", receipts, Receipt::cause));
      keep.setString(10, vendor);
      keep.setString(11, vendor);
      apply(connection, told(keep));
    }
  }

  private static String ref(Receipt receipt) {
    return receipt.ref() == null || receipt.ref().isEmpty() ? "N" + receipt.id() : receipt.ref();
  }

  // No receipt is from tomorrow.
  private static Instant earlier(Instant at, Instant now) {
    return at.isBefore(now) ? at : now;
  }

  /** Brings messages up to receipts that came before anybody knew their number. */
  void recognise(Instant now) {
    database.run(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(RECOGNISE)) {
            update.setTimestamp(1, Timestamp.from(now.minus(EARLY)));
            apply(connection, told(update));
          }
        });
  }

  /** The same for messages whose vendor was slow to name them. Joins the caller's transaction. */
  void recognise(Connection connection, List<Long> messages, Instant now) throws SQLException {
    if (messages.isEmpty()) {
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(RECOGNISE_OF)) {
      update.setArray(1, array(connection, "bigint", messages, id -> id));
      update.setTimestamp(2, Timestamp.from(now.minus(KNOWN_WITHIN)));
      apply(connection, told(update));
    }
  }

  /**
   * Messages of a vendor of which no receipt is known, by the vendor's number, at most a hundred,
   * each asked for once in the time that the vendor is asked after.
   */
  List<String> missing(Vendor vendor, Instant now) {
    return database.inTransaction(
        connection -> {
          List<String> refs = new ArrayList<>();
          try (PreparedStatement take = connection.prepareStatement(MISSING)) {
            take.setTimestamp(1, Timestamp.from(now.minus(KNOWN_WITHIN)));
            take.setTimestamp(2, Timestamp.from(now.plus(vendor.pull())));
            take.setTimestamp(3, Timestamp.from(now));
            take.setString(4, vendor.connection());
            take.setInt(5, ASKED_AT_ONCE);
            try (ResultSet rows = take.executeQuery()) {
              while (rows.next()) {
                refs.add(rows.getString(1));
              }
            }
          }
          return refs;
        });
  }

  private record Told(
      long send, State state, Instant at, String code, String reason, String cause) {}

  private static List<Told> told(PreparedStatement statement) throws SQLException {
    List<Told> told = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        long send = rows.getLong(1);
        if (!rows.wasNull()) {
          told.add(
              new Told(
                  send,
                  State.valueOf(rows.getString(2)),
                  rows.getTimestamp(3).toInstant(),
                  rows.getString(4),
                  rows.getString(5),
                  rows.getString(6)));
        }
      }
    }
    return told;
  }

  // Of one message the highest state counts, at its earliest time.
  private static void apply(Connection connection, List<Told> told) throws SQLException {
    Map<Long, Told> best = new HashMap<>();
    told.stream()
        .filter(one -> one.state() != State.ACCEPTED)
        .sorted(Comparator.comparing(Told::at))
        .forEach(
            one ->
                best.merge(one.send(), one, (a, b) -> b.state().compareTo(a.state()) > 0 ? b : a));
    if (best.isEmpty()) {
      return;
    }
    List<Told> rows = best.values().stream().sorted(Comparator.comparingLong(Told::send)).toList();
    List<Long> notices = new ArrayList<>();
    Notices.lockOf(connection, rows.stream().map(Told::send).toList());
    try (PreparedStatement update = connection.prepareStatement(NoticeSql.RECEIVED)) {
      update.setArray(1, array(connection, "bigint", rows, Told::send));
      update.setArray(2, array(connection, "text", rows, one -> one.state().name()));
      update.setArray(3, array(connection, "timestamptz", rows, one -> one.at().toString()));
      update.setArray(4, array(connection, "text", rows, Receipts::cause));
      update.setArray(5, array(connection, "text", rows, Receipts::why));
      try (ResultSet changed = update.executeQuery()) {
        while (changed.next()) {
          notices.add(changed.getLong(1));
        }
      }
    }
    Notices.follow(connection, notices);
  }

  private static String cause(Told told) {
    return told.cause() == null ? "NOT_DELIVERED" : told.cause();
  }

  private static String why(Told told) {
    return (told.code() + " " + told.reason()).strip();
  }
}
