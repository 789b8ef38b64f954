package io.orderbridge.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.books.EntryReader.NoEntry;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts of other currencies, by hand-computed decimals. */
@Tag("R46")
class ConversionTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final List<Rate> RATES =
      List.of(
          rate("parity", "2026-11-20", "USD", "CNY", 1, "7.0432"),
          rate("parity", "2026-11-20", "JPY", "CNY", 100, "4.4937"),
          rate("parity", "2026-11-20", "CNY", "KRW", 1, "208.25"),
          rate("fixing", "2026-11-20", "EUR", "USD", 1, "1.1500"),
          rate("fixing", "2026-11-20", "EUR", "JPY", 1, "180.25"),
          rate("fixing", "2026-11-20", "EUR", "CNY", 1, "8.1000"));

  private static Rate rate(
      String source, String day, String base, String quote, long units, String price) {
    return new Rate(source, LocalDate.parse(day), base, quote, units, new BigDecimal(price));
  }

  @ParameterizedTest
  @CsvSource({
    // 12.34 * 7.0432 = 86.913088
    "1234, USD, 8691, USD 12.34 * 7.0432 2026-11-20 parity",
    // 1000 * 4.4937 / 100 = 44.937
    "1000, JPY, 4494, JPY 1000 * 4.4937/100 2026-11-20 parity",
    // 10000 / 208.25 = 48.0192...
    "10000, KRW, 4802, KRW 10000 * 1/208.25 2026-11-20 parity",
    // Not quoted by the first source.
    "1000, EUR, 8100, EUR 10.00 * 8.1000 2026-11-20 fixing",
    // 0.05 * 7.0432 = 0.352160; below zero rounded the same
    "5, USD, 35, USD 0.05 * 7.0432 2026-11-20 parity",
    "-5, USD, -35, USD -0.05 * 7.0432 2026-11-20 parity"
  })
  void an_amount_is_converted_at_the_rate_of_the_day(
      long minor, String currency, long expected, String told) throws NoEntry {
    Entry converted = convert(List.of("parity", "fixing"), minor, currency, "2026-11-20");

    assertThat(converted.amount()).isEqualTo(new Entry.Amount(expected, "CNY"));
    assertThat(converted.more().converted()).isEqualTo(told);
  }

  @Test
  void half_a_fen_is_rounded_away_from_zero() throws NoEntry {
    List<Rate> rates = List.of(rate("one", "2026-11-20", "USD", "CNY", 1, "0.5"));

    assertThat(convert(rates, List.of("one"), 1, "USD").amount().minor()).isEqualTo(1);
    assertThat(convert(rates, List.of("one"), -1, "USD").amount().minor()).isEqualTo(-1);
    assertThat(convert(rates, List.of("one"), 3, "USD").amount().minor()).isEqualTo(2);
  }

  @Test
  void two_rates_over_the_sources_own_currency_make_a_third_and_are_both_stated() throws NoEntry {
    Entry converted = convert(List.of("fixing"), 11_500, "USD", "2026-11-20");

    // 115.00 / 1.15 * 8.1 = 810, rounded once
    assertThat(converted.amount().minor()).isEqualTo(81_000);
    assertThat(converted.more().converted())
        .isEqualTo("USD 115.00 * 1/1.1500 * 8.1000 via EUR 2026-11-20 fixing");
  }

  @Test
  void on_a_day_without_a_rate_the_last_one_before_it_counts_and_is_stated() throws NoEntry {
    Entry converted = convert(List.of("parity"), 100, "USD", "2026-11-22");

    assertThat(converted.amount().minor()).isEqualTo(704);
    assertThat(converted.more().converted())
        .isEqualTo("USD 1.00 * 7.0432 2026-11-20 parity for 2026-11-22");
    assertThat(convert(List.of("parity"), 100, "USD", "2026-11-27").amount().minor())
        .isEqualTo(704);
  }

  @ParameterizedTest
  @CsvSource({"USD, 2026-11-28", "USD, 2026-11-19", "GBP, 2026-11-20"})
  void a_missing_rate_is_said_with_its_day(String currency, String day) {
    assertThatThrownBy(() -> convert(List.of("parity", "fixing"), 100, currency, day))
        .isInstanceOf(NoEntry.class)
        .hasMessageContaining("needs the rate of %s in CNY of %s".formatted(currency, day))
        .hasMessageContaining("neither of parity, fixing has one");
  }

  @Test
  void the_day_is_that_of_the_books_zone() throws NoEntry {
    // 2026-11-19 17:00 in UTC is the 20th in Shanghai.
    Entry converted =
        convert(RATES, List.of("parity"), entry(100, "USD", Instant.parse("2026-11-19T17:00:00Z")));

    assertThat(converted.more().converted()).endsWith("2026-11-20 parity");
  }

  @Test
  void an_entry_without_the_time_that_says_the_day_is_none_and_our_own_currency_stays()
      throws NoEntry {
    assertThatThrownBy(() -> convert(RATES, List.of("parity"), entry(100, "USD", null)))
        .isInstanceOf(NoEntry.class)
        .hasMessageContaining("says which day's rate counts");

    Entry own = convert(RATES, List.of("parity"), entry(100, "CNY", null));
    assertThat(own.amount().minor()).isEqualTo(100);
    assertThat(own.more().converted()).isNull();
  }

  private static Entry convert(List<String> sources, long minor, String currency, String day)
      throws NoEntry {
    Instant noon = LocalDate.parse(day).atTime(12, 0).atZone(SHANGHAI).toInstant();
    return convert(RATES, sources, entry(minor, currency, noon));
  }

  private static Entry convert(List<Rate> rates, List<String> sources, long minor, String currency)
      throws NoEntry {
    return convert(rates, sources, entry(minor, currency, Instant.parse("2026-11-20T04:00:00Z")));
  }

  private static Entry convert(List<Rate> rates, List<String> sources, Entry entry) throws NoEntry {
    Book.Convert convert = new Book.Convert("CNY", Basis.SETTLED, sources);
    return Conversion.of(convert, "settled", SHANGHAI, rates)
        .all(new ArrayList<>(List.of(entry)))
        .get(0);
  }

  private static Entry entry(long minor, String currency, Instant settled) {
    long[] times = new long[Basis.values().length];
    java.util.Arrays.fill(times, Entry.UNKNOWN);
    if (settled != null) {
      times[Basis.SETTLED.ordinal()] = settled.getEpochSecond() * 1_000_000;
    }
    return new Entry(
        16, "A", new Entry.Amount(minor, currency), null, "", times, Entry.More.NONE, "");
  }

  @Test
  void rows_of_rates_are_exact_decimals_and_a_bad_one_is_told_by_its_place() {
    List<Rate> read =
        Rates.read(
            "bank",
            List.of(
                Map.of("day", "2026-11-20", "base", "USD", "quote", "CNY", "rate", "7.10000000"),
                Map.of(
                    "day",
                    "2026-11-20",
                    "base",
                    "JPY",
                    "quote",
                    "CNY",
                    "units",
                    "100",
                    "rate",
                    "4.5",
                    "source",
                    "other")));

    assertThat(read.get(0).price()).isEqualByComparingTo("7.1");
    assertThat(read.get(1).source()).isEqualTo("other");
    for (Map<String, String> bad :
        List.of(
            Map.of("day", "20.11.2026", "base", "USD", "quote", "CNY", "rate", "7"),
            Map.of("day", "2026-11-20", "base", "Hookdeck", "quote", "CNY", "rate", "7"),
            Map.of("day", "2026-11-20", "base", "USD", "quote", "CNY", "rate", "7,1"),
            Map.of("day", "2026-11-20", "base", "USD", "quote", "CNY", "rate", "-7"),
            Map.of("day", "2026-11-20", "base", "USD", "quote", "USD", "rate", "1"),
            Map.of("day", "2026-11-20", "base", "USD", "quote", "CNY"))) {
      assertThatThrownBy(() -> Rates.read("bank", List.of(bad)))
          .as(bad.toString())
          .isInstanceOf(io.orderbridge.kernel.Refusal.class)
          .extracting("place")
          .isEqualTo("/0");
    }
  }
}
