package io.orderbridge.release;

import io.orderbridge.store.Audit;
import io.orderbridge.store.Audit.Act;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Versions of files and what the reload said of them. Rows are added, never changed. */
@Singleton
class FileVersions {
  private static final int HISTORY_MAX = 200;

  private static final String INSERT =
      """
      insert into file_version (path, hash, text, edited_from, changed_by, changed_at, reason)
      values (?, ?, ?, ?, ?, ?, ?) returning id\
      """;
  private static final String SETTLE =
      "insert into file_verdict (version, verdict, at, what) values (?, ?, ?, ?)";
  private static final String COLUMNS =
      """
      select v.id, v.path, v.hash, v.text, v.edited_from, v.changed_by, v.changed_at, v.reason,
             d.verdict, d.what
        from file_version v left join file_verdict d on d.version = v.id
      """;
  private static final String HISTORY = COLUMNS + " where v.path = ? order by v.id desc limit ?";
  private static final String ONE = COLUMNS + " where v.path = ? and v.id = ?";
  private static final String LAST =
      COLUMNS
          + " where v.id in (select max(l.id) from file_version l"
          + " left join file_verdict r on r.version = l.id"
          + " where coalesce(r.verdict, '') <> 'REFUSED' group by l.path)";

  private final Database database;

  FileVersions(Database database) {
    this.database = database;
  }

  /**
   * A text that was written or found.
   *
   * @param by empty when it was found in the folder
   * @param verdict null while the reload has not said
   * @param what place and text of a refusal
   */
  record Version(
      long id,
      String path,
      String hash,
      String text,
      String from,
      String by,
      Instant at,
      String reason,
      String verdict,
      String what) {}

  /** What is about to be written. */
  record Draft(FilePath path, String text, String hash, String from, String by, String reason) {}

  /**
   * Keeps the text before it is written, with its act; the text that stands in the folder as well
   * when no version has it.
   *
   * @param action of the audit
   * @param found text of the folder; empty for a new file
   * @return its number
   */
  long begin(Draft draft, String action, Optional<String> found, Instant now) {
    return database.inTransaction(
        connection -> {
          if (found.isPresent() && !isKept(connection, draft.path(), draft.from())) {
            insert(
                connection,
                new Draft(draft.path(), found.get(), draft.from(), "", "", "as in the folder"),
                now);
          }
          long id = insert(connection, draft, now);
          write(connection, draft, action, "version %d, from %s".formatted(id, draft.from()));
          return id;
        });
  }

  /** What the reload said; a refusal is an act of its own, because the text was put back. */
  void settle(Draft draft, long id, String verdict, String what, Instant now) {
    database.run(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(SETTLE)) {
            insert.setLong(1, id);
            insert.setString(2, verdict);
            insert.setTimestamp(3, Timestamp.from(now));
            insert.setString(4, what);
            insert.executeUpdate();
          }
          if (verdict.equals("REFUSED")) {
            write(connection, draft, "file.put-back", "version %d: %s".formatted(id, what));
          }
        });
  }

  /** Notes that somebody looked at personal data in a trial. */
  void lookedAt(FilePath path, String by) {
    database.run(
        connection ->
            Audit.write(
                connection,
                new Act(by, "file.personal-shown", path.toString(), "", "a shadow run in clear")));
  }

  /** The newest first, at most 200. */
  List<Version> history(FilePath path) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(HISTORY)) {
            query.setString(1, path.toString());
            query.setInt(2, HISTORY_MAX);
            return read(query);
          }
        });
  }

  Optional<Version> find(FilePath path, long id) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(ONE)) {
            query.setString(1, path.toString());
            query.setLong(2, id);
            return read(query).stream().findFirst();
          }
        });
  }

  /** The last version of each path that was not refused. */
  Map<String, Version> last() {
    return database.inTransaction(
        connection -> {
          Map<String, Version> last = new HashMap<>();
          try (PreparedStatement query = connection.prepareStatement(LAST)) {
            read(query).forEach(version -> last.put(version.path(), version));
          }
          return last;
        });
  }

  private static void write(Connection connection, Draft draft, String action, String detail)
      throws SQLException {
    Audit.write(
        connection, new Act(draft.by(), action, draft.path().toString(), draft.reason(), detail));
  }

  private static boolean isKept(Connection connection, FilePath path, String hash)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select 1 from file_version where path = ? and hash = ?")) {
      query.setString(1, path.toString());
      query.setString(2, hash);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static long insert(Connection connection, Draft draft, Instant now) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, draft.path().toString());
      insert.setString(2, draft.hash());
      insert.setString(3, draft.text());
      insert.setString(4, draft.from());
      insert.setString(5, draft.by());
      insert.setTimestamp(6, Timestamp.from(now));
      insert.setString(7, draft.reason());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static List<Version> read(PreparedStatement query) throws SQLException {
    List<Version> versions = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        versions.add(
            new Version(
                rows.getLong(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getTimestamp(7).toInstant(),
                rows.getString(8),
                rows.getString(9),
                rows.getString(10)));
      }
    }
    return versions;
  }
}
