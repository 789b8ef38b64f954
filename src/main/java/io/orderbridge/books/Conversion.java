package io.orderbridge.books;

import io.orderbridge.books.EntryReader.NoEntry;
import io.orderbridge.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Converts entries to the currency of the books, at the rate of the day of one of their times, or
 * of the last day before it that has one. Rounded once, half up, to the minor unit. What was
 * converted, with rate, day and source, stays on the entry. One thread.
 */
final class Conversion {
  /** Rates of so many days before count where the day has none: a long holiday. */
  static final int DAYS_MAX = 7;

  // A file holds what is settled in its month, and some of it before or after.
  private static final int DAYS_BEFORE = 100;
  private static final int DAYS_AFTER = 40;

  private final Book.Convert convert;
  // That of the time which says the day.
  private final String column;
  private final ZoneId zone;
  private final Map<String, NavigableMap<LocalDate, DayRates>> bySource = new HashMap<>();
  private final Map<String, Optional<Factor>> found = new HashMap<>();

  private Conversion(Book.Convert convert, String column, ZoneId zone, List<Rate> rates) {
    this.convert = convert;
    this.column = column;
    this.zone = zone;
    for (Rate rate : rates) {
      bySource
          .computeIfAbsent(rate.source(), source -> new TreeMap<>())
          .computeIfAbsent(rate.day(), day -> new DayRates())
          .add(rate);
    }
  }

  /** As the rates are now, for a book's day; null where nothing is converted. */
  static Conversion load(Connection connection, Book book, LocalDate day) throws SQLException {
    Book.Convert convert = book.terms().convert();
    return convert == null
        ? null
        : of(
            convert,
            book.layout().times().get(convert.by()).column(),
            book.from().zone(),
            RateSql.list(
                connection, convert.rates(), day.minusDays(DAYS_BEFORE), day.plusDays(DAYS_AFTER)));
  }

  static Conversion of(Book.Convert convert, String column, ZoneId zone, List<Rate> rates) {
    return new Conversion(convert, column, zone, rates);
  }

  /**
   * What one unit of a currency is worth: {@code times} divided by {@code by}.
   *
   * @param text how it stands on the entry
   */
  record Factor(BigDecimal times, BigDecimal by, String text) {}

  /** Replaces the amounts of the entries of one row. */
  List<Entry> all(List<Entry> entries) throws NoEntry {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.amount() != null && !entry.amount().currency().equals(convert.to())) {
        entries.set(i, converted(entry));
      }
    }
    return entries;
  }

  private Entry converted(Entry entry) throws NoEntry {
    String currency = entry.amount().currency();
    long at = entry.times()[convert.by().ordinal()];
    if (at == Entry.UNKNOWN) {
      throw new NoEntry(column, "is not known, and says which day's rate counts");
    }
    LocalDate day = LocalDate.ofInstant(Entry.instant(at), zone);
    Factor factor =
        found
            .computeIfAbsent(currency + day, one -> factor(currency, day))
            .orElseThrow(() -> none(currency, day));
    int from = Money.currency(currency).getDefaultFractionDigits();
    int to = Money.currency(convert.to()).getDefaultFractionDigits();
    BigDecimal amount = BigDecimal.valueOf(entry.amount().minor(), from);
    long minor = minor(amount, factor, to);
    String told = "%s %s * %s".formatted(currency, amount.toPlainString(), factor.text());
    return with(entry, new Entry.Amount(minor, convert.to()), told);
  }

  private static Entry with(Entry entry, Entry.Amount amount, String told) {
    Entry.More more = entry.more() == null ? Entry.More.NONE : entry.more();
    return new Entry(
        entry.place(),
        entry.key(),
        amount,
        entry.quantity(),
        entry.status(),
        entry.times(),
        new Entry.More(more.kind(), more.shop(), more.sku(), more.ref(), told),
        entry.raw());
  }

  private long minor(BigDecimal amount, Factor factor, int decimals) throws NoEntry {
    BigDecimal worth =
        amount.multiply(factor.times()).divide(factor.by(), decimals, RoundingMode.HALF_UP);
    try {
      return worth.unscaledValue().longValueExact();
    } catch (ArithmeticException e) {
      throw new NoEntry(column, "has a rate that makes an amount beyond all bounds");
    }
  }

  private NoEntry none(String currency, LocalDate day) {
    return new NoEntry(
        column,
        "needs the rate of %s in %s of %s, and neither of %s has one of that day or of the %d days"
                .formatted(
                    currency, convert.to(), day, String.join(", ", convert.rates()), DAYS_MAX)
            + " before");
  }

  private Optional<Factor> factor(String currency, LocalDate day) {
    for (String source : convert.rates()) {
      NavigableMap<LocalDate, DayRates> days = bySource.getOrDefault(source, new TreeMap<>());
      for (Map.Entry<LocalDate, DayRates> one :
          days.subMap(day.minusDays(DAYS_MAX), true, day, true).descendingMap().entrySet()) {
        Optional<Factor> factor = one.getValue().factor(currency, convert.to());
        if (factor.isPresent()) {
          String other = one.getKey().equals(day) ? "" : " for " + day;
          return factor.map(
              f ->
                  new Factor(
                      f.times(),
                      f.by(),
                      "%s %s %s%s".formatted(f.text(), one.getKey(), source, other)));
        }
      }
    }
    return Optional.empty();
  }
}
