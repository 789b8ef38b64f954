package io.orderbridge.alert;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.Money;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes the log of alerts, and with each alert who is to be told. Joins the transaction. */
final class AlertLog {
  // One statement for any number of alerts; what was raised before is passed over.
  private static final String RAISE =
      """
      with given as (
        select * from unnest(?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[],
                             ?::text[], ?::text[], ?::bigint[], ?::numeric[], ?::text[], ?::text[],
                             ?::text[], ?::bigint[])
               with ordinality as g (key, cause, level, clears, subject, owner, zh, en, count,
                                     amount, currency, link, channels, after, place)),
      raised as (
        insert into alert (key, cause, level, clears, subject, owner, zh, en, count, amount,
                           currency, link, raised_at)
        select key, cause, level, clears, subject, owner, zh, en, count, amount, currency, link, ?
          from given order by place
        on conflict (key) do nothing
        returning id, key),
      unsorted as (
        insert into alert_unsorted (alert_id, channels, after)
        select r.id, string_to_array(g.channels, ' '), g.after
          from raised r join given g using (key) where g.channels <> ''
        on conflict do nothing)
      select count(*) from raised\
      """;

  private static final String CLEAR =
      """
      insert into alert_cleared (alert_id, cleared_at)
      select id, ? from alert where key = any (?) on conflict do nothing\
      """;

  private AlertLog() {}

  /**
   * An alert with what the policy made of it.
   *
   * @param clears whether it says that something is well again
   * @param channels who is to be told; nobody: it stays in the log
   * @param after when it is escalated; null: by the channel
   */
  record Entry(Alert alert, boolean clears, List<String> channels, Duration after) {}

  /** How many of them had not been raised before. */
  static int raise(Connection connection, List<Entry> entries, Instant now) throws SQLException {
    try (PreparedStatement raise = connection.prepareStatement(RAISE)) {
      raise.setArray(1, array(connection, "text", entries, e -> e.alert().key()));
      raise.setArray(2, array(connection, "text", entries, e -> e.alert().cause()));
      raise.setArray(3, array(connection, "text", entries, e -> e.alert().level().name()));
      raise.setArray(4, array(connection, "boolean", entries, Entry::clears));
      raise.setArray(5, array(connection, "text", entries, e -> e.alert().subject()));
      raise.setArray(6, array(connection, "text", entries, e -> e.alert().owner()));
      raise.setArray(7, array(connection, "text", entries, e -> e.alert().text().zh()));
      raise.setArray(8, array(connection, "text", entries, e -> e.alert().text().en()));
      raise.setArray(9, array(connection, "bigint", entries, e -> e.alert().count()));
      raise.setArray(10, array(connection, "numeric", entries, e -> decimal(e.alert().amount())));
      raise.setArray(11, array(connection, "text", entries, e -> code(e.alert().amount())));
      raise.setArray(12, array(connection, "text", entries, e -> e.alert().link()));
      raise.setArray(13, array(connection, "text", entries, e -> String.join(" ", e.channels())));
      raise.setArray(14, array(connection, "bigint", entries, e -> seconds(e.after())));
      raise.setObject(15, Times.of(now));
      try (ResultSet row = raise.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** Notes that what these alerts were about is well again. */
  static void clear(Connection connection, List<String> keys, Instant now) throws SQLException {
    try (PreparedStatement clear = connection.prepareStatement(CLEAR)) {
      clear.setObject(1, Times.of(now));
      clear.setArray(2, array(connection, "text", keys, key -> key));
      clear.executeUpdate();
    }
  }

  private static BigDecimal decimal(Money amount) {
    return amount == null ? null : new BigDecimal(amount.toDecimal());
  }

  private static String code(Money amount) {
    return amount == null ? null : amount.currency().getCurrencyCode();
  }

  private static Long seconds(Duration after) {
    return after == null ? null : after.toSeconds();
  }
}
