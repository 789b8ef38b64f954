package io.orderbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the demo prints of a run: both totals, each cause of the gap, breaks, where to look. */
record BooksPage(JsonNode run, JsonNode falls, List<JsonNode> breaks, Planted planted) {
  private static final String ROW = "    %-34s %8s %16s%n";

  void print(PrintStream out) {
    out.println();
    out.printf(
        "  %-20s %s of %s, run %s, version %s, %s%n",
        "books compared",
        falls.at("/title/en").asText(),
        falls.path("to").asText(),
        run.path("id").asText(),
        run.path("version").asText(),
        run.path("final").asBoolean() ? "final" : "provisional: waits for " + run.path("missing"));
    falls.path("waterfalls").forEach(fall -> fall(out, fall));
    out.println();
    out.printf(
        "  %-20s %d, of which planted %d; the fees are no break%n",
        "open breaks", breaks.size(), breaks.stream().filter(this::isPlanted).count());
    for (JsonNode one : breaks.stream().filter(this::isPlanted).toList()) {
      String key = one.path("key").asText();
      out.printf(
          "    %-34s %25s  %s  (%s)%n",
          one.at("/title/en").asText(),
          one.path("gap").asText() + " " + one.path("currency").asText(),
          key,
          planted.all().get(key).kind().text());
    }
  }

  private boolean isPlanted(JsonNode one) {
    return planted.all().containsKey(one.path("key").asText());
  }

  private static void fall(PrintStream out, JsonNode fall) {
    String currency = fall.path("currency").asText();
    out.println();
    out.printf(ROW, fall.at("/left/title/en").asText(), "", total(fall, "left") + " " + currency);
    out.printf(ROW, fall.at("/right/title/en").asText(), "", total(fall, "right") + " " + currency);
    String percent = fall.path("percent").asText("");
    out.printf(
        ROW,
        "gap" + (percent.isEmpty() ? "" : ", %s %%".formatted(percent)),
        "",
        fall.path("gap").asText() + " " + currency);
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode bar : fall.path("bars")) {
      String items = bar.path("items").asText();
      sum = sum.add(BooksVerdict.decimal(bar.path("gap")));
      out.printf(
          ROW,
          "  " + bar.at("/text/en").asText(),
          items.equals("0") ? "" : items + " x",
          bar.path("gap").asText() + " " + currency);
    }
    out.printf(ROW, "  together", "", sum.toPlainString() + " " + currency);
  }

  private static String total(JsonNode fall, String side) {
    return fall.path(side).path("total").asText();
  }

  /** Where it can be looked at. */
  void addresses(PrintStream out, String base) {
    String of = base + "/api/reconciliations/runs/" + run.path("id").asText();
    address(out, "a run", of);
    address(out, "its workbook", of + "/report.xlsx");
    StreamSupport.stream(falls.path("waterfalls").spliterator(), false)
        .map(fall -> fall.path("currency").asText())
        .forEach(
            currency ->
                address(out, "waterfall " + currency, of + "/waterfall.svg?currency=" + currency));
    breaks.stream()
        .reduce((one, other) -> other)
        .ifPresent(one -> address(out, "a break", base + "/api/breaks/" + one.path("id").asText()));
  }

  private static void address(PrintStream out, String what, String where) {
    out.printf("    %-15s %s%n", what, where);
  }
}
