package io.orderbridge.runtime;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Book;
import io.orderbridge.books.Layout;
import io.orderbridge.rows.Table;
import io.orderbridge.schedule.Source;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code books:} part of a connection file: how what a source says becomes entries. */
final class BooksSection {
  private static final Map<String, Basis> BASES =
      Map.of(
          "ordered", Basis.ORDERED,
          "paid", Basis.PAID,
          "shipped", Basis.SHIPPED,
          "settled", Basis.SETTLED);
  private static final int NAME_MAX = 60;
  // That of reconciliations: days of the two have to be the same.
  private static final ZoneId ZONE_DEFAULT = ZoneId.of("Asia/Shanghai");
  private static final Map<String, Boolean> COVERS = Map.of("day", false, "month", true);

  private final String connection;
  private final List<Table> tables;
  private final List<Source> sources;

  BooksSection(String connection, List<Table> tables, List<Source> sources) {
    this.connection = connection;
    this.tables = tables;
    this.sources = sources;
  }

  List<Book> read(Section root) {
    List<Book> books = new ArrayList<>();
    root.named("books")
        .forEach(
            (name, section) -> {
              if (name.length() > NAME_MAX) {
                section.wrong("", "the book's name has over %d characters".formatted(NAME_MAX));
              }
              book(connection + "/" + name, section).ifPresent(books::add);
            });
    return books;
  }

  private Optional<Book> book(String name, Section section) {
    section.allow(
        "table",
        "source",
        "zone",
        "covers",
        "id",
        "day",
        "keys",
        "made-keys",
        "kind",
        "amounts",
        "quantity",
        "status",
        "shop",
        "sku",
        "times",
        "convert",
        "allocate",
        "currencies");
    Source source = source(section);
    ZoneId zone =
        section.value("zone", source == null ? ZONE_DEFAULT : source.zone(), ReadsSection::zone);
    LayoutSection parts = new LayoutSection(section, zone);
    Optional<Layout> layout = parts.read();
    Book.From from = from(section, source, zone, layout.map(Layout::times).orElse(Map.of()));
    layout.ifPresent(known -> columns(section, known));
    return layout.map(
        known ->
            new Book(
                name,
                from,
                known,
                parts.codeTables(),
                new Book.Terms(
                    section.section("convert").map(s -> convert(s, known)).orElse(null),
                    section.section("allocate").map(s -> allocate(s, known)).orElse(null))));
  }

  private Source source(Section section) {
    String name = section.text("source", null);
    if (name == null) {
      return null;
    }
    Optional<Source> found = sources.stream().filter(one -> one.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      section.wrong(
          "source",
          "'source' is '%s', expected one of %s under 'reads'; leave it out for dropped files"
              .formatted(name, names(sources.stream().map(Source::name))));
    } else if (found.get().pages().order() == Source.Order.QUEUE) {
      section.wrong("source", "'source' is a queue, which never says that a day is complete");
    }
    return found.orElse(null);
  }

  private Book.From from(
      Section section, Source source, ZoneId zone, Map<Basis, Layout.Time> times) {
    String table = section.text("table", null);
    String id = section.text("id", null);
    Basis day = section.value("day", null, text -> ReceivesSection.choice(text, BASES));
    if (table != null) {
      if (tables.stream().noneMatch(known -> known.name().equals(connection + "/" + table))) {
        section.wrong(
            "table",
            "'table' is '%s', expected one of %s under 'tables'; leave it out for mapped rows"
                .formatted(table, names(tables.stream().map(one -> one.name().split("/", 2)[1]))));
      }
      if (id != null || day != null) {
        section.wrong(
            id != null ? "id" : "day",
            "'id' and 'day' belong to a book without 'table', whose rows come mapped");
      }
    } else if (id == null || day == null) {
      section.wrong(
          "",
          "a book needs a 'table', whose files it takes; without one its rows come mapped, and it"
              + " needs 'id', the column that names a row, and 'day', one of "
              + names(BASES.keySet().stream()));
    } else if (!times.containsKey(day)) {
      section.wrong(
          "day",
          "'day' is '%s', which is not among 'times'"
              .formatted(day.name().toLowerCase(Locale.ROOT)));
    }
    return new Book.From(
        table == null ? null : connection + "/" + table,
        source == null ? null : source.key(),
        zone,
        id,
        day,
        monthly(section, source, table));
  }

  private static boolean monthly(Section section, Source source, String table) {
    boolean monthly = section.value("covers", false, text -> ReceivesSection.choice(text, COVERS));
    if (monthly && (source != null || table == null)) {
      section.wrong(
          "covers",
          "'covers' is 'month', which is for files that are dropped: a book with a 'table' and"
              + " without a 'source'");
    }
    return monthly;
  }

  // Of statements the columns are fixed, so a wrong one can be told before the first file.
  private void columns(Section section, Layout layout) {
    String name = connection + "/" + section.text("table", "");
    boolean statement =
        tables.stream().anyMatch(one -> one.name().equals(name) && one.columns() == null);
    if (!statement) {
      return;
    }
    List<String> there = Table.statementColumns();
    layout
        .columns()
        .filter(column -> !there.contains(column))
        .forEach(
            column ->
                section.wrong(
                    "table",
                    "a statement has no column '%s', it has %s"
                        .formatted(column, String.join(", ", there))));
  }

  private static Book.Convert convert(Section section, Layout layout) {
    section.allow("to", "by", "rates");
    section.required("to");
    section.required("by");
    List<String> rates = section.values("rates", List.of(), LayoutSection::word);
    if (rates.isEmpty()) {
      section.wrong("rates", "'convert.rates' is empty; name sources of rates, the best first");
    }
    Basis by = section.value("by", Basis.SETTLED, text -> ReceivesSection.choice(text, BASES));
    if (section.has("by") && !layout.times().containsKey(by)) {
      section.wrong(
          "by",
          "'convert.by' is '%s', which is not among 'times'".formatted(section.text("by", "")));
    }
    return new Book.Convert(section.value("to", "CNY", LayoutSection::currency), by, rates);
  }

  private static Book.Allocate allocate(Section section, Layout layout) {
    section.allow("column", "over", "by");
    String column = section.required("column");
    if (layout.amounts().stream().noneMatch(amount -> amount.column().equals(column))) {
      section.wrong(
          "column", "'allocate.column' is '%s', which is no column of 'amounts'".formatted(column));
    }
    return new Book.Allocate(
        column, section.required("over"), section.text("by", layout.keys().get(0)));
  }

  static String names(Stream<String> names) {
    return String.join(", ", names.sorted().toList());
  }

  static Map<String, Basis> bases() {
    return BASES;
  }
}
