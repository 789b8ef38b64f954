package io.orderbridge.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S13")
class AmountsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "199|199",
        "199.00|199.00",
        "-0.18000|-0.18000",
        "+5.00|5.00",
        "1,234,567.89|1234567.89",
        "-1,234.5|-1234.5",
        "999999999999999999|999999999999999999",
        "007|007"
      })
  void an_amount_keeps_its_digits(String written, String plain) {
    assertThat(Amounts.plain(written, '.')).contains(plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1.234,50|1234.50", "-0,05|-0.05", "1 234 567,8|1234567.8", "12|12"})
  void an_amount_with_a_decimal_comma(String written, String plain) {
    assertThat(Amounts.plain(written, ',')).contains(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "--5",
        "+-5",
        "5-",
        "(5.00)",
        "NaN",
        "Infinity",
        "1e308",
        "1E5",
        "0x10",
        "１２",
        "1,23.00",
        "12,34",
        "1,2345",
        ",5",
        "5.",
        ".5",
        "1.5.5",
        "5 00",
        "5.00元",
        "1.123456789",
        "1000000000000000000",
        "1,000,000,000,000,000,000",
        "9999999999999999999999999999999999999999"
      })
  void anything_else_is_none(String written) {
    assertThat(Amounts.plain(written, '.')).isEmpty();
  }
}
