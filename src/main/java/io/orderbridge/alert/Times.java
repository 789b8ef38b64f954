package io.orderbridge.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times in statements: with their offset, so that no zone of the machine has a say. */
final class Times {
  private Times() {}

  static OffsetDateTime of(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  /** Null when the column is. */
  static Instant at(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
