package io.orderbridge.rows;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;

/** Cells of a spreadsheet as text: amounts as decimals, dates as ISO 8601. */
final class CellTexts {
  static final Read EMPTY = new Read("", null);

  // A spreadsheet keeps 15 digits and shows no more; the file may have 17 (0.30000000000000004).
  private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_UP);
  private static final BigDecimal WHOLE_MAX = new BigDecimal("1E15");
  private static final BigDecimal SECONDS_PER_DAY = BigDecimal.valueOf(86_400);
  // Day 60 is the 29 February 1900 that never was; dates before March 1900 do not occur.
  private static final LocalDateTime DAY_0 = LocalDateTime.of(1899, 12, 30, 0, 0);
  private static final LocalDateTime DAY_0_1904 = LocalDateTime.of(1904, 1, 1, 0, 0);
  private static final BigDecimal DAYS_MAX = new BigDecimal("2958466");
  // What is quoted, escaped or in brackets (but [h]) in a format is no letter of a date.
  private static final Pattern QUOTED =
      Pattern.compile(
          "\"[^\"]*\"|\\\\.|[_*].|\\[(?!h+]|m+]|s+])[^\\]]*]", Pattern.CASE_INSENSITIVE);
  private static final Pattern DAY = Pattern.compile("[yd年月日]|m{3}", Pattern.CASE_INSENSITIVE);
  private static final Pattern TIME = Pattern.compile("[hs时分秒]", Pattern.CASE_INSENSITIVE);

  // Formats that a file names by number only (ECMA-376 part 1, 18.8.30, with those of zh-cn).
  private static final Set<Integer> DATES =
      Set.of(14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58);
  private static final Set<Integer> TIMES = Set.of(18, 19, 20, 21, 22, 32, 33, 34, 35, 45, 46, 47);
  private static final BigDecimal NOTHING = new BigDecimal("1E-15");

  private final LocalDateTime dayZero;

  /**
   * @param wrong why the cell cannot be read, after its address; null when it can
   */
  record Read(String text, String wrong) {}

  CellTexts(boolean from1904) {
    this.dayZero = from1904 ? DAY_0_1904 : DAY_0;
  }

  Read of(Cell cell) {
    Object value = cell.getValue();
    if (cell.getType() == CellType.ERROR) {
      return new Read("", "holds an error");
    }
    if (value == null) {
      return EMPTY;
    }
    if (value instanceof BigDecimal number) {
      return number(number, cell);
    }
    return new Read(String.valueOf(value).replace("\r\n", "\n"), null);
  }

  private Read number(BigDecimal told, Cell cell) {
    // What is left of a subtraction; and an exponent of a billion would fill the memory below.
    BigDecimal number = told.abs().compareTo(NOTHING) < 0 ? BigDecimal.ZERO : told;
    int id = cell.getDataFormatId() == null ? 0 : cell.getDataFormatId();
    String format = cell.getDataFormatString() == null ? "" : cell.getDataFormatString();
    String letters = QUOTED.matcher(format).replaceAll("");
    if (!letters.toLowerCase(Locale.ROOT).contains("general")) {
      boolean time = TIME.matcher(letters).find() || TIMES.contains(id);
      boolean day = DAY.matcher(letters).find() || DATES.contains(id);
      if (day || time) {
        return date(number, day, time);
      }
    }
    if (number.abs().compareTo(WHOLE_MAX) >= 0) {
      // An order number typed as a number: its last digits are gone already.
      return new Read("", "is a number of more than 15 digits, of which a spreadsheet keeps 15");
    }
    BigDecimal shown = number.round(SHOWN).stripTrailingZeros();
    return new Read((shown.scale() < 0 ? shown.setScale(0) : shown).toPlainString(), null);
  }

  private Read date(BigDecimal days, boolean day, boolean time) {
    if (days.signum() < 0 || days.compareTo(DAYS_MAX) >= 0) {
      return new Read("", "is formatted as a date and is none");
    }
    long seconds = days.multiply(SECONDS_PER_DAY).setScale(0, RoundingMode.HALF_UP).longValue();
    LocalDateTime at = dayZero.plusSeconds(seconds);
    if (!day) {
      return new Read(at.format(DateTimeFormatter.ofPattern("HH:mm:ss")), null);
    }
    boolean midnight = at.toLocalTime().toSecondOfDay() == 0;
    return new Read(
        time || !midnight
            ? at.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss"))
            : at.toLocalDate().toString(),
        null);
  }
}
