package io.orderbridge.books;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The statements on rates. */
final class RateSql {
  // The same word again is no row; another one is the next version.
  private static final String ADD =
      """
      insert into books_rate (source, day, base, quote, units, price, version, taken_at)
      select r.*, coalesce(last.version, 0) + 1, ?
        from (values (?, ?::date, ?, ?, ?::bigint, ?::numeric))
             as r (source, day, base, quote, units, price)
        left join lateral (
             select version, units, price from books_rate b
              where b.source = r.source and b.day = r.day and b.base = r.base and b.quote = r.quote
              order by version desc limit 1) last on true
       where (last.units, last.price) is distinct from (r.units, r.price)\
      """;
  private static final String LIST =
      """
      select distinct on (source, day, base, quote) source, day, base, quote, units, price
        from books_rate where source = any (?) and day between ? and ?
       order by source, day, base, quote, version desc\
      """;
  private static final int LOCK = 28542;

  private RateSql() {}

  /**
   * @return how many say something new
   */
  static int add(Connection connection, List<Rate> rates, Instant now) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_advisory_xact_lock(?, 0)")) {
      lock.setInt(1, LOCK);
      lock.execute();
    }
    int added = 0;
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      for (Rate rate : rates) {
        insert.setObject(1, now.atOffset(ZoneOffset.UTC));
        insert.setString(2, rate.source());
        insert.setObject(3, rate.day());
        insert.setString(4, rate.base());
        insert.setString(5, rate.quote());
        insert.setLong(6, rate.units());
        insert.setBigDecimal(7, rate.price());
        added += insert.executeUpdate();
      }
    }
    return added;
  }

  /** The newest word of these sources on each day, both ends included. */
  static List<Rate> list(
      Connection connection, Collection<String> sources, LocalDate from, LocalDate to)
      throws SQLException {
    List<Rate> rates = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(LIST)) {
      query.setArray(1, connection.createArrayOf("text", sources.toArray()));
      query.setObject(2, from);
      query.setObject(3, to);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          rates.add(
              new Rate(
                  row.getString(1),
                  row.getObject(2, LocalDate.class),
                  row.getString(3),
                  row.getString(4),
                  row.getLong(5),
                  row.getBigDecimal(6)));
        }
      }
    }
    return rates;
  }
}
