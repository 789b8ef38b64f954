package io.orderbridge.rows;

import io.orderbridge.rows.Statement.Movement;
import io.orderbridge.rows.TextLines.Line;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements in SWIFT's MT940: fields by tag, several statements in one file, a long one in pages.
 * Nothing of a statement is put aside: its balances need every movement.
 *
 * <p>From the format's public grammar and samples, read 2026-11-22; banks differ in {@code :86:},
 * which is given as it came.
 */
final class Mt940 {
  private static final Pattern FIELD = Pattern.compile(":(\\d{2}[A-Z]?|NS):(.*)");
  private static final Pattern BALANCE =
      Pattern.compile("([CD])(\\d{6})([A-Z]{3})(\\d{1,15},\\d{0,8})");
  // Value date, entry date, mark, third letter of the currency, amount, type, reference, bank's.
  // Types of two letters are filled up with a blank, and some banks write one before the type.
  private static final Pattern MOVEMENT =
      Pattern.compile(
          "(\\d{6})(\\d{4})?(R?[CD])([A-Z])?(\\d{1,15},\\d{0,8}) ?([NFS][A-Z0-9 ]{3})"
              + "((?:(?!//)[^\\n])*)(?://([^\\n]*))?(?:\\n(.*))?",
          Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("(\\d+)(?:/(\\d+))?");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuMMdd").withResolverStyle(ResolverStyle.STRICT);
  private static final int HALF_YEAR_MONTHS = 6;

  private final Table table;
  private final Rows.Gathered gathered;
  private Statement statement;
  private Movement movement;
  private Page last;
  private boolean any;

  /** What the page before ended with; null after the last page of a statement. */
  private record Page(String account, String number, BigDecimal closing) {}

  Mt940(Table table, Rows.Gathered gathered) {
    this.table = table;
    this.gathered = gathered;
  }

  void read(TextLines lines) throws IOException {
    String tag = "";
    StringBuilder value = new StringBuilder();
    int begins = 0;
    for (Line line = lines.next(); line != null; line = lines.next()) {
      if (line.text() == null || value.length() > TextLines.LINE_MAX) {
        throw FileRefused.at(table, line.number(), "a field is too long for a statement");
      }
      Matcher field = FIELD.matcher(line.text());
      boolean ends = line.text().equals("-") || line.text().startsWith("-}");
      if (!field.matches() && !ends) {
        // Lines before the first field are the envelope of SWIFT.
        value.append('\n').append(line.text().stripTrailing());
        continue;
      }
      take(tag, value.toString(), begins);
      begins = line.number();
      tag = ends ? "" : field.group(1);
      value = new StringBuilder(ends ? "" : field.group(2).stripTrailing());
      if (ends) {
        finish(begins);
      }
    }
    take(tag, value.toString(), begins);
    finish(begins);
    if (!any) {
      throw FileRefused.of(table, "there is no statement in the file: no field :20:");
    }
    if (last != null) {
      throw FileRefused.of(
          table, "the last page has a balance to carry over (:62M:); pages are missing");
    }
  }

  private void take(String tag, String value, int line) {
    if (tag.equals("20")) {
      finish(line);
      statement = new Statement(table, gathered, line);
      any = true;
      return;
    }
    if (tag.isEmpty()) {
      return;
    }
    if (statement == null) {
      throw FileRefused.at(table, line, "field :%s: stands before a field :20:".formatted(tag));
    }
    if (!tag.equals("86") && !tag.equals("NS")) {
      endMovement();
    }
    switch (tag) {
      case "25" -> statement.account = value.strip();
      case "28C", "28" -> number(value.strip());
      case "60F", "60M" -> open(tag, value, line);
      case "61" -> move(value, line);
      case "86" -> details(value);
      case "62F", "62M" -> close(tag, value, line);
      default -> {
        // Available balances and what else a bank adds, under NS too, say nothing of movements.
      }
    }
  }

  private void number(String value) {
    Matcher parts = NUMBER.matcher(value);
    statement.number = parts.matches() ? parts.group(1) : value;
    statement.sequence = parts.matches() && parts.group(2) != null ? parts.group(2) : "";
  }

  private void open(String tag, String value, int line) {
    statement.opening = balance(tag, value, line);
    boolean goesOn = tag.endsWith("M");
    if (goesOn != (last != null)) {
      throw FileRefused.at(
          table,
          line,
          goesOn
              ? "the page carries a balance over (:60M:), but the page before is missing"
              : "a statement begins, but the one before ends with a balance to carry over (:62M:)");
    }
    boolean chains =
        !goesOn
            || last.account().equals(statement.account)
                && last.number().equals(statement.number)
                && last.closing().compareTo(statement.opening) == 0;
    if (!chains) {
      throw FileRefused.at(
          table, line, "the page does not go on from the one before: a page is missing");
    }
    last = null;
  }

  private void close(String tag, String value, int line) {
    statement.closing = balance(tag, value, line);
    last =
        tag.endsWith("M") ? new Page(statement.account, statement.number, statement.closing) : null;
  }

  private BigDecimal balance(String tag, String value, int line) {
    Matcher parts = BALANCE.matcher(value.strip());
    if (!parts.matches()) {
      throw FileRefused.at(table, line, "field :%s: is no balance".formatted(tag));
    }
    statement.currency = parts.group(3);
    BigDecimal amount = amount(parts.group(4));
    return parts.group(1).equals("D") ? amount.negate() : amount;
  }

  private void move(String value, int line) {
    Matcher parts = MOVEMENT.matcher(value);
    if (!parts.matches() || statement.opening == null || statement.closing != null) {
      throw FileRefused.at(
          table, line, "field :61: is no movement, or stands outside the balances");
    }
    movement = new Movement(line);
    try {
      LocalDate day = LocalDate.parse(parts.group(1), DAY);
      movement.valueDate = day.toString();
      movement.entryDate = parts.group(2) == null ? "" : near(day, parts.group(2)).toString();
    } catch (DateTimeException e) {
      throw FileRefused.at(table, line, "field :61: has a date that does not exist");
    }
    movement.signed(parts.group(3), amount(parts.group(5)));
    movement.type = parts.group(6).strip();
    movement.reference = parts.group(7).strip();
    movement.bankReference = text(parts.group(8));
    movement.details = text(parts.group(9));
    statement.moves(movement.amount);
  }

  // The entry date has no year: a value date of 31 December may be booked on 2 January.
  private static LocalDate near(LocalDate day, String monthAndDay) {
    int month = Integer.parseInt(monthAndDay.substring(0, 2));
    int away = month - day.getMonthValue();
    int year = day.getYear();
    if (away > HALF_YEAR_MONTHS) {
      year--;
    } else if (away < -HALF_YEAR_MONTHS) {
      year++;
    }
    return LocalDate.of(year, month, Integer.parseInt(monthAndDay.substring(2)));
  }

  // :86: says more of the movement right before it; after the closing balance, of the statement.
  private void details(String value) {
    if (movement != null) {
      movement.details =
          movement.details.isEmpty() ? value.strip() : movement.details + "\n" + value.strip();
    }
  }

  private static String text(String part) {
    return part == null ? "" : part.strip();
  }

  private static BigDecimal amount(String text) {
    String plain = text.replace(',', '.');
    return new BigDecimal(plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain);
  }

  private void endMovement() {
    if (movement != null) {
      statement.row(movement);
      movement = null;
    }
  }

  private void finish(int line) {
    if (statement != null) {
      endMovement();
      statement.finish();
      statement = null;
    }
  }
}
