package io.orderbridge.reconciliation;

import io.orderbridge.books.Basis;
import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Line;
import io.orderbridge.books.Tolerance;
import io.orderbridge.books.Unmatched;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.Reconciliation.Compare;
import io.orderbridge.reconciliation.Reconciliation.Every;
import io.orderbridge.reconciliation.Reconciliation.Pass;
import io.orderbridge.reconciliation.Reconciliation.Side;
import io.orderbridge.reconciliation.Reconciliation.Tally;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A reconciliation of October 2026, entries for it, and what the judge says of them. */
final class Court {
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final LocalDate FROM = LocalDate.of(2026, 10, 1);
  static final LocalDate TO = LocalDate.of(2026, 10, 31);
  static final LocalDate MIDDLE = LocalDate.of(2026, 10, 15);
  static final long LEFT = 1;
  static final long RIGHT = 2;

  Tally tally = Tally.NET;
  Compare compare = Compare.AMOUNT;
  Tolerance tolerance = Tolerance.either(0, new BigDecimal("0.5"));
  int settles = 3;
  List<Pass> passes = List.of();
  List<HandLink> links = List.of();

  Reconciliation reconciliation() {
    Wording title = new Wording("对账", "reconciliation");
    return new Reconciliation(
        "shop",
        title,
        Every.MONTH,
        SHANGHAI,
        new Side(title, List.of("shop/orders"), Basis.PAID, null),
        new Side(title, List.of("bank/bill"), Basis.SETTLED, null),
        compare,
        tally,
        tolerance,
        settles,
        passes,
        "finance",
        "");
  }

  /** Of both sides, grouped by key as the books give them away. */
  List<Item> judge(List<Line> lines) {
    List<Item> items = new ArrayList<>();
    Judge judge = new Judge(reconciliation(), FROM, TO, links, items::add);
    group(lines).forEach(judge::take);
    judge.finish();
    items.sort(
        Comparator.comparing(Item::kind)
            .thenComparing(Item::key)
            .thenComparing(item -> first(item)));
    return items;
  }

  /**
   * As a run of a day has it: what belongs to the day is what its snapshots hold, and is carried.
   */
  static Line everyDay(Line line) {
    return new Line(
        line.snapshot(),
        line.place(),
        line.key(),
        line.kind(),
        line.minor(),
        line.currency(),
        line.quantity(),
        line.status(),
        line.times(),
        true,
        line.labels());
  }

  private static String first(Item item) {
    return (item.left().isEmpty() ? "R" : "L")
        + (item.left().isEmpty() ? item.right() : item.left()).get(0).place();
  }

  static List<Unmatched> group(List<Line> lines) {
    Map<String, List<Line>> left = new TreeMap<>();
    Map<String, List<Line>> right = new TreeMap<>();
    for (Line line : lines) {
      (line.snapshot() == LEFT ? left : right)
          .computeIfAbsent(line.key(), key -> new ArrayList<>())
          .add(line);
    }
    Map<String, Unmatched> groups = new TreeMap<>();
    left.forEach(
        (key, some) ->
            groups.put(key, new Unmatched(key, some, right.getOrDefault(key, List.of()))));
    right.forEach((key, some) -> groups.putIfAbsent(key, new Unmatched(key, List.of(), some)));
    return List.copyOf(groups.values());
  }

  static Draft left(String key) {
    return new Draft(LEFT, key);
  }

  static Draft right(String key) {
    return new Draft(RIGHT, key);
  }

  /** An entry of the middle of the month, of no amount yet. */
  static final class Draft {
    private final long snapshot;
    private final String key;
    private int place;
    private EntryKind kind;
    private Long minor;
    private String currency = "CNY";
    private Long quantity;
    private String status = "";
    private Instant at = MIDDLE.atTime(12, 0).atZone(SHANGHAI).toInstant();
    private String shop;
    private String ref;
    private String converted;

    private Draft(long snapshot, String key) {
      this.snapshot = snapshot;
      this.key = key;
    }

    Draft place(int place) {
      this.place = place;
      return this;
    }

    Draft kind(EntryKind kind) {
      this.kind = kind;
      return this;
    }

    Draft fen(long minor) {
      this.minor = minor;
      return this;
    }

    Draft currency(String currency) {
      this.currency = currency;
      return this;
    }

    Draft pieces(long quantity) {
      this.quantity = quantity;
      return this;
    }

    Draft status(String status) {
      this.status = status;
      return this;
    }

    Draft day(LocalDate day) {
      return at(day.atTime(12, 0).atZone(SHANGHAI).toInstant());
    }

    Draft at(Instant at) {
      this.at = at;
      return this;
    }

    Draft shop(String shop) {
      this.shop = shop;
      return this;
    }

    Draft ref(String... refs) {
      this.ref = String.join("\u001f", refs);
      return this;
    }

    /** So many of another currency at a rate, as a conversion tells it. */
    Draft converted(String told) {
      this.converted = told + " 2026-10-15 ecb";
      return this;
    }

    Line line() {
      LocalDate day = at == null ? null : at.atZone(SHANGHAI).toLocalDate();
      return new Line(
          snapshot,
          place,
          key,
          kind,
          minor,
          minor == null ? null : currency,
          quantity,
          status,
          at == null ? Map.of() : Map.of(snapshot == LEFT ? Basis.PAID : Basis.SETTLED, at),
          day == null || !day.isBefore(FROM) && !day.isAfter(TO),
          shop == null && ref == null && converted == null
              ? null
              : new Line.Labels(shop, null, ref, converted));
    }
  }
}
