package io.orderbridge.books;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The rates of each day, as their sources say them. Thread-safe. */
@Singleton
public class Rates {
  private final Database database;

  public Rates(Database database) {
    this.database = database;
  }

  /**
   * Keeps rates. What a source says again changes nothing; another word on the same day is kept
   * beside the old one, and counts from then on. Snapshots that were taken keep theirs.
   *
   * @return how many say something new
   */
  public int take(List<Rate> rates, Instant now) {
    return database.inTransaction(connection -> RateSql.add(connection, rates, now));
  }

  /** The newest word of these sources on each day, both ends included. */
  public List<Rate> list(Collection<String> sources, LocalDate from, LocalDate to) {
    return database.inTransaction(connection -> RateSql.list(connection, sources, from, to));
  }

  /**
   * Rates as rows say them, from a mapping or from a file: {@code day}, {@code base}, {@code
   * quote}, {@code rate}, and {@code units} where it is not 1.
   *
   * @param source where a row does not name its {@code source}
   * @throws Refusal FILE_REFUSED with the place of the row that is no rate
   */
  static List<Rate> read(String source, List<?> rows) {
    List<Rate> rates = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (!(rows.get(i) instanceof Map<?, ?> row)) {
        throw refused(row(i), "is no row; expected an object by column", null);
      }
      try {
        rates.add(
            new Rate(
                text(row, "source", source),
                LocalDate.parse(text(row, "day", null)),
                text(row, "base", null),
                text(row, "quote", null),
                Long.parseLong(text(row, "units", "1")),
                new BigDecimal(text(row, "rate", null))));
      } catch (DateTimeException e) {
        throw refused(row(i), "'day' is no day such as 2026-11-20", e);
      } catch (NumberFormatException e) {
        throw refused(row(i), "'rate' is no plain decimal, or 'units' no whole number", e);
      } catch (IllegalArgumentException e) {
        throw refused(row(i), e.getMessage(), e);
      }
    }
    return rates;
  }

  private static String text(Map<?, ?> row, String column, String otherwise) {
    Object value = row.get(column);
    if (value == null || value.toString().isBlank()) {
      if (otherwise == null) {
        throw new IllegalArgumentException(
            "'%s' is missing; a rate has day, base, quote, rate".formatted(column));
      }
      return otherwise;
    }
    return value.toString().strip();
  }

  private static String row(int place) {
    return "/" + place;
  }

  private static Refusal refused(String place, String why, Exception cause) {
    return new Refusal(Cause.FILE_REFUSED, place, why, cause);
  }
}
