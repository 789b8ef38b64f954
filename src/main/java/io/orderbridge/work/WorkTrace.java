package io.orderbridge.work;

import static io.orderbridge.store.Columns.array;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What became of work that is about one order: attempts, what waits, dead letters. Every question
 * is answered by index, however much waits; answers join the caller's transaction.
 */
@Singleton
public class WorkTrace {
  private static final int ROWS_MAX = 1_000;

  /** An attempt; cause, status and why are null when there is none. */
  public record Tried(
      String queue,
      long ref,
      long workId,
      Instant at,
      int number,
      String outcome,
      String cause,
      Integer status,
      String why) {}

  /**
   * Work that waits.
   *
   * @param tries failed attempts so far
   * @param since when it was put
   * @param dueAt when its lane is looked at next; null when that cannot be told
   * @param working whether a process works on its lane now
   */
  public record Waits(
      String queue,
      String lane,
      long workId,
      long ref,
      int tries,
      Instant since,
      Instant dueAt,
      boolean working) {}

  /** A dead letter, and the message or event it is about. */
  public record Buried(long ref, long workId, DeadLetter letter) {}

  /** Where the row of a message or an event lies. */
  public record Place(long ref, Instant refAt) {}

  /** The attempts at work that refers to these rows, the oldest first, at most 1,000. */
  public List<Tried> attempts(
      Connection connection, String queues, Collection<Long> refs, Instant from)
      throws SQLException {
    List<Tried> tried = new ArrayList<>();
    if (refs.isEmpty()) {
      return tried;
    }
    try (PreparedStatement query = connection.prepareStatement(WorkTraceSql.ATTEMPTS)) {
      query.setArray(1, array(connection, "bigint", refs, ref -> ref));
      query.setTimestamp(2, Timestamp.from(from));
      query.setString(3, queues + ":%");
      query.setInt(4, ROWS_MAX);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          tried.add(
              new Tried(
                  rows.getString(1),
                  rows.getLong(2),
                  rows.getLong(3),
                  rows.getTimestamp(4).toInstant(),
                  rows.getInt(5),
                  rows.getString(6),
                  rows.getString(7),
                  rows.getObject(8, Integer.class),
                  rows.getString(9)));
        }
      }
    }
    return tried;
  }

  /**
   * What waits of a subject.
   *
   * @param queues where to look
   * @param lanes in which its work may lie
   */
  public List<Waits> waiting(
      Connection connection, Collection<String> queues, Collection<String> lanes, String subject)
      throws SQLException {
    List<Waits> waits = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(WorkTraceSql.WAITING)) {
      query.setArray(1, array(connection, "text", queues, queue -> queue));
      query.setArray(2, array(connection, "text", lanes, lane -> lane));
      query.setString(3, subject);
      query.setInt(4, ROWS_MAX);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Timestamp due = rows.getTimestamp(7);
          waits.add(
              new Waits(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getLong(3),
                  rows.getLong(4),
                  rows.getInt(5),
                  rows.getTimestamp(6).toInstant(),
                  due == null ? null : due.toInstant(),
                  rows.getBoolean(8)));
        }
      }
    }
    return waits;
  }

  /** The names of the queues in which something waits. */
  public List<String> queues(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(WorkTraceSql.QUEUES);
        ResultSet rows = query.executeQuery()) {
      List<String> queues = new ArrayList<>();
      while (rows.next()) {
        queues.add(rows.getString(1));
      }
      return queues;
    }
  }

  /** Some of what waits in a queue, to look into what it refers to. */
  public List<Place> places(Connection connection, String queue, int max) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(WorkTraceSql.PLACES)) {
      query.setString(1, queue);
      query.setInt(2, max);
      try (ResultSet rows = query.executeQuery()) {
        List<Place> places = new ArrayList<>();
        while (rows.next()) {
          places.add(new Place(rows.getLong(1), rows.getTimestamp(2).toInstant()));
        }
        return places;
      }
    }
  }

  /** Open letters of a subject in these queues. */
  public List<Buried> open(Connection connection, Collection<String> queues, String subject)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(WorkTraceSql.OPEN)) {
      query.setArray(1, array(connection, "text", queues, queue -> queue));
      query.setString(2, subject);
      query.setInt(3, ROWS_MAX);
      return letters(query);
    }
  }

  /** Letters in whatever state about these rows, the oldest first. */
  public List<Buried> about(Connection connection, String queues, Collection<Long> refs)
      throws SQLException {
    if (refs.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement query = connection.prepareStatement(WorkTraceSql.ABOUT)) {
      query.setArray(1, array(connection, "bigint", refs, ref -> ref));
      query.setString(2, queues + ":%");
      query.setInt(3, ROWS_MAX);
      return letters(query);
    }
  }

  /**
   * Open letters of messages whose body names this number. Numbers of fewer than four letters and
   * digits are not looked for: they stand in every body.
   */
  public List<Buried> naming(Connection connection, String number) throws SQLException {
    List<String> words = Words.naming(number);
    if (words.isEmpty()) {
      return List.of();
    }
    try (PreparedStatement query = connection.prepareStatement(WorkTraceSql.NAMING)) {
      query.setArray(1, array(connection, "text", words, word -> word));
      query.setBytes(2, number.getBytes(StandardCharsets.UTF_8));
      query.setInt(3, ROWS_MAX);
      return letters(query);
    }
  }

  private static List<Buried> letters(PreparedStatement query) throws SQLException {
    List<Buried> letters = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        letters.add(
            new Buried(rows.getLong("ref"), rows.getLong("work_id"), DeadLetterRows.letter(rows)));
      }
    }
    return letters;
  }
}
