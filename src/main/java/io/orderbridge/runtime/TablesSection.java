package io.orderbridge.runtime;

import io.orderbridge.rows.Table;
import io.orderbridge.rows.Table.Balance;
import io.orderbridge.rows.Table.Cells;
import io.orderbridge.rows.Table.Columns;
import io.orderbridge.rows.Table.Ending;
import io.orderbridge.rows.Table.Footer;
import io.orderbridge.rows.Table.Format;
import io.orderbridge.rows.Table.Limits;
import io.orderbridge.rows.Table.Text;
import io.orderbridge.rows.Table.Total;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The {@code tables:} part of a connection file. */
final class TablesSection {
  // A day's bill of 200,000 lines with 300 bytes each, unpacked.
  private static final int SIZE_DEFAULT = 67_108_864;
  // Measured: 90 MB of memory as rows of 27 columns, of which four differ from row to row.
  private static final int ROWS_DEFAULT = 200_000;
  private static final int ROWS_LIMIT = 20_000_000;
  private static final Map<String, Format> FORMATS =
      Map.of(
          "csv", Format.CSV, "xlsx", Format.XLSX, "mt940", Format.MT940, "camt053", Format.CAMT053);
  private static final Map<String, Cells> CELLS =
      Map.of("quoted", Cells.QUOTED, "plain", Cells.PLAIN, "backtick", Cells.BACKTICK);
  private static final List<String> ANY = List.of("format", "size-max", "rows-max", "entry");
  private static final List<String> COLUMNS =
      List.of(
          "header",
          "required",
          "numbers",
          "optional",
          "renamed",
          "decimal",
          "strip",
          "end",
          "footer",
          "totals",
          "balance");
  private static final Map<Format, List<String>> KEYS =
      Map.of(
          Format.CSV, keys(List.of("charset", "separator", "cells"), COLUMNS),
          Format.XLSX, keys(List.of("sheet"), COLUMNS),
          Format.MT940, keys(List.of("charset"), List.of()),
          Format.CAMT053, ANY);

  private TablesSection() {}

  private static List<String> keys(List<String> more, List<String> columns) {
    return Stream.of(ANY, more, columns).flatMap(List::stream).toList();
  }

  static List<Table> read(String connection, Section root) {
    List<Table> tables = new ArrayList<>();
    root.named("tables")
        .forEach((name, section) -> tables.add(table(connection + "/" + name, section)));
    return tables;
  }

  private static Table table(String name, Section section) {
    if (!section.has("format")) {
      section.wrong("format", "'tables.%s' has no 'format'".formatted(after(name)));
    }
    Format format = section.value("format", Format.CSV, t -> ReceivesSection.choice(t, FORMATS));
    section.allow(KEYS.get(format).toArray(String[]::new));
    Limits limits =
        new Limits(
            section.value("size-max", SIZE_DEFAULT, Notation::size),
            section.value("rows-max", ROWS_DEFAULT, t -> (int) Notation.whole(t, 1, ROWS_LIMIT)),
            section.value("entry", null, TablesSection::pattern));
    Text text =
        new Text(
            section.value("charset", StandardCharsets.UTF_8, TablesSection::charset),
            section.value("separator", ',', TablesSection::separator),
            section.value("cells", Cells.QUOTED, t -> ReceivesSection.choice(t, CELLS)),
            section.text("sheet", ""));
    boolean columns = format == Format.CSV || format == Format.XLSX;
    return new Table(
        name,
        format,
        limits,
        text,
        columns ? columns(name, section) : null,
        columns ? ending(section) : new Ending(null, null, List.of(), null));
  }

