package io.orderbridge.notice;

import io.orderbridge.order.Receivers;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** The notices of a month, each with the message that went furthest. */
@Singleton
class SentRows implements NoticeRows {
  private static final int FETCH = 500;
  private static final String MONTH =
      """
      select n.id, n.gate, n.shop, n.number, n.item, n.gate_at, n.state, s.channel, s.vendor,
             s.planned_at, s.accepted_at, s.delivered_at, s.read_at, coalesce(n.cause, s.cause),
             s.template, coalesce(s.version, 0), coalesce(s.tries, 0), n.order_id
        from notice n
        left join lateral (
          select * from notice_send where notice_id = n.id
           order by case state when 'READ' then 1 when 'DELIVERED' then 2 when 'ACCEPTED' then 3
                               when 'UNCONFIRMED' then 4 when 'FAILED' then 5 else 6 end, id
           limit 1) s on true
       where n.gate_at >= ? and n.gate_at < ?
       order by n.id\
      """;

  private final Receivers receivers;

  SentRows(Receivers receivers) {
    this.receivers = receivers;
  }

  private record Read(NoticeRow row, long order) {}

  @Override
  public void each(Connection connection, YearMonth month, ZoneId zone, Consumer<NoticeRow> row)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(MONTH)) {
      query.setFetchSize(FETCH);
      query.setTimestamp(1, Timestamp.from(month.atDay(1).atStartOfDay(zone).toInstant()));
      query.setTimestamp(
          2, Timestamp.from(month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant()));
      List<Read> batch = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          batch.add(new Read(read(rows), rows.getLong(18)));
          if (batch.size() == FETCH) {
            give(connection, batch, row);
          }
        }
      }
      give(connection, batch, row);
    }
  }

  private void give(Connection connection, List<Read> batch, Consumer<NoticeRow> row)
      throws SQLException {
    Map<Long, String> phones =
        receivers.phones(connection, batch.stream().map(Read::order).distinct().toList());
    batch.forEach(one -> row.accept(with(one.row(), masked(phones.get(one.order())))));
    batch.clear();
  }

  /** {@code 138****8000}; nothing of a short number is shown. */
  static String masked(String phone) {
    if (phone == null || phone.isBlank()) {
      return "";
    }
    String plain = phone.strip();
    return plain.length() < 8
        ? "****"
        : plain.substring(0, 3) + "****" + plain.substring(plain.length() - 4);
  }

  private static NoticeRow read(ResultSet row) throws SQLException {
    return new NoticeRow(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        at(row, 6),
        row.getString(7),
        text(row, 8),
        text(row, 9),
        at(row, 10),
        at(row, 11),
        at(row, 12),
        at(row, 13),
        text(row, 14),
        text(row, 15),
        row.getInt(16),
        row.getInt(17),
        "");
  }

  private static NoticeRow with(NoticeRow row, String phone) {
    return new NoticeRow(
        row.id(),
        row.gate(),
        row.shop(),
        row.number(),
        row.parcel(),
        row.gateAt(),
        row.state(),
        row.channel(),
        row.vendor(),
        row.sentAt(),
        row.acceptedAt(),
        row.deliveredAt(),
        row.readAt(),
        row.cause(),
        row.template(),
        row.version(),
        row.tries(),
        phone);
  }

  private static String text(ResultSet row, int place) throws SQLException {
    return Objects.toString(row.getString(place), "");
  }

  private static Instant at(ResultSet row, int place) throws SQLException {
    Timestamp at = row.getTimestamp(place);
    return at == null ? null : at.toInstant();
  }
}
