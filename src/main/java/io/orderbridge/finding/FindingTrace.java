package io.orderbridge.finding;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The findings about one subject, open and cleared. Answers join the caller's transaction. */
@Singleton
public class FindingTrace {
  private static final int MAX = 200;

  /** At most the newest 200, the newest first. */
  public List<Findings.Stored> of(Connection connection, String subject) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FindingSql.OF_SUBJECT)) {
      query.setString(1, subject);
      query.setInt(2, MAX);
      List<Findings.Stored> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(FindingRows.stored(rows));
        }
      }
      return found;
    }
  }
}
