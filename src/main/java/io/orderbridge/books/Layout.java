package io.orderbridge.books;

import io.orderbridge.kernel.Money;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which columns of a source's files make its entries. A row with several amounts makes an entry of
 * each that is not zero, and one of the first when all are.
 *
 * @param keys columns of what both sides know the entry by; the first is the key, the others are
 *     what to look by when it finds nothing. Where the first is empty the next one is the key
 * @param kind what a row is; null when all are sales, or their amounts say
 * @param amounts empty when the source counts things, not money
 * @param quantity column of whole pieces; null when there is none
 * @param status null when the source has none
 * @param times those that the source tells; an empty cell is a time that is not known
 * @param shop null when the source does not say
 * @param sku column of the merchant's code of the goods; null when there is none
 * @param made those of the keys that are no column, by name
 */
public record Layout(
    List<String> keys,
    Codes kind,
    List<Amount> amounts,
    String quantity,
    Codes status,
    Map<Basis, Time> times,
    Codes shop,
    String sku,
    Map<String, Made> made) {
  /** So many amounts of a row at most. */
  public static final int AMOUNTS_MAX = 8;

  public Layout {
    keys = List.copyOf(keys);
    amounts = List.copyOf(amounts);
    times = Map.copyOf(times);
    made = Map.copyOf(made);
    if (keys.isEmpty() || amounts.size() > AMOUNTS_MAX) {
      throw new IllegalArgumentException(
          "a layout has %d keys and %d amounts, expected 1 or more, and at most %d"
              .formatted(keys.size(), amounts.size(), AMOUNTS_MAX));
    }
  }

  /** All keys are columns. */
  public Layout(
      List<String> keys,
      Codes kind,
      List<Amount> amounts,
      String quantity,
      Codes status,
      Map<Basis, Time> times,
      Codes shop,
      String sku) {
    this(keys, kind, amounts, quantity, status, times, shop, sku, Map.of());
  }

  /** With another column in place of one of the amounts'. */
  Layout withColumn(String column, String other) {
    List<Amount> changed =
        amounts.stream()
            .map(amount -> amount.column().equals(column) ? amount.of(other) : amount)
            .toList();
    return new Layout(keys, kind, changed, quantity, status, times, shop, sku, made);
  }

  /** Every column that it names, without a repeat. */
  public Stream<String> columns() {
    Stream<String> ofAmounts =
        amounts.stream()
            .flatMap(
                amount ->
                    Stream.concat(
                        Stream.of(
                                Optional.of(amount.column()),
                                Optional.ofNullable(amount.currency().column()))
                            .flatMap(Optional::stream),
                        amount.minusWhen().keySet().stream()));
    Stream<String> ofCodes =
        Stream.of(kind, status, shop).filter(Objects::nonNull).map(Codes::column);
    return Stream.of(
            keys.stream()
                .flatMap(
                    key -> made.containsKey(key) ? made.get(key).of().stream() : Stream.of(key)),
            ofAmounts,
            times.values().stream().map(Time::column),
            ofCodes,
            Stream.of(quantity, sku))
        .flatMap(columns -> columns)
        .filter(Objects::nonNull)
        .distinct();
  }

  /** One key, one amount. */
  public static Layout of(String key, Amount amount, Codes status, Map<Basis, Time> times) {
    return new Layout(List.of(key), null, List.of(amount), null, status, times, null, null);
  }

  /**
   * A key that stands in no column of its own: a part of a text, or several cells together.
   *
   * @param of columns; their cells are looked at with a blank between them
   * @param matches what all of that has to be; a row of which it is not has no such key
   * @param gives the key, with {@code $1} for the first group
   */
  public record Made(List<String> of, Pattern matches, String gives) {
    public Made {
      of = List.copyOf(of);
    }
  }

  /**
   * @param kind what this amount is; null when the row says
   * @param minor whether the column counts minor units (fen), not decimals (yuan)
   * @param sign how the sign that the source writes is taken
   * @param minusWhen rows whose columns all match in full have the amount below zero, whatever its
   *     sign; empty when the sign alone says it
   * @param currency without a column when every amount has the same one
   */
  public record Amount(
      EntryKind kind,
      String column,
      boolean minor,
      Sign sign,
      Map<String, Pattern> minusWhen,
      Codes currency) {
    public Amount {
      minusWhen = Map.copyOf(minusWhen);
      if (currency.column() == null) {
        Money.currency(currency.only());
      }
    }

    Amount of(String other) {
      return new Amount(kind, other, minor, sign, minusWhen, currency);
    }

    /** Of what the row says it is, without a sign for refunds. */
    public static Amount of(String column, boolean minor, String currencyColumn, String currency) {
      if ((currencyColumn == null) == (currency == null)) {
        throw new IllegalArgumentException(
            "amount '%s' needs a column of its currency or one currency for all, and not both"
                .formatted(column));
      }
      return new Amount(
          null,
          column,
          minor,
          Sign.BY_KIND,
          Map.of(),
          currency == null ? Codes.asWritten(currencyColumn) : Codes.always(currency));
    }
  }

  /** How the sign of an amount is taken. */
  public enum Sign {
    /** A refund or fee is below zero, whatever sign the source writes; the others have its sign. */
    BY_KIND,
    /**
     * The source writes what comes above and what goes below zero: money for goods that is below
     * zero went back, whether or not the source calls it a refund.
     */
    KEPT,
    /** The source writes what goes above zero, as a column of debits or of fees does. */
    TURNED,
    /** All of the column goes away, whatever sign the source writes. */
    BELOW;

    EntryKind kind(EntryKind said, long minor) {
      return this == KEPT && said == EntryKind.SALE && minor < 0 ? EntryKind.REFUND : said;
    }

    long of(long minor, EntryKind kind) {
      return switch (this) {
        case KEPT -> minor;
        case TURNED -> -minor;
        case BELOW -> -Math.abs(minor);
        case BY_KIND -> kind.takes() ? -Math.abs(minor) : minor;
      };
    }
  }

  /**
   * A column of codes.
   *
   * @param column null when every row is the one word of {@code codes}
   * @param codes the source's code to our word; empty takes the code as it is
   * @param otherwise word for a code that is not among them; null when such a row is no entry, and
   *     {@link #ITSELF} when the code is the word
   */
  public record Codes(String column, Map<String, String> codes, String otherwise) {
    /** What is no code is the word itself. */
    public static final String ITSELF = "*";

    public Codes {
      codes = Map.copyOf(codes);
      if (column == null && codes.size() != 1) {
        throw new IllegalArgumentException("without a column there is one word for all rows");
      }
    }

    public Codes(String column, Map<String, String> codes) {
      this(column, codes, null);
    }

    /** One word for all rows. */
    public static Codes always(String word) {
      return new Codes(null, Map.of("", word));
    }

    /** The words of a column as they are. */
    public static Codes asWritten(String column) {
      return new Codes(column, Map.of());
    }

    /** The one word for all rows; of codes without a column. */
    String only() {
      return codes.values().iterator().next();
    }

    /** Null when the code means nothing. */
    String word(String code) {
      String word = codes.isEmpty() ? code : codes.get(code);
      return word != null || otherwise == null ? word : otherwise.equals(ITSELF) ? code : otherwise;
    }
  }

  /**
   * @param pattern {@code epoch-ms}, {@code epoch-s}, {@code iso} for a time with its offset, or a
   *     pattern such as {@code yyyy-MM-dd HH:mm:ss}; of a day alone it is the beginning
   * @param zone in which the source writes; of no effect on epochs. A time that summer time skips
   *     is taken by the offset before it
   */
  public record Time(String column, String pattern, ZoneId zone) {}
}
