package io.orderbridge.books;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rows of books that no file brings: kept as they come, each once, and cut into a snapshot when
 * their day is complete. What changes after that cuts the day once more. Thread-safe.
 */
@Singleton
public class Staging {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ID_MAX = 200;

  private final Database database;
  private final Books books;

  public Staging(Database database, Books books) {
    this.database = database;
    this.books = books;
  }

  /**
   * Keeps rows in a transaction of its own. A row that is there already changes nothing, one that
   * says something else takes its place.
   *
   * @param told day of all of them; null when the rows say it
   * @param message a later one is the newer word
   * @param rows maps by column; a missing cell is empty
   * @throws Refusal FILE_REFUSED when one of them has no name or no day; nothing is kept
   */
  void keep(Book book, LocalDate told, long message, List<?> rows) {
    Map<LocalDate, TreeMap<String, String>> byDay = new TreeMap<>();
    TimeText time =
        told != null ? null : new TimeText(book.layout().times().get(book.from().day()));
    for (int i = 0; i < rows.size(); i++) {
      Map<String, String> row = row(rows.get(i), i);
      String id = row.getOrDefault(book.from().id(), "");
      if (id.isEmpty() || id.length() > ID_MAX) {
        throw refused(
            i,
            "column '%s' names the row and has %d characters, expected 1 to %d"
                .formatted(book.from().id(), id.length(), ID_MAX));
      }
      LocalDate day = told != null ? told : day(book, time, row, i);
      byDay.computeIfAbsent(day, one -> new TreeMap<>()).put(id, text(row));
    }
    database.run(connection -> keep(connection, book.name(), message, byDay));
  }

  private static void keep(
      Connection connection,
      String book,
      long message,
      Map<LocalDate, TreeMap<String, String>> byDay)
      throws SQLException {
    for (Map.Entry<LocalDate, TreeMap<String, String>> day : byDay.entrySet()) {
      StagingSql.Of of = new StagingSql.Of(book, day.getKey());
      List<String> ids = List.copyOf(day.getValue().keySet());
      List<String> bodies = List.copyOf(day.getValue().values());
      if (StagingSql.keep(connection, of, message, ids, bodies) > 0) {
        StagingSql.touch(connection, of);
      }
    }
  }

  private static Map<String, String> row(Object given, int place) {
    if (!(given instanceof Map<?, ?> cells)) {
      throw refused(place, "is no row; expected an object by column");
    }
    Map<String, String> row = new TreeMap<>();
    for (Map.Entry<?, ?> cell : cells.entrySet()) {
      Object value = cell.getValue();
      if (value instanceof Map || value instanceof List) {
        throw refused(place, "column '%s' is no text and no number".formatted(cell.getKey()));
      }
      if (value != null) {
        row.put(
            String.valueOf(cell.getKey()),
            value instanceof Number
                ? new BigDecimal(value.toString()).toPlainString()
                : value.toString().replace(EntryReader.SPLIT, ' ').replace('\0', ' '));
      }
    }
    return row;
  }

  private static LocalDate day(Book book, TimeText time, Map<String, String> row, int place) {
    Layout.Time column = book.layout().times().get(book.from().day());
    try {
      Instant at = Entry.instant(time.micros(row.getOrDefault(column.column(), "")));
      return LocalDate.ofInstant(at, book.from().zone());
    } catch (DateTimeException e) {
      throw refused(
          place,
          "column '%s' says the day of the row, and is no time like %s"
              .formatted(column.column(), column.pattern()));
    }
  }

  private static String text(Map<String, String> row) {
    try {
      return JSON.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts can be written", e);
    }
  }

  private static Refusal refused(int place, String why) {
    return new Refusal(Cause.FILE_REFUSED, "/" + place, why);
  }

  /** Days of the book that changed since they were last cut. */
  List<LocalDate> open(String book) {
    return database.inTransaction(connection -> StagingSql.open(connection, book));
  }

  /**
   * Cuts a day into a snapshot. Two processes at once give one.
   *
   * @return the snapshot of the day as it is now; empty when no row of it came
   */
  Optional<Snapshot> cut(Book book, LocalDate day, Instant now) {
    return database.inTransaction(
        connection -> {
          StagingSql.Of of = new StagingSql.Of(book.name(), day);
          OptionalLong touched = StagingSql.lock(connection, of);
          if (touched.isEmpty()) {
            return Optional.empty();
          }
          StagingSql.cut(connection, of, touched.getAsLong());
          return Optional.of(snapshot(connection, book, of, now));
        });
  }

  // First to a file: while rows are copied in, nothing can be asked on the same connection.
  private Snapshot snapshot(Connection connection, Book book, StagingSql.Of of, Instant now)
      throws SQLException {
    // What no row of the day says is empty in all of them.
    TreeSet<String> named = new TreeSet<>(StagingSql.columns(connection, of));
    book.layout().columns().forEach(named::add);
    List<String> columns = List.copyOf(named);
    try (SpooledRows rows = new SpooledRows()) {
      StagingSql.rows(connection, of, columns, rows::add);
      rows.end();
      return Snapshots.take(
          connection, BookFiles.entries(book, of.day(), books.layout(book), rows), now);
    }
  }
}
