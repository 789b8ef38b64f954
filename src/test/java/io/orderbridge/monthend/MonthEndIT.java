package io.orderbridge.monthend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Await;
import io.orderbridge.Product;
import io.orderbridge.TestDatabase;
import io.orderbridge.books.Rate;
import io.orderbridge.monthend.Said.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged product beside six platforms: it fetches their files by SFTP, from folders and by
 * HTTP, reconciles them day by day, and is asked only what it found. Nobody hands it anything.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class MonthEndIT {
  private static final Path RULES = Path.of("src/test/resources/monthend");
  private static final List<String> NAMES = List.of(Planting.DAILY, Planting.MINI_DAILY);
  private static final String LATE_BOOK = "jd-files/settlement";
  private static final Duration SOON = Duration.ofSeconds(60);
  // A round of the books, one of the reconciliations, and two calls a day at one call a second.
  private static final Duration ALL_IN = Duration.ofSeconds(100);
  // Days that are fetched again.
  private static final long PERIOD = 3;
  private static final Pattern RATES_FILE =
      Pattern.compile("(?ms)^```yaml\n# (routes/rates-file/\\S+)\n(.*?)^```$");

  private final Month month = new Month(new Month.Size(firstSunday(), 8, 3, 1, 20_261_130L));
  private final Rates rates = new Rates(month.size.first(), month.size.end());
  private final Truth truth = Planting.plant(month, rates);
  private final LocalDate first = month.size.first().minusDays(1);
  private final LocalDate changed = month.size.first().plusDays(3);
  private final List<String> books = new ArrayList<>();
  private Places places;
  private Product product;
  private Shown shown;

  // The last of its days is the day before yesterday or earlier, so that all of it is due whatever
  // the hour; what is planted on the third day then falls on a Tuesday.
  private static LocalDate firstSunday() {
    return today().minusDays(12).with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
  }

  private static LocalDate today() {
    return LocalDate.now(io.orderbridge.monthend.Files.SHANGHAI);
  }

  @BeforeAll
  void start(@TempDir Path folder, @TempDir Path there) throws IOException {
    places = new Places(there, month);
    places.lay();
    Path ratesFolder = Files.createDirectories(there.resolve("rates"));
    product = new Product(folder).database(TestDatabase.freshUrl());
    product.setting("quarkus.log.category.\"io.orderbridge\".level", "DEBUG");
    product.environment(places.environment());
    product.environment(Map.of("RATES_FOLDER", ratesFolder.toString()));
    product.systems(Path.of("."), "rules", "definitions", "schedule");
    for (String name : NAMES) {
      String file = name + ".yaml";
      product.write("mappings/reconciliations/" + file, Files.readString(RULES.resolve(file)));
    }
    Matcher block = RATES_FILE.matcher(Files.readString(Path.of("docs/books.md")));
    while (block.find()) {
      product.write(block.group(1), block.group(2));
    }
    for (Platform platform : Platform.values()) {
      books.addAll(List.of(platform.orders, platform.money));
    }
    connections().forEach(this::mapped);
    product.start();
    shown = new Shown(product, first, month.size.end());
    ratesCome(ratesFolder);
    for (String name : connections()) {
      connect(name);
    }
  }

  private List<String> connections() {
    return books.stream().map(book -> book.split("/")[0]).distinct().toList();
  }

  private void mapped(String connection) {
    Product.copy(Path.of("mappings", connection), product.mappings().resolve(connection));
  }

  /** The first start fetches as many days back as the file says. */
  private void connect(String connection) throws IOException {
    String back = "back: " + ChronoUnit.DAYS.between(first, today());
    Path shipped = Path.of("routes", connection);
    String file = Files.readString(shipped.resolve("connection.yaml"));
    boolean bills = connection.equals("wechat-pay");
    String edited = Places.edited(connection, file);
    product.write(
        "routes/%s/connection.yaml".formatted(connection),
        // Its second bill is in no reconciliation here, and each takes a second a day.
        bills ? edited.replaceFirst("back: \\d+", back) : edited.replaceAll("back: \\d+", back));
    try (Stream<Path> routes = Files.list(shipped)) {
      for (Path route : routes.filter(path -> path.toString().endsWith(".camel.yaml")).toList()) {
        product.write(route.toString(), Files.readString(route));
      }
    }
  }

  // Of past days, as docs/books.md says, there is a file in a folder that is watched.
  private void ratesCome(Path folder) throws IOException {
    List<String> lines = new ArrayList<>(List.of("day,base,quote,rate,source"));
    for (LocalDate day = first.minusDays(7);
        !day.isAfter(month.size.end());
        day = day.plusDays(1)) {
      for (Rate rate : rates.told(day)) {
        lines.add(
            "%s,%s,%s,%s,%s"
                .formatted(day, rate.base(), rate.quote(), rate.price(), rate.source()));
      }
    }
    Path beside = Files.write(folder.resolveSibling("rates.csv"), lines);
    Files.move(beside, folder.resolve("rates.csv"));
    Await.until(
        "the rates are there",
        SOON,
        () -> product.rows().number("select count(*) from books_rate") == lines.size() - 1);
  }

  @AfterAll
  void stop() {
    product.close();
    places.close();
  }

  @Test
  @Tag("R37")
  @Tag("R42")
  @Tag("R43")
  @Tag("R44")
  @Tag("R45")
  @Tag("R46")
  @Tag("R48")
  @Tag("R49")
  void six_platforms_are_fetched_and_reconciled_and_a_late_file_restates_what_it_changes() {
    Await.asserted(ALL_IN, this::everyDayIsFinal);
    everyDifferenceIsFoundAndNothingElse();
    everyReportFoots();
    whatIsNotThereIsNamed();

    Map<String, Map<LocalDate, JsonNode>> runs = runs();
    List<JsonNode> snapshots = shown.snapshots(books);
    aPeriodIsFetchedAgain();
    assertThat(shown.snapshots(books))
        .as("the same files are the same snapshots")
        .isEqualTo(snapshots);

    Money wrong = aFileChangesLate();
    onlyWhatCameAfterItIsRestated(runs);
    onlyItsSnapshotHasAnotherVersion(snapshots);
    List<String> found = new ArrayList<>(planted(Planting.DAILY));
    found.add("%s,%s,AMOUNT,%d".formatted(Planting.DAILY, wrong.number(), -wrong.minor()));
    assertThat(shown.breaks(Planting.DAILY)).containsExactlyInAnyOrderElementsOf(found);
    assertThat(shown.breaks(Planting.MINI_DAILY)).isEqualTo(planted(Planting.MINI_DAILY));
    nothingIsToldThatIsNobodysBusiness();
  }

  private void everyDayIsFinal() {
    for (String name : NAMES) {
      Map<LocalDate, JsonNode> runs = shown.runs(name);
      assertThat(runs.keySet()).as(name).containsAll(days());
      long before = 0;
      for (JsonNode run : runs.values()) {
        assertThat(run.path("final").asBoolean()).as(run.toString()).isTrue();
        assertThat(run.path("carriedFrom").asLong()).as(run.toString()).isEqualTo(before);
        before = run.path("id").asLong();
      }
    }
  }

  private List<LocalDate> days() {
    return first.datesUntil(month.size.end().plusDays(1)).toList();
  }

  private Map<String, Map<LocalDate, JsonNode>> runs() {
    Map<String, Map<LocalDate, JsonNode>> runs = new TreeMap<>();
    NAMES.forEach(name -> runs.put(name, shown.runs(name)));
    return runs;
  }

  private void everyDifferenceIsFoundAndNothingElse() {
    for (String name : NAMES) {
      assertThat(truth.counts(name).size()).as("classes that were planted").isGreaterThan(4);
      assertThat(shown.breaks(name)).isEqualTo(planted(name));
    }
    assertThat(shown.snapshots(books))
        .as("every row of every file is in its snapshot, and each file was taken once")
        .hasSize(books.size() * days().size())
        .allMatch(one -> one.path("putAside").asInt() == 0)
        .allMatch(one -> one.path("version").asInt() == 1);
    assertThat(shown.deadLetters()).isEmpty();
  }

  /** A row that comes twice by name is one; of files, nobody can know. */
  private List<String> planted(String name) {
    Set<String> once = new TreeSet<>();
    List<String> twice =
        month.orders.stream()
            .filter(order -> order.platform() == Platform.MINI_SHOP)
            .map(Said.Order::number)
            .filter(number -> !once.add(number))
            .toList();
    assertThat(twice).hasSize(1);
    return truth.lines(name).stream()
        .filter(line -> !line.contains("," + twice.get(0) + ","))
        .toList();
  }

  private void everyReportFoots() {
    for (Map<LocalDate, JsonNode> runs : runs().values()) {
      for (JsonNode run : runs.values()) {
        assertThat(shown.remainders(run)).allMatch(rest -> rest.signum() == 0);
      }
      JsonNode run = runs.get(changed);
      assertThat(shown.remainders(run)).isNotEmpty();
      assertThat(shown.sheets(run))
          .containsExactly(
              "Overview", "Waterfall", "Sales summary", "Receipts detail", "Difference list");
    }
  }

  /** Nobody has laid a file there for the day after the last. */
  private void whatIsNotThereIsNamed() {
    List<String> files =
        books.stream()
            .filter(book -> !book.equals(Platform.MINI_SHOP.orders))
            .filter(book -> !book.equals(Platform.MINI_SHOP.money))
            .toList();
    assertThat(shown.missing(month.size.end().plusDays(1))).containsAll(files);
    assertThat(shown.missing(month.size.end())).doesNotContainAnyElementsOf(books);
  }

  private void aPeriodIsFetchedAgain() {
    Instant asked = Instant.now();
    long pages = places.servers.asked("/orders?");
    books.forEach(book -> shown.readAgain(book, changed, changed.plusDays(PERIOD - 1)));
    for (String book : books) {
      Await.asserted(
          ALL_IN, () -> assertThat(shown.provedSince(book, asked)).as(book).isEqualTo(PERIOD));
    }
    assertThat(places.servers.asked("/orders?")).isEqualTo(pages + PERIOD);
  }

  /** One settlement of the day says twice the amount now. */
  private Money aFileChangesLate() {
    Money wrong = misstated();
    List<Money> rows = new ArrayList<>(month.money(Platform.JD, changed));
    rows.replaceAll(row -> row == wrong ? row.of(row.minor() * 2) : row);
    places.layMoney(Platform.JD, changed, rows);
    shown.readAgain(LATE_BOOK, changed, changed);
    Await.until(
        "the last day is restated",
        ALL_IN,
        () -> {
          JsonNode last = shown.runs(Planting.DAILY).get(month.size.end());
          return last.path("reason").asText().equals("restated")
              && shown.breaks(Planting.DAILY).stream()
                  .anyMatch(line -> line.contains(wrong.number()));
        });
    return wrong;
  }

  /** Of a sale that nothing else is wrong with, settled on its day. */
  private Money misstated() {
    Set<String> planted = new TreeSet<>();
    truth.lines(Planting.DAILY).forEach(line -> planted.add(line.split(",")[1]));
    return month.orders(Platform.JD, changed).stream()
        .filter(order -> order.paid() != null && !planted.contains(order.number()))
        .flatMap(order -> month.money(Platform.JD, changed).stream().filter(order::isPaidBy))
        .findFirst()
        .orElseThrow();
  }

  private void onlyWhatCameAfterItIsRestated(Map<String, Map<LocalDate, JsonNode>> before) {
    everyDayIsFinal();
    runs()
        .get(Planting.DAILY)
        .forEach(
            (day, run) -> {
              JsonNode was = before.get(Planting.DAILY).get(day);
              if (day.isBefore(changed)) {
                assertThat(run).isEqualTo(was);
              } else {
                assertThat(run.path("version").asInt()).isEqualTo(was.path("version").asInt() + 1);
                assertThat(run.path("reason").asText()).isEqualTo("restated");
              }
            });
    assertThat(runs().get(Planting.MINI_DAILY)).isEqualTo(before.get(Planting.MINI_DAILY));
  }

  private void onlyItsSnapshotHasAnotherVersion(List<JsonNode> before) {
    List<JsonNode> now = new ArrayList<>(shown.snapshots(books));
    assertThat(now).containsAll(before);
    now.removeAll(before);
    assertThat(now).hasSize(1);
    assertThat(now.get(0).path("book").asText()).isEqualTo(LATE_BOOK);
    assertThat(now.get(0).path("day").asText()).isEqualTo(changed.toString());
    assertThat(now.get(0).path("version").asInt()).isEqualTo(2);
    for (String book : books) {
      assertThat(shown.verified(book).path("stands").asBoolean()).as(book).isTrue();
    }
  }

  private void nothingIsToldThatIsNobodysBusiness() {
    String log = product.log();
    assertThat(log).contains("window.read source=" + LATE_BOOK);
    for (String word : places.unspeakable()) {
      assertThat(log.contains(word)).as("the log tells %s", word).isFalse();
    }
  }
}
