package io.orderbridge.sandbox;

import io.orderbridge.sandbox.Play.Options;
import io.orderbridge.sandbox.Play.Stage;
import io.orderbridge.sandbox.Systems.Arrivals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the demo says at its end: what happened, counted, and where to look. */
final class Summary {
  private static final int DIFFERENCES_SHOWN = 20;

  private final Stage stage;
  private final Options options;
  private final Sent sent;

  /** What is not as it has to be: in the systems, and in the books. */
  record Wrong(List<String> systems, List<String> books) {}

  /** What the partners sent, in their own count. */
  record Sent(Instant since, int letters, int repeats, int forgedRefused, int unknownOrders) {}

  Summary(Stage stage, Options options, Sent sent) {
    this.stage = stage;
    this.options = options;
    this.sent = sent;
  }

  void print(PrintStream out, List<Story> stories, Wrong wrong, Path mappings, Duration passed)
      throws IOException, InterruptedException, SQLException {
    Product.Metrics metrics = stage.product().metrics();
    line(out, "orders", "%d (%s)", stories.size(), endings(stories));
    line(
        out,
        "messages",
        "%d sent in %d s: %d accepted, %d forged ones refused",
        sent.letters(),
        passed.toSeconds(),
        stage.courier().accepted(),
        sent.forgedRefused());
    line(
        out,
        "duplicates dropped",
        "%d at the door (%d were sent twice)",
        metrics.sum("orderbridge_duplicates_dropped_total", "door"),
        sent.repeats());
    deliveries(out);
    toldShop(out);
    line(
        out,
        "retried",
        "%d deliveries, after the ERP was down and busy",
        metrics.sum("orderbridge_retried_total", "outbox"));
    lostCallbacks(out);
    stage.notified().lines(stories).forEach((what, text) -> line(out, what, "%s", text));
    deadLetters(out, mappings);
    out.println();
    out.println("  ALL SYSTEMS EQUAL: " + (wrong.systems().isEmpty() ? "yes" : "no"));
    out.println("    (order book, ERP, WMS and CRM, compared order by order in their own tables;");
    out.println("    every parcel that left told of once, by the count of the vendors)");
    differences(out, wrong.systems());
    books(out, wrong.books());
    if (options.stays()) {
      addresses(out, stories);
    }
  }

  private void books(PrintStream out, List<String> wrong) {
    BooksPage page = stage.reconciled().page();
    if (page != null) {
      page.print(out);
      out.println();
      out.println("  BOOKS EXPLAINED TO THE CENT: " + (wrong.isEmpty() ? "yes" : "no"));
      out.println(
          "    (held against what was planted and kept as fees; causes have to add up to each"
              + " gap)");
    }
    differences(out, wrong);
  }

  private static void differences(PrintStream out, List<String> all) {
    if (!all.isEmpty()) {
      out.printf("%d differences, the first:%n", all.size());
      all.stream().limit(DIFFERENCES_SHOWN).forEach(line -> out.println("  " + line));
    }
  }

  private void deliveries(PrintStream out) throws SQLException {
    for (Map.Entry<String, Arrivals> target : stage.systems().arrivals(sent.since()).entrySet()) {
      Arrivals came = target.getValue();
      line(
          out,
          "deliveries " + target.getKey(),
          "%d taken, %d of them twice; %d requests (counted at the receiver)",
          came.taken(),
          came.again(),
          came.arrived());
    }
  }

  private void toldShop(PrintStream out) {
    line(
        out,
        "told the shop",
        "%d parcels by its own API, %d of them asked twice",
        stage.shop().effects().size(),
        stage.shop().effects().stream().filter(effect -> (int) effect.get("times") > 1).count());
  }

  private void lostCallbacks(PrintStream out) throws IOException, InterruptedException {
    Set<String> lost = stage.callbacks().lost();
    if (lost.isEmpty()) {
      return;
    }
    int repaired = 0;
    for (String number : lost) {
      // Without its payment an order stays as it was created.
      repaired +=
          stage
              .product()
              .order(stage.words().of("shop.name"), number)
              .filter(order -> !order.path("status").asText().equals(Story.End.UNPAID.status()))
              .map(order -> 1)
              .orElse(0);
    }
    line(
        out,
        "callbacks lost",
        "%d, repaired by payment verification: %d, left: %d",
        lost.size(),
        repaired,
        lost.size() - repaired);
  }

  private static String endings(List<Story> stories) {
    return stories.stream()
        .collect(
            Collectors.groupingBy(
                story -> story.end().status(), TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(ending -> ending.getValue() + " " + ending.getKey())
        .collect(Collectors.joining(", "));
  }

  private void deadLetters(PrintStream out, Path mappings)
      throws IOException, InterruptedException {
    Map<String, Integer> letters = stage.product().deadLetters(sent.since());
    int all = letters.values().stream().mapToInt(Integer::intValue).sum();
    line(out, "dead letters", "%d", all);
    letters.forEach((cause, count) -> out.printf("    %6d  %s%n", count, cause));
    Words words = stage.words();
    boolean expected =
        letters.keySet().stream().anyMatch(key -> key.endsWith(words.of("broken.cause")));
    if (!expected) {
      return;
    }
    out.printf(
        "    %d orders of the shop %s cannot be applied: no code table knows it.%n",
        sent.unknownOrders(), words.of("broken.domain"));
    out.println("    Mend the table while it runs, then replay what failed by this cause:");
    out.printf(
        "      echo '%s,%s' >> %s%n",
        words.of("broken.domain"),
        words.of("broken.shop"),
        mappings.resolve(words.of("broken.table")));
    out.printf(
        "      sleep 3; curl -H 'Content-Type: application/json'"
            + " -d '{\"filter\":{\"cause\":\"%s\"}}' %s/api/dead-letters/replay%n",
        words.of("broken.cause"), options.base());
  }

  private void addresses(PrintStream out, List<Story> stories) {
    String base = options.base();
    out.println();
    out.println("  Look around; Ctrl-C ends it.");
    address(out, "door", "POST " + base + "/in/{connection}");
    if (!stories.isEmpty()) {
      String order =
          "/orders/%s/%s"
              .formatted(stage.words().of("shop.name"), stories.get(stories.size() - 1).number());
      address(out, "an order", base + "/api" + order);
      address(out, "in the systems", base + "/sandbox" + order);
    }
    if (stage.reconciled().page() != null) {
      stage.reconciled().page().addresses(out, base);
    }
    address(out, "change feed", base + "/api/changes");
    address(out, "dead letters", base + "/api/dead-letters");
    address(out, "API", base + "/q/openapi");
    address(out, "health", base + "/q/health");
    address(out, "metrics", base + "/q/metrics");
    address(
        out,
        "faults",
        "curl -H 'Content-Type: application/json' -d"
            + " '{\"system\":\"erp\",\"kind\":\"down\",\"seconds\":20}' "
            + base
            + "/sandbox/faults");
    out.println();
  }

  private static void address(PrintStream out, String what, String where) {
    out.printf("    %-15s %s%n", what, where);
  }

  private static void line(PrintStream out, String what, String text, Object... values) {
    out.printf("  %-20s %s%n", what, text.formatted(values));
  }
}
