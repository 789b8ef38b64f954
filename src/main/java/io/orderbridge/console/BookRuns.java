package io.orderbridge.console;

import io.orderbridge.reconciliation.BreakBook;
import io.orderbridge.reconciliation.ReconciliationBook;
import io.orderbridge.reconciliation.ReportReads;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs and reports as the pages of books show them. */
@Singleton
class BookRuns {
  private static final int MONTH = 7;
  private static final List<String> PARTS =
      List.of("ofPeriod", "carried", "matched", "tolerated", "breaks", "excluded");

  private final BookViews views;
  private final Books books;

  /** What is read for them. */
  @Singleton
  static class Books {
    private final ReconciliationBook reconciliations;
    private final BreakBook breaks;
    private final ReportReads reports;

    Books(ReconciliationBook reconciliations, BreakBook breaks, ReportReads reports) {
      this.reconciliations = reconciliations;
      this.breaks = breaks;
      this.reports = reports;
    }

    ReconciliationBook reconciliations() {
      return reconciliations;
    }

    BreakBook breaks() {
      return breaks;
    }

    ReportReads reports() {
      return reports;
    }
  }

  BookRuns(BookViews views, Books books) {
    this.views = views;
    this.books = books;
  }

  /** A run in a list. */
  Map<String, Object> row(Map<String, Object> run) {
    Map<String, Object> row = new LinkedHashMap<>();
    String from = Told.text(run, "from");
    String to = Told.text(run, "to");
    row.put("id", run.get("id"));
    row.put("from", from);
    row.put("to", to);
    row.put("period", from.equals(to) ? from : from + " – " + to);
    row.put("month", from.length() < MONTH ? "" : from.substring(0, MONTH));
    row.put("version", run.get("version"));
    row.put("final", Boolean.TRUE.equals(run.get("final")));
    row.put("missing", Told.texts(run.get("missing")));
    row.put("made", views.time(run.get("madeAt")));
    row.put("reason", views.word("books_reason_", run.get("reason")));
    Map<String, Object> left = Told.map(run.get("left"));
    Map<String, Object> right = Told.map(run.get("right"));
    row.put("matched", count(left, "matched") + " / " + count(right, "matched"));
    row.put("unmatched", count(left, "breaks") + " / " + count(right, "breaks"));
    row.put("isOff", !count(left, "breaks").equals("0") || !count(right, "breaks").equals("0"));
    row.put("gap", views.sums(run.get("gap")));
    row.put("leftSums", sums(left));
    row.put("rightSums", sums(right));
    return row;
  }

  private static String count(Map<String, Object> side, String part) {
    return Told.text(Told.map(side.get(part)), "entries");
  }

  private List<Map<String, Object>> sums(Map<String, Object> side) {
    return views.sums(Told.map(side.get("ofPeriod")).get("sums"));
  }

  /** A run that is under way or was not kept. */
  Map<String, Object> attempt(Map<String, Object> run) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", run.get("id"));
    row.put("period", Told.text(run, "from"));
    row.put("state", views.word("books_run_", run.get("state")));
    row.put("failed", "FAILED".equals(run.get("state")));
    row.put("phase", Told.text(run, "phase"));
    row.put("done", run.get("done"));
    row.put("total", run.get("total"));
    row.put("rest", Told.text(run, "remainingSeconds"));
    row.put("since", views.time(run.get("startedAt")));
    row.put("problem", Told.text(run, "problem"));
    return row;
  }

  /** Where every entry of a run ended, side by side. */
  List<Map<String, Object>> parts(Map<String, Object> run) {
    List<Map<String, Object>> rows = new ArrayList<>();
    Map<String, Object> left = Told.map(run.get("left"));
    Map<String, Object> right = Told.map(run.get("right"));
    for (String part : PARTS) {
      rows.add(
          Map.of(
              "name",
              views.say("books_part_" + part),
              "left",
              count(left, part),
              "leftSums",
              views.sums(Told.map(left.get(part)).get("sums")),
              "right",
              count(right, part),
              "rightSums",
              views.sums(Told.map(right.get(part)).get("sums"))));
    }
    return rows;
  }

  /**
   * The gap split into its causes, one picture and table per currency.
   *
   * @param place where the report lies
   */
  void gap(Map<String, Object> model, ReportReads.Which which, Place place) {
    Map<String, Object> report = books.reports().waterfalls(which);
    model.put("api", place.api());
    model.put("reports", place.reports());
    model.put("and", place.query().isEmpty() ? "?" : place.query() + "&");
    model.put("gapDays", Told.texts(report.get("daysWithoutRun")));
    model.put("reportFinal", report.get("final"));
    model.put(
        "figures",
        Told.list(report.get("definitions")).stream()
            .map(
                one ->
                    Map.of(
                        "name",
                        Told.text(one, "name"),
                        "title",
                        views.in(one.get("title")),
                        "version",
                        one.get("version"),
                        "draft",
                        one.get("draft")))
            .toList());
    model.put(
        "waterfalls", Told.list(report.get("waterfalls")).stream().map(this::waterfall).toList());
  }

  /**
   * Where a report lies.
   *
   * @param api its address in the API
   * @param page address of the page that shows it
   * @param reports where its tables and bars are shown
   * @param query of the one in the API, with {@code ?}; empty for none
   */
  record Place(String api, String page, String reports, String query) {
    static Place run(long id) {
      return new Place(
          "/api/reconciliations/runs/" + id,
          BookViews.HOME + "/runs/" + id,
          BookViews.HOME + "/reports/runs/" + id,
          "");
    }

    static Place month(String name, String month) {
      String page = BookViews.HOME + "/reports/months/" + name + "/" + month;
      return new Place("/api/reconciliations/" + name, page, page, "?month=" + month);
    }
  }

  private Map<String, Object> waterfall(Map<String, Object> one) {
    Map<String, Object> row = new LinkedHashMap<>();
    String currency = Told.text(one, "currency");
    Map<String, Object> left = Told.map(one.get("left"));
    Map<String, Object> right = Told.map(one.get("right"));
    row.put("currency", currency);
    row.put("unit", currency.isEmpty() ? views.say("books_pieces") : currency);
    row.put("left", Told.text(left, "total"));
    row.put("leftTitle", views.in(left.get("title")));
    row.put("right", Told.text(right, "total"));
    row.put("rightTitle", views.in(right.get("title")));
    row.put("gap", Told.text(one, "gap"));
    row.put("percent", Told.text(one, "percent"));
    row.put("breach", one.get("breach"));
    row.put(
        "bars",
        Told.list(one.get("bars")).stream()
            .map(
                bar ->
                    Map.of(
                        "id",
                        Told.text(bar, "id"),
                        "text",
                        views.in(bar.get("text")),
                        "items",
                        bar.get("items"),
                        "gap",
                        Told.text(bar, "gap")))
            .toList());
    return row;
  }
}
