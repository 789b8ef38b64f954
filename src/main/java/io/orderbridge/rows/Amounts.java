package io.orderbridge.rows;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Amounts as people and partners write them. Exact decimals, never binary. */
final class Amounts {
  // Ours are whole minor units in 64 bits: 18 digits. Eight decimals are the finest known (fees
  // have five).
  private static final String WHOLE = "(?:\\d{1,18}|\\d{1,3}(?:%s\\d{3}){1,5})";
  private static final Pattern POINT = pattern(",", "\\.");
  private static final Pattern COMMA = pattern("[. \\u00A0']", ",");

  private Amounts() {}

  private static Pattern pattern(String thousands, String decimal) {
    return Pattern.compile(
        "([+-]?)(" + WHOLE.formatted(thousands) + ")(?:" + decimal + "(\\d{1,8}))?");
  }

  /**
   * The amount as plain decimal text with the decimals it came with: no thousands separators, no
   * plus; empty when it is none.
   */
  static Optional<String> plain(String text, char decimal) {
    var parts = (decimal == ',' ? COMMA : POINT).matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String digits = parts.group(2).replaceAll("\\D", "");
    String decimals = parts.group(3) == null ? "" : "." + parts.group(3);
    return Optional.of((parts.group(1).equals("-") ? "-" : "") + digits + decimals);
  }

  /** The amount of a cell that was made plain; an empty cell is nothing. */
  static BigDecimal of(String plain) {
    return plain == null || plain.isEmpty() ? BigDecimal.ZERO : new BigDecimal(plain);
  }
}
