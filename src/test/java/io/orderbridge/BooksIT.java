package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two books as people reconcile them: files in, runs, reports and breaks out, by HTTP. */
@Tag("R40")
@Tag("R48")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class BooksIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String RUN = "/api/reconciliations/till/runs?day=";
  private static final int MANY = 30_000;
  private static final int MISSING_EVERY = 10;

  private Product product;

  @BeforeAll
  void start(@TempDir Path folder) {
    product = new Product(folder).database(TestDatabase.freshUrl());
    Product.copy(Path.of("mappings/rules"), product.mappings().resolve("rules"));
    Product.copy(Path.of("mappings/definitions"), product.mappings().resolve("definitions"));
    product.write("routes/till/connection.yaml", connection());
    product.write(
        "mappings/reconciliations/till.yaml",
        """
        title: {zh: 收银对账, en: Tills against the bank}
        left: {title: {zh: 收银, en: tills}, books: [till/sales], basis: PAID, counts: turnover}
        right: {title: {zh: 银行, en: bank}, books: [till/bank], basis: PAID}
        tolerance: {percent: 0.5}
        """);
    product.start();
  }

  private static String connection() {
    String book =
        """
          %s:
            table: list
            keys: [no]
            amounts: [{column: amount, currency: CNY}]
            status: {codes: {}, column: status}
            times: {paid: {column: paid}}
        """;
    return """
    description: Tills and their bank
    tables:
      list: {format: csv, header: [no, amount], numbers: [amount]}
    books:
    """
        + book.formatted("sales")
        + book.formatted("bank");
  }

  @AfterAll
  void stop() {
    product.close();
  }

  private void upload(String book, String day, String lines) {
    HttpResponse<String> answer =
        product.post(
            "/api/books/till/%s/snapshots?day=%s".formatted(book, day),
            ("no,amount,status,paid\n" + lines).getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "text/csv");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String line(String no, String amount, String day) {
    return "%s,%s,PAID,%s 12:00:00\n".formatted(no, amount, day);
  }

  private JsonNode run(String day) {
    HttpResponse<String> answer = product.post(RUN + day, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Product.read(answer.body());
  }

  private JsonNode two(String day) {
    upload("sales", day, line("A-1", "100.00", day) + line("A-2", "100.00", day));
    upload("bank", day, line("A-1", "100.00", day) + line("A-2", "99.00", day));
    return run(day);
  }

  @Test
  void a_gap_is_named_to_the_cent_and_a_run_again_is_the_run_that_is_there() {
    String day = "2026-10-05";

    JsonNode made = two(day);
    JsonNode again = run(day);
    JsonNode proved = Product.read(product.post(RUN + day + "&as-of=1", "").body());
    JsonNode items =
        product.json("/api/reconciliations/runs/%d/items".formatted(made.path("id").asLong()));

    assertThat(made.path("final").asBoolean()).isTrue();
    assertThat(items.path("items")).hasSize(1);
    assertThat(items.path("items").get(0).path("class").asText()).isEqualTo("AMOUNT");
    assertThat(again.path("id")).isEqualTo(made.path("id"));
    assertThat(again.path("made").asBoolean()).isFalse();
    assertThat(proved.path("same").asBoolean()).as(proved.toString()).isTrue();
    assertThat(
            product
                .rows()
                .texts("select code, item from finding where kind = 'BOOKS' and subject = 'till'"))
        .contains("AMOUNT|A-2");
    assertThat(product.get("/api/tickets").body()).contains("A-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "report.xlsx",
        "sales.csv",
        "receipts.csv",
        "differences.csv",
        "waterfall",
        "waterfall.svg",
        "items.csv",
        "entries/A-2",
        "items?class=AMOUNT"
      })
  void a_report_made_again_is_the_same_bytes(String what) {
    String day = "2026-10-06";
    String path = "/api/reconciliations/runs/%d/%s".formatted(two(day).path("id").asLong(), what);

    HttpResponse<String> first = product.get(path);
    HttpResponse<String> second = product.get(path);

    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void a_run_that_is_killed_leaves_nothing_and_is_made_once() {
    String day = "2026-10-07";
    StringBuilder sales = new StringBuilder();
    StringBuilder bank = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      sales.append(line("K-" + i, "1.00", day));
      bank.append(i % MISSING_EVERY == 0 ? "" : line("K-" + i, "1.00", day));
    }
    upload("sales", day, sales.toString());
    upload("bank", day, bank.toString());

    CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> product.post(RUN + day, ""));
    Await.until(
        "the run is under way",
        SOON,
        () -> product.rows().number("select count(*) from book_run_attempt") > 0);
    product.killHard();
    try {
      asked.join();
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(UncheckedIOException.class);
    }
    assertThat(product.rows().number(runs(day))).isZero();
    product.start();

    JsonNode made = run(day);
    run(day);

    assertThat(product.rows().number(runs(day))).isEqualTo(1);
    assertThat(made.at("/left/breaks/entries").asInt()).isEqualTo(MANY / MISSING_EVERY);
    assertThat(product.rows().number("select count(*) from book_break where key like 'K-%'"))
        .isEqualTo(MANY / MISSING_EVERY);
  }

  private static String runs(String day) {
    return "select count(*) from books.run where period_from = '%s'".formatted(day);
  }
}
