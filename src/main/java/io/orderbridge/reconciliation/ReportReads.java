package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Wording;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reports as people read them on a screen: the gap split into its causes, the items of a bar, and
 * the three tables part by part. Amounts are exact decimal text. Reads only. Thread-safe.
 */
@Singleton
public class ReportReads {
  private static final int ITEMS_MAX = 1_000;

  private final Reports reports;

  ReportReads(Reports reports) {
    this.reports = reports;
  }

  /**
   * Which report: of a run, or of a month.
   *
   * @param run null when it is of a month
   * @param month such as 2026-10; of effect without a run
   */
  public record Which(Long run, String name, String month) {
    public static Which run(long id) {
      return new Which(id, null, null);
    }

    public static Which month(String name, String month) {
      return new Which(null, name, month);
    }
  }

  private Reports.Wanted wanted(Which which) {
    return which.run() == null
        ? ReportAsked.month(reports, which.name(), which.month(), null, null).get().wanted()
        : ReportAsked.run(reports, which.run(), null, null).get().wanted();
  }

  /**
   * The waterfall, one per currency, with runs and definitions.
   *
   * @throws Declined when there is no such run or month, or it is out of date
   */
  public Map<String, Object> waterfalls(Which which) {
    return refusing(() -> waterfalls(wanted(which)));
  }

  /**
   * The first 1,000 items of a bar, and how many there are.
   *
   * @throws Declined as {@link #waterfalls(Which)}
   */
  public Map<String, Object> items(Which which, String bar) {
    return refusing(() -> items(wanted(which), bar));
  }

  Map<String, Object> waterfalls(Reports.Wanted wanted) {
    return ReportViews.waterfalls(reports.totals(wanted));
  }

  Map<String, Object> items(Reports.Wanted wanted, String bar) {
    List<Map<String, Object>> first = new ArrayList<>();
    long[] count = new long[1];
    reports.differences(
        wanted,
        one -> {
          if (one.bar().equals(bar)) {
            count[0]++;
            if (first.size() < ITEMS_MAX) {
              first.add(ReportViews.difference(one));
            }
          }
        });
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("bar", bar);
    view.put("count", count[0]);
    view.put("items", first);
    return view;
  }

  /**
   * A part of one of the three tables.
   *
   * @param headings in the language asked for
   * @param rows cells as texts, numbers, days and times; null for none
   * @param more whether rows follow
   */
  public record Part(String title, List<String> headings, List<Row> rows, boolean more) {}

  /**
   * @param red whether it is a break
   */
  public record Row(List<Object> cells, boolean red) {}

  /**
   * Rows of a table in their order.
   *
   * @param table sales, receipts or differences
   * @param skip so many rows are passed over
   * @throws Declined as {@link #waterfalls(Which)}
   */
  public Part table(Which which, String table, int skip, int most, Locale locale) {
    ReportTable.Kind kind = ReportTable.Kind.valueOf(table.toUpperCase(Locale.ROOT));
    return refusing(
        () -> {
          List<Row> rows = reports.part(wanted(which), kind, locale, skip, most + 1);
          return new Part(
              kind.title().in(locale),
              kind.headings().stream().map(one -> one.text().in(locale)).toList(),
              rows.subList(0, Math.min(most, rows.size())),
              rows.size() > most);
        });
  }

  private static <T> T refusing(java.util.function.Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ReportRefused e) {
      throw new Declined(Kind.CONFLICT, e.wording());
    }
  }

  static Declined noRun(String name, Object month) {
    return new Declined(
        Kind.MISSING, Wording.of("%s 在 %s 没有对账批次", "%s has no run in %s", name, month));
  }
}
