package io.orderbridge.notice;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.function.Consumer;

/** The notices of a month, for its export and for call-backs. */
public interface NoticeRows {
  /**
   * Gives every notice whose gate opened in the month of the zone, by id. Streams: some hundred
   * rows are in memory, however many there are. Joins the caller's transaction.
   */
  void each(Connection connection, YearMonth month, ZoneId zone, Consumer<NoticeRow> row)
      throws SQLException;
}
