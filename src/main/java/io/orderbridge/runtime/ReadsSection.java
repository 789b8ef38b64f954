package io.orderbridge.runtime;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.schedule.Source;
import io.orderbridge.schedule.Source.Daily;
import io.orderbridge.schedule.Source.Every;
import io.orderbridge.schedule.Source.Item;
import io.orderbridge.schedule.Source.Order;
import io.orderbridge.schedule.Source.Pages;
import io.orderbridge.schedule.Source.Rhythm;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The {@code reads:} part of a connection file: the sources that are read by period. */
final class ReadsSection {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
  private static final int NAME_MAX = 60;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration BEHIND_DEFAULT = Duration.ofMinutes(1);
  private static final Duration LATE_DEFAULT = Duration.ofHours(2);
  private static final List<Duration> RETRY_DEFAULT =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30));
  private static final Duration BACK_MAX = Duration.ofDays(400);
  private static final int DAYS_MAX = 400;
  private static final int DAYS_AFTER_MAX = 60;
  private static final int SIZE_DEFAULT = 100;
  private static final int SIZE_MAX = 10_000;
  private static final Map<String, Order> ORDERS =
      Map.of(
          "last-first", Order.LAST_FIRST,
          "first-last", Order.FIRST_LAST,
          "cursor", Order.CURSOR,
          "offset", Order.OFFSET,
          "whole", Order.WHOLE,
          "queue", Order.QUEUE);
  private static final Map<String, DayOfWeek> DAYS =
      Map.of(
          "MON", DayOfWeek.MONDAY,
          "TUE", DayOfWeek.TUESDAY,
          "WED", DayOfWeek.WEDNESDAY,
          "THU", DayOfWeek.THURSDAY,
          "FRI", DayOfWeek.FRIDAY,
          "SAT", DayOfWeek.SATURDAY,
          "SUN", DayOfWeek.SUNDAY);

  private ReadsSection() {}

  static List<Source> read(String connection, Section root) {
    List<Source> sources = new ArrayList<>();
    root.named("reads")
        .forEach(
            (name, section) -> {
              if (name.length() > NAME_MAX) {
                section.wrong("", "the source's name has over %d characters".formatted(NAME_MAX));
              }
              sources.add(source(connection, name, section));
            });
    return sources;
  }

  private static Source source(String connection, String name, Section section) {
    section.allow(
        "every", "overlap", "behind", "back", "daily", "zone", "pages", "item", "kind", "pushed",
        "into", "retry", "late");
    ZoneId zone = section.value("zone", ZoneId.of("UTC"), ReadsSection::zone);
    Pages pages = pages(name, section);
    Rhythm rhythm = rhythm(name, section, pages);
    boolean pushed = section.value("pushed", false, Notation::yesOrNo);
    if (pushed && Set.of(Order.WHOLE, Order.QUEUE).contains(pages.order())) {
      section.wrong(
          "pushed", "'pushed' has no meaning for a file or a queue: only orders are recovered");
    }
    List<Duration> retry =
        section
            .section("retry")
            .map(s -> s.allow("after").values("after", RETRY_DEFAULT, Notation::wait))
            .orElse(RETRY_DEFAULT);
    if (retry.isEmpty()) {
      section.wrong("retry", "'retry.after' is empty; write [30s, 2m, 10m, 30m]");
      retry = RETRY_DEFAULT;
    }
    return new Source(
        connection,
        name,
        rhythm,
        zone,
        pages,
        item(name, section, pages),
        kind(section),
        pushed,
        section.value("into", connection + "/" + name, text -> into(connection, text)),
        retry,
        section.value("late", LATE_DEFAULT, Notation::wait));
  }

  private static Rhythm rhythm(String name, Section section, Pages pages) {
    boolean daily = section.has("daily");
    if (daily == section.has("every")) {
      section.wrong(
          "daily", "source '%s' needs either 'every' or 'daily', and not both".formatted(name));
    }
    if (daily) {
      if (pages.order() == Order.QUEUE) {
        section.wrong("daily", "a queue has no days; write 'every', how often it is emptied");
      }
      for (String key : List.of("behind", "back")) {
        if (section.has(key)) {
          section.wrong(
              key, "'%s' belongs to 'every'; a day has due, days-after, back".formatted(key));
        }
      }
      Duration overlap = section.value("overlap", Duration.ZERO, Notation::duration);
      return section.section("daily").map(day -> daily(day, overlap)).orElseThrow();
    }
    Duration every = section.value("every", DAY, ReadsSection::every);
    return new Every(
        every,
        section.value("overlap", Duration.ZERO, Notation::duration),
        section.value("behind", BEHIND_DEFAULT, Notation::duration),
        section.value("back", DAY, ReadsSection::back));
  }

  private static Duration every(String text) {
    Duration every = Notation.wait(text);
    boolean fits = every.compareTo(DAY) <= 0 && DAY.toMillis() % every.toMillis() == 0;
    if (!fits || every.toSeconds() == 0) {
      throw Notation.expected(text, "a length that divides a day: 10s, 1m, 15m, 1h, 24h");
    }
    return every;
  }

  private static Duration back(String text) {
    Duration back = Notation.wait(text);
    if (back.compareTo(BACK_MAX) > 0) {
      throw Notation.expected(text, "at most 400d");
    }
    return back;
  }

  private static Daily daily(Section section, Duration overlap) {
    section.allow("due", "days-after", "back", "rest", "holidays");
    if (!section.has("due")) {
      section.wrong(
          "due", "'daily' has no 'due'; write the time from which on it is there: \"10:00\"");
    }
    Set<DayOfWeek> rest =
        new HashSet<>(
            section.values("rest", List.of(), text -> ReceivesSection.choice(text, DAYS)));
    if (rest.size() == DAYS.size()) {
      section.wrong("rest", "'daily.rest' names every day: nothing would ever be due");
      rest.clear();
    }
    Set<LocalDate> holidays =
        new HashSet<>(section.values("holidays", List.of(), ReadsSection::day));
    return new Daily(
        section.value("due", LocalTime.NOON, ReadsSection::time),
        section.value("days-after", 1, text -> (int) Notation.whole(text, 0, DAYS_AFTER_MAX)),
        section.value("back", 1, text -> (int) Notation.whole(text, 0, DAYS_MAX)),
        rest,
        holidays,
        overlap);
  }

  private static LocalTime time(String text) {
    return read(text, LocalTime::parse, "a time of the day such as \"10:00\", in quotes");
  }

  private static LocalDate day(String text) {
    return read(text, LocalDate::parse, "a day such as \"2026-10-01\", in quotes");
  }

  static ZoneId zone(String text) {
    return read(text, ZoneId::of, "a zone such as Asia/Shanghai or UTC");
  }

  private static <T> T read(String text, Function<String, T> read, String expected) {
    try {
      return read.apply(text);
    } catch (DateTimeException e) {
      throw Notation.expected(text, expected);
    }
  }

  private static String into(String connection, String text) {
    if (!text.startsWith(connection + "/")
        || !NAME.matcher(text.substring(connection.length() + 1)).matches()) {
      throw Notation.expected(text, "a stream of this connection: %s/<name>".formatted(connection));
    }
    return text;
  }

  private static Pages pages(String name, Section section) {
    Section pages = section.section("pages").orElse(null);
    if (pages == null) {
      section.wrong(
          "pages",
          "source '%s' has no 'pages'; write at least pages: {order: %s}"
              .formatted(name, String.join(" | ", ORDERS.keySet().stream().sorted().toList())));
      return new Pages(Order.WHOLE, 1, 1, null, null, null, null, false);
    }
    pages.allow("order", "size", "first", "items", "total", "more", "cursor");
    Order order = pages.value("order", Order.WHOLE, t -> ReceivesSection.choice(t, ORDERS));
    if (!pages.has("order")) {
      pages.wrong("order", "'pages' has no 'order'; write one of " + String.join(", ", sorted()));
    }
    boolean counted = order == Order.LAST_FIRST || order == Order.FIRST_LAST;
    needs(pages, "items", order != Order.WHOLE, "where the list of items stands");
    needs(pages, "total", counted, "how many there are: this order is proved by it");
    if (order != Order.CURSOR && pages.has("cursor")) {
      pages.wrong("cursor", "'pages.cursor' belongs to 'order: cursor'");
    }
    if (order == Order.WHOLE) {
      for (String key : List.of("size", "items", "total", "more")) {
        if (pages.has(key)) {
          pages.wrong(key, "'pages.%s' has no meaning for 'order: whole', one file".formatted(key));
        }
      }
    }
    JsonPointer cursor = pages.value("cursor", null, ReadsSection::pointer);
    boolean byLast = order == Order.CURSOR && !pages.has("cursor");
    return new Pages(
        order,
        pages.value("size", SIZE_DEFAULT, text -> (int) Notation.whole(text, 1, SIZE_MAX)),
        pages.value("first", 1, text -> (int) Notation.whole(text, 0, 1)),
        pages.value("items", null, ReadsSection::pointer),
        pages.value("total", null, ReadsSection::pointer),
        pages.value("more", null, ReadsSection::pointer),
        cursor,
        byLast);
  }

  private static List<String> sorted() {
    return ORDERS.keySet().stream().sorted().toList();
  }

  private static void needs(Section pages, String key, boolean needed, String what) {
    if (needed && !pages.has(key)) {
      pages.wrong(key, "'pages' has no '%s', a JSON pointer to %s".formatted(key, what));
    }
  }

  private static Item item(String name, Section section, Pages pages) {
    Section item = section.section("item").orElse(null);
    if (item == null) {
      if (pages.order() != Order.WHOLE) {
        section.wrong(
            "item",
            "source '%s' has no 'item'; write item: {id: /<pointer>, version: /<pointer>}, or id:"
                    .formatted(name)
                + " hash");
      }
      return new Item(null, null, null);
    }
    item.allow("id", "version", "kind");
    boolean hash = item.text("id", "").equals("hash");
    if (!item.has("id")) {
      item.wrong("id", "'item' has no 'id', a JSON pointer in the item, or hash");
    }
    if (hash && pages.byLastItem()) {
      item.wrong("id", "'pages' names no cursor, so the id of the last item is it: not hash");
    }
    if (hash && item.has("version")) {
      item.wrong("version", "'item.version' has no meaning beside id: hash");
    }
    String kind = item.text("kind", "");
    return new Item(
        hash ? null : item.value("id", null, ReadsSection::pointer),
        item.value("version", null, ReadsSection::pointer),
        kind.startsWith("/") ? JsonPointer.compile(kind) : null);
  }

  // item: {kind: ..} is a pointer or the kind itself; a source's own kind is always the kind
  // itself.
  private static String kind(Section section) {
    String ofItem = section.section("item").map(item -> item.text("kind", "")).orElse("");
    String own = section.text("kind", ofItem.startsWith("/") ? "" : ofItem);
    return own.startsWith("text:") ? own.substring("text:".length()) : own;
  }

  private static JsonPointer pointer(String text) {
    if (!text.isEmpty() && !text.startsWith("/")) {
      throw Notation.expected(text, "a JSON pointer such as /result/orders, or \"\" for the whole");
    }
    return JsonPointer.compile(text);
  }
}