  private static String after(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  private static Columns columns(String name, Section section) {
    List<String> header = section.values("header", List.of(), TablesSection::word);
    if (header.isEmpty()) {
      section.wrong(
          "header",
          "'tables.%s' has no 'header'; name two or three columns that only its header row has"
              .formatted(after(name)));
    }
    return new Columns(
        header,
        new LinkedHashSet<>(section.values("required", List.of(), TablesSection::word)),
        new LinkedHashSet<>(section.values("numbers", List.of(), TablesSection::word)),
        section.values("optional", List.of(), TablesSection::word),
        section.texts("renamed"),
        section.value("decimal", '.', TablesSection::decimal),
        section.text("strip", ""));
  }

  private static Ending ending(Section section) {
    Footer footer = section.section("footer").map(TablesSection::footer).orElse(null);
    List<Total> totals = section.sections("totals").stream().map(TablesSection::total).toList();
    if (!totals.isEmpty() && footer == null) {
      section.wrong("totals", "'totals' is there, but no 'footer' that says them");
    }
    List<String> numbers = section.values("numbers", List.of(), TablesSection::word);
    for (Total total : totals) {
      if (total.column() != null && !numbers.contains(total.column())) {
        section.wrong(
            "totals", "'totals' sums '%s', which is not among 'numbers'".formatted(total.column()));
      }
    }
    return new Ending(
        section.value("end", null, TablesSection::pattern),
        footer,
        totals,
        section.section("balance").map(s -> balance(s, numbers)).orElse(null));
  }

  private static Footer footer(Section footer) {
    footer.allow("header", "row", "lines");
    if (Stream.of("header", "row", "lines").filter(footer::has).count() != 1) {
      footer.wrong("header", "'footer' needs one of 'header', 'row' and 'lines'");
    }
    return new Footer(
        footer.values("header", List.of(), TablesSection::word),
        footer.value("row", null, TablesSection::pattern),
        footer.values("lines", List.of(), TablesSection::pattern));
  }

  private static Total total(Section total) {
    total.allow("label", "sum", "count", "where");
    boolean count = total.value("count", false, Notation::yesOrNo);
    if (total.has("sum") == count) {
      total.wrong("sum", "a total is 'sum: <column>' or 'count: true'");
    }
    total.required("label");
    return new Total(total.text("label", ""), total.text("sum", null), where(total, "where"));
  }

  private static Balance balance(Section balance, List<String> numbers) {
    balance.allow("column", "plus", "minus", "minus-when");
    for (String key : List.of("column", "plus", "minus")) {
      String column = key.equals("minus") ? balance.text(key, null) : balance.required(key);
      if (column != null && !column.isEmpty() && !numbers.contains(column)) {
        balance.wrong(
            key, "'balance.%s' is '%s', which is not among 'numbers'".formatted(key, column));
      }
    }
    if (balance.has("minus-when") && !balance.has("minus")) {
      balance.wrong("minus-when", "'balance' has 'minus-when' but no 'minus'");
    }
    return new Balance(
        balance.text("column", ""),
        balance.text("plus", ""),
        balance.text("minus", null),
        where(balance, "minus-when"));
  }

  static Map<String, Pattern> where(Section section, String key) {
    Map<String, Pattern> where = new LinkedHashMap<>();
    Optional<Section> conditions = section.section(key);
    section
        .texts(key)
        .keySet()
        .forEach(
            column ->
                conditions
                    .map(s -> s.value(column, null, TablesSection::pattern))
                    .ifPresent(pattern -> where.put(column, pattern)));
    return where;
  }

  private static String word(String text) {
    if (text.isBlank()) {
      throw Notation.expected(text, "the name of a column");
    }
    return text.strip();
  }

  static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw Notation.expected(text, "a regular expression (%s)".formatted(e.getDescription()));
    }
  }

  private static Charset charset(String text) {
    try {
      return Charset.forName(text);
    } catch (IllegalArgumentException e) {
      throw Notation.expected(text, "a charset such as UTF-8, GBK or GB18030");
    }
  }

  private static char separator(String text) {
    if (text.equals("tab")) {
      return '\t';
    }
    if (text.length() != 1 || text.equals("\"") || text.equals("`")) {
      throw Notation.expected(text, "one character such as ',' or ';', or tab");
    }
    return text.charAt(0);
  }

  private static char decimal(String text) {
    if (!text.equals(".") && !text.equals(",")) {
      throw Notation.expected(text, "'.' or ','");
    }
    return text.charAt(0);
  }
}
