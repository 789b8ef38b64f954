package io.orderbridge.reconciliation;

import io.orderbridge.store.Database;
import io.orderbridge.ticket.Ageing;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What breaks are asked for: which there are, how old, how much lies in them (账龄). */
@Singleton
class BreakList {
  private static final String LIST =
      "select "
          + BreakRows.COLUMNS
          + """

            from book_break b
           where (?::text is null or b.state = ?) and (?::text is null or b.reconciliation = ?)
             and (?::text is null or b.class = ?) and b.since >= ? and b.since <= ? and b.id > ?
           order by b.id limit ?\
          """;
  // What is unsettled is not late yet, and no work; it is told apart.
  private static final String AGEING =
      """
      select case when since >= ? then 0 when since >= ? then 1 when since >= ? then 2
                  when since >= ? then 3 else 4 end,
             class = 'UNSETTLED', currency, count(*), coalesce(sum(abs(gap)), 0),
             coalesce(sum(abs(quantity)), 0)
        from book_break
       where state in ('OPEN', 'PROPOSED') and (?::text is null or reconciliation = ?)
       group by 1, 2, 3 order by 1, 2, 3\
      """;
  private static final String IDS =
      "select key, id from book_break where reconciliation = ? and key = any (?)";
  private static final String OPEN =
      """
      select reconciliation, class, currency, count(*), coalesce(sum(abs(gap)), 0),
             coalesce(sum(abs(quantity)), 0)
        from book_break
       where state in ('OPEN', 'PROPOSED') and (?::text is null or reconciliation = ?)
       group by 1, 2, 3 order by 1, 4 desc, 2, 3\
      """;
  private static final String TRAIL =
      """
      select id, at, who, act, reason, details::text from book_break_act
       where break = ? order by id\
      """;

  private final Database database;
  private final Ageing ageing;

  BreakList(Database database, Ageing ageing) {
    this.database = database;
    this.ageing = ageing;
  }

  /**
   * Which breaks are wanted; null stands for any.
   *
   * @param bucket one of {@link Ageing#NAMES}
   * @param after id of the last one seen
   */
  record Filter(
      Break.State state, String reconciliation, BreakClass kind, String bucket, long after) {}

  List<Break> list(Filter filter, int most, Instant now) {
    LocalDate from = LocalDate.of(1, 1, 1);
    LocalDate to = LocalDate.of(9999, 1, 1);
    if (filter.bucket() != null) {
      int bucket = Ageing.NAMES.indexOf(filter.bucket());
      List<LocalDate> since = ageing.since(now);
      from = bucket < since.size() ? since.get(bucket) : from;
      to = bucket == 0 ? to : since.get(bucket - 1).minusDays(1);
    }
    LocalDate first = from;
    LocalDate last = to;
    return database.inTransaction(
        connection -> {
          List<Break> breaks = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(LIST)) {
            text(query, 1, filter.state() == null ? null : filter.state().name());
            text(query, 3, filter.reconciliation());
            text(query, 5, filter.kind() == null ? null : filter.kind().name());
            query.setObject(7, first);
            query.setObject(8, last);
            query.setLong(9, filter.after());
            query.setInt(10, most);
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                breaks.add(BreakRows.read(row));
              }
            }
          }
          return breaks;
        });
  }

  private static void text(PreparedStatement query, int place, String value) throws SQLException {
    query.setObject(place, value, Types.VARCHAR);
    query.setObject(place + 1, value, Types.VARCHAR);
  }

  Optional<Break> find(long id) {
    return database.inTransaction(connection -> BreakRows.find(connection, id));
  }

  /** The numbers of breaks by their key; of keys that have none nothing. */
  Map<String, Long> ids(String reconciliation, List<String> keys) {
    return database.inTransaction(
        connection -> {
          Map<String, Long> ids = new HashMap<>();
          try (PreparedStatement query = connection.prepareStatement(IDS)) {
            query.setString(1, reconciliation);
            query.setArray(2, connection.createArrayOf("text", keys.toArray()));
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                ids.put(row.getString(1), row.getLong(2));
              }
            }
          }
          return ids;
        });
  }

  /** The bucket of a break, by the business days since its oldest entry. */
  String bucket(Break one, Instant now) {
    List<LocalDate> since = ageing.since(now);
    for (int i = 0; i < since.size(); i++) {
      if (!one.since().isBefore(since.get(i))) {
        return Ageing.NAMES.get(i);
      }
    }
    return Ageing.NAMES.get(since.size());
  }

  /**
   * Open breaks of an age.
   *
   * @param unsettled whether they are those that the other book may still bring
   * @param currency null when they are pieces, or of several currencies
   * @param minor sum of the amounts without their signs, in minor units
   */
  record Aged(
      String bucket,
      boolean unsettled,
      String currency,
      long count,
      BigDecimal minor,
      long pieces) {}

  /**
   * @param reconciliation null for all
   */
  List<Aged> ageing(String reconciliation, Instant now) {
    List<LocalDate> since = ageing.since(now);
    return database.inTransaction(
        connection -> {
          List<Aged> aged = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(AGEING)) {
            for (int i = 0; i < since.size(); i++) {
              query.setObject(i + 1, since.get(i));
            }
            text(query, since.size() + 1, reconciliation);
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                aged.add(
                    new Aged(
                        Ageing.NAMES.get(row.getInt(1)),
                        row.getBoolean(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getBigDecimal(5),
                        row.getLong(6)));
              }
            }
          }
          return aged;
        });
  }

  /**
   * Open breaks of a class.
   *
   * @param currency null when they are pieces, or of several currencies
   * @param minor sum of the amounts without their signs, in minor units
   */
  record Lying(
      String reconciliation,
      BreakClass kind,
      String currency,
      long count,
      BigDecimal minor,
      long pieces) {}

  /**
   * @param reconciliation null for all
   */
  List<Lying> open(String reconciliation) {
    return database.inTransaction(
        connection -> {
          List<Lying> open = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(OPEN)) {
            text(query, 1, reconciliation);
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                open.add(
                    new Lying(
                        row.getString(1),
                        BreakClass.valueOf(row.getString(2)),
                        row.getString(3),
                        row.getLong(4),
                        row.getBigDecimal(5),
                        row.getLong(6)));
              }
            }
          }
          return open;
        });
  }

  /** What was done to a break, in order. */
  List<BreakRows.Act> trail(long id) {
    return database.inTransaction(
        connection -> {
          List<BreakRows.Act> acts = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(TRAIL)) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                Timestamp at = row.getTimestamp(2);
                acts.add(
                    new BreakRows.Act(
                        row.getLong(1),
                        at.toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)));
              }
            }
          }
          return acts;
        });
  }
}
