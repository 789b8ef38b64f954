package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files are edited while orders flow: good ones take effect at once, bad ones never. */
@Tag("R82")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class ReloadIT {
  private static final Duration EFFECT_MAX = Duration.ofSeconds(5);
  private static final Duration SETTLED_MAX = Duration.ofSeconds(30);

  private final Ledger ledger = new Ledger("ledger");
  private String database;
  private Product product;

  @BeforeAll
  void start(@TempDir Path folder) {
    database = TestDatabase.freshUrl();
    product = new Product(folder).database(database);
    OpenDoor.addTo(product, "stream");
    ledger.addTo(product);
    product.start();
  }

  @AfterAll
  void stop() {
    product.close();
    ledger.close();
  }

  @Test
  void every_kind_of_broken_edit_is_refused_by_file_and_line_while_orders_flow() {
    // Given
    Map<String, List<String>> edits = brokenEdits();
    try (OrderStream stream = OrderStream.of("refused-", "stream", 2, product)) {
      // When
      edits.forEach((what, edit) -> refuses(what, edit.get(0), edit.get(1), edit.get(2)));

      // Then
      nothingIsLost(stream);
    }
  }

  // What is wrong, in which file, with which text, and what the file should be.
  private Map<String, List<String>> brokenEdits() {
    String route = ledger.routePath();
    String good = ledger.routeFile();
    Map<String, List<String>> edits = new LinkedHashMap<>();
    edits.put("syntax error", List.of(route, good.replace("steps:", "steps: ["), good));
    edits.put("unknown step", List.of(route, good.replace("- setHeader:", "- setHaeder:"), good));
    edits.put("unknown component", List.of(route, good.replace("mapping:", "maping:"), good));
    edits.put("bad option", List.of(route, good.replace("httpMethod", "httpMethood"), good));
    edits.put(
        "missing bean", List.of(route, good + "        - bean:\n            ref: nobody\n", good));
    edits.put(
        "half a file", List.of(route, good.substring(0, good.indexOf("output: json") + 3), good));
    edits.put("broken mapping", List.of(ledger.mappingPath(), "{'number': ", Ledger.MAPPING));
    edits.put(
        "broken connection",
        List.of(
            ledger.connectionPath(),
            ledger.connectionFile().replace("owed:", "owes:"),
            ledger.connectionFile()));
    return edits;
  }

  private void refuses(String what, String file, String broken, String good) {
    product.write(file, broken);
    Await.asserted(
        EFFECT_MAX,
        () ->
            assertThat(refused())
                .as(what)
                .anySatisfy(key -> assertThat(key).matches(file + ":[1-9]\\d*")));
    assertThat(product.log()).as(what).containsPattern("reload.refused file=" + file + " line=");
    int before = ledger.requests().size();
    Await.until(what + ": orders flow", EFFECT_MAX, () -> ledger.requests().size() > before + 20);
    assertThat(product.get("/q/health/ready").statusCode()).isEqualTo(200);
    product.write(file, good);
    Await.asserted(EFFECT_MAX, () -> assertThat(refused()).as(what).isEmpty());
  }

  // The files that health names, as file:line.
  private List<String> refused() {
    List<String> files = new ArrayList<>();
    for (JsonNode check : product.json("/q/health/ready").path("checks")) {
      if (check.path("name").asText().equals("routes and mappings")) {
        check.path("data").fieldNames().forEachRemaining(files::add);
      }
    }
    files.remove("refused");
    return files;
  }

  private void nothingIsLost(OrderStream stream) {
    var accepted = stream.end();
    assertThat(accepted).isNotEmpty();
    assertThat(stream.refused()).isZero();
    Await.asserted(
        SETTLED_MAX,
        () -> {
          Set<String> missing = new TreeSet<>(accepted);
          missing.removeAll(ledger.numbers());
          assertThat(missing.size() + " are missing, the first: " + missing.stream().findFirst())
              .startsWith("0 ");
        });
    assertThat(product.rows().number("select count(*) from dead_letter")).isZero();
  }

  @Test
  void good_edits_and_deletions_take_effect_in_seconds_and_lose_nothing() throws IOException {
    // Given
    try (OrderStream stream = OrderStream.of("edited-", "stream", 2, product)) {

      // When / Then: a route, a mapping, a route that goes and comes back.
      product.write(
          ledger.routePath(), ledger.routeFile().replace("expression: one", "expression: two"));
      Await.until("version two", EFFECT_MAX, () -> last("x-version").equals("two"));

      product.write(ledger.mappingPath(), Ledger.MAPPING.replace("'status'", "'state'"));
      Await.until("new mapping", EFFECT_MAX, () -> lastBody().has("state"));

      Files.delete(product.routes().getParent().resolve(ledger.routePath()));
      Await.until(
          "removed",
          EFFECT_MAX,
          () -> product.log().contains("reload.removed file=" + ledger.routePath()));
      int delivered = ledger.requests().size();
      int accepted = stream.accepted();
      Await.until("more orders", EFFECT_MAX, () -> stream.accepted() > accepted + 50);
      assertThat(ledger.requests()).hasSizeLessThan(delivered + 20);

      ledger.addTo(product);
      nothingIsLost(stream);
    }
  }

  private String last(String header) {
    var requests = ledger.requests();
    return requests.isEmpty() ? "" : requests.get(requests.size() - 1).headers().get(header);
  }

  private JsonNode lastBody() {
    var requests = ledger.requests();
    return Product.read(requests.get(requests.size() - 1).body());
  }

  @Test
  @Tag("R10")
  void a_new_rest_system_and_a_new_database_system_are_added_by_files_only() {
    // Given
    new Rows(database, "postgres", "")
        .execute("create schema shelf; create table shelf.box (number text primary key)");
    try (Ledger second = new Ledger("second");
        OrderStream stream = OrderStream.of("added-", "stream", 1, product)) {
      // When
      second.addTo(product);
      addShelf();

      // Then
      Await.until("REST", EFFECT_MAX, () -> second.numbers().size() > 3);
      Await.until(
          "JDBC", EFFECT_MAX, () -> product.rows().number("select count(*) from shelf.box") > 3);
      nothingIsLost(stream);
    }
  }

  private void addShelf() {
    product
        .write(
            "routes/shelf/connection.yaml",
            """
            description: A system that is reached through its database
            database:
              url: "%s"
              user: postgres
              password: none
            owed:
              events: [order.created]
            """
                .formatted(database + "&currentSchema=shelf"))
        .write(
            "routes/shelf/shelf-deliver.camel.yaml",
            """
            - route:
                id: shelf-deliver
                description: A row for every order.
                from:
                  uri: outbox:shelf
                  steps:
                    - setHeader:
                        name: number
                        expression:
                          simple:
                            expression: "${body[data][order][number]}"
                    - setBody:
                        expression:
                          constant:
                            expression: >-
                              insert into box values (:?number) on conflict do nothing
                    - to:
                        uri: jdbc:shelf
                        parameters:
                          useHeadersAsParameters: true
            """);
  }

  @Test
  void a_connection_that_is_deleted_receives_nothing_more() throws IOException {
    // Given
    OpenDoor.addTo(product, "short");
    OrderStream.Message message = OrderStream.created("short", "short-1", Instant.now());
    Await.until("added", EFFECT_MAX, () -> OrderStream.status(product, message) == 200);
    Await.until("applied", EFFECT_MAX, () -> ledger.numbers().contains("short-1"));

    // When
    Files.delete(product.routes().resolve("short/short-receive.camel.yaml"));
    Files.delete(product.routes().resolve("short/connection.yaml"));

    // Then
    Await.until("gone", EFFECT_MAX, () -> OrderStream.status(product, message) == 404);
    assertThat(refused()).isEmpty();
  }
}
