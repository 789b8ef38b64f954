package io.orderbridge.rows;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** What may stand in a cell of a report, and what is made of it so that a spreadsheet shows it. */
final class Cells {
  // A spreadsheet counts in binary with 15 digits; what has more is exact as text alone.
  private static final int DIGITS_MAX = 15;
  // With these a text becomes a formula where a spreadsheet opens it.
  private static final Set<Character> FORMULA = Set.of('=', '+', '-', '@', '\t', '\r', '\n');

  private Cells() {}

  /**
   * Text, a number, a day or a local time; null when empty.
   *
   * @throws IllegalArgumentException for a value of another kind, a binary number for example
   */
  static Object of(Object value, ZoneId zone) {
    if (value == null || value instanceof String || value instanceof LocalDate) {
      return value;
    }
    if (value instanceof Instant at) {
      return LocalDateTime.ofInstant(at, zone).truncatedTo(ChronoUnit.SECONDS);
    }
    if (value instanceof Integer || value instanceof Long) {
      return number(BigDecimal.valueOf(((Number) value).longValue()));
    }
    if (value instanceof BigDecimal exact) {
      return number(exact);
    }
    throw new IllegalArgumentException(
        "a cell holds text, a whole or an exact decimal number, a day or a time, not "
            + value.getClass().getSimpleName());
  }

  private static Object number(BigDecimal number) {
    return number.precision() > DIGITS_MAX ? number.toPlainString() : number;
  }

  /** Whether a spreadsheet would calculate this text. */
  static boolean isFormula(String text) {
    return !text.isEmpty() && FORMULA.contains(text.charAt(0));
  }
}
