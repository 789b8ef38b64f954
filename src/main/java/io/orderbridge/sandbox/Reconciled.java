package io.orderbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The third story of the demo: the books agree. What customers paid is set against what the payment
 * systems say, a bill that is asked for and a file that is dropped; some differences are planted.
 * Everything that it tells is read back from the product.
 */
final class Reconciled {
  // From then on the bill of the day before is final; before that the day is not over for anybody.
  private static final Duration BILLED = Duration.ofHours(10).plusMinutes(10);
  private static final String BREAKS = "/api/breaks?reconciliation=%s&limit=1000";

  private final Words words;
  private final Product product;
  private final Callbacks callbacks;
  private final Path folder;
  private final LocalDate day;
  private Planted planted = new Planted(List.of(), "");
  private Map<String, Long> fees = Map.of();
  private JsonNode run;
  private JsonNode falls;
  private List<JsonNode> items = List.of();
  private List<JsonNode> breaks = List.of();

  /**
   * @param folder where the shop's settlements are laid
   */
  Reconciled(Words words, Product product, Callbacks callbacks, Path folder, Instant now) {
    this.words = words;
    this.product = product;
    this.callbacks = callbacks;
    this.folder = folder;
    this.day = LocalDate.ofInstant(now.minus(BILLED), Callbacks.BILL_ZONE).minusDays(1);
  }

  /** A time late on the day that is compared: the last one that is over and billed. */
  Instant evening() {
    return day.atTime(23, 0).atZone(Callbacks.BILL_ZONE).toInstant();
  }

  /** From now on the systems know what has to be found. */
  void begin(Planted known) {
    planted = known;
  }

  private List<LocalDate> days() {
    return List.of(day.minusDays(1), day);
  }

  /** Has the payment system's bills fetched: those of before were of a time without orders. */
  void ask() throws IOException, InterruptedException {
    for (LocalDate one : days()) {
      product.ask(
          "/api/sources/%s/read-again".formatted(words.of("books.source")),
          "{\"day\": \"%s\", \"reason\": \"demo\"}".formatted(one));
    }
  }

  /** Whether the bill of the day is a snapshot. */
  boolean billed(List<Story> stories) throws IOException, InterruptedException {
    JsonNode newest =
        product
            .read(
                "/api/books/%s/snapshots?from=%s&to=%s&limit=1"
                    .formatted(words.of("books.bill"), day, day))
            .at("/snapshots/0");
    return stories.stream().noneMatch(Story::elsewhere) || newest.path("entries").asLong() > 0;
  }

  /** Lays down what the shop settles, and has the product's own books taken. */
  void drop(List<Story> stories) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    fees = new TreeMap<>(callbacks.fees(day));
    for (LocalDate one : days()) {
      Settlement settlement = new Settlement(words, one, stories, planted);
      // Whole or not at all, whenever the folder is looked at.
      Path open = Files.writeString(folder.resolve(one + ".part"), settlement.csv());
      Files.move(open, folder.resolve(one + ".csv"), StandardCopyOption.ATOMIC_MOVE);
      if (one.equals(day)) {
        settlement.fees().forEach((currency, fee) -> fees.merge(currency, fee, Long::sum));
      }
      product.ask("/sandbox/books?day=" + one, "");
    }
  }

  /** Whether nothing is missing of either day. */
  boolean complete() throws IOException, InterruptedException {
    for (LocalDate one : days()) {
      for (JsonNode missing : product.read("/api/books/awaited?day=" + one).path("missing")) {
        if (words.below("books.compared.").containsValue(missing.path("book").asText())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Runs both days, the earlier first, and reads what came of it. */
  void compare() throws IOException, InterruptedException {
    String name = words.of("books.reconciliation");
    for (LocalDate one : days()) {
      run = product.ask("/api/reconciliations/%s/runs?day=%s".formatted(name, one), "");
    }
    falls = product.read("/api/reconciliations/runs/%s/waterfall".formatted(id()));
    items = items();
    breaks = list(product.read(BREAKS.formatted(name) + "&state=OPEN").path("breaks"));
  }

  private List<JsonNode> items() throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    JsonNode page;
    do {
      String after = all.isEmpty() ? "0" : all.get(all.size() - 1).path("no").asText();
      page =
          product
              .read(
                  "/api/reconciliations/runs/%s/items?outcome=BREAK&limit=1000&after=%s"
                      .formatted(id(), after))
              .path("items");
      page.forEach(all::add);
    } while (!page.isEmpty());
    return all;
  }

  private String id() {
    return run.path("id").asText();
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all;
  }

  /** One line for each thing that is not as it was planted, and each gap that is not explained. */
  List<String> differences() throws IOException, InterruptedException {
    if (run == null) {
      return List.of("the books were not compared");
    }
    List<JsonNode> ours = new ArrayList<>();
    for (JsonNode item : items) {
      if (!isOfBefore(item.path("key").asText())) {
        ours.add(item);
      }
    }
    return new BooksVerdict(planted, fees).wrong(run, falls, ours);
  }

  // Another demo on the same data has orders of this day too, and its bills are forgotten.
  private boolean isOfBefore(String key) throws IOException, InterruptedException {
    return !planted.all().containsKey(key)
        && planted.stories().stream().noneMatch(story -> story.number().equals(key))
        && product.order(words.of("shop.name"), key).isPresent();
  }

  /** What is told of it; null when it was not played. */
  BooksPage page() {
    return run == null ? null : new BooksPage(run, falls, breaks, planted);
  }
}
