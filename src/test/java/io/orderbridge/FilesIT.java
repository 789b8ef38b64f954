package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files are tried, released and taken back over HTTP, as a page of the console asks. */
@Tag("R55")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(Product.LogOfFailure.class)
class FilesIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  // R55: from save to effect.
  private static final Duration EFFECT_MAX = Duration.ofSeconds(60);
  private static final String MAPPING = "/api/files/mappings/shop/facts.jsonata";
  private static final String ROUTE = "/api/files/routes/shop/shop-receive.camel.yaml";
  private static final String CONNECTION = "/api/files/routes/shop/connection.yaml";
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(bash|text)\\n(.*?)^```$");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path desk;
  private Product product;

  @BeforeAll
  void start(@TempDir Path folder) {
    product = new Product(folder).database(TestDatabase.freshUrl());
    Product.copy(Path.of("mappings/rules"), product.mappings().resolve("rules"));
    OpenDoor.addTo(product, "shop");
    Map.of("wang", "warehouse", "fu", "finance", "cai", "cs", "zhao", "ops", "li", "owner")
        .forEach(
            (name, roles) -> {
              product.setting("orderbridge.api.tokens." + name, "token-of-" + name);
              product.setting("orderbridge.api.roles." + name, roles);
            });
    product.start();
  }

  @AfterAll
  void stop() {
    product.close();
  }

  private void order(String number, String currency) {
    String facts = OpenDoor.facts(number, "1.00", currency, Instant.now().toString());
    byte[] body =
        facts
            .replace("\"details\": {\"currency\": \"CNY\"", "\"details\": {\"currency\": \"%s\"")
            .formatted(currency)
            .getBytes(StandardCharsets.UTF_8);
    assertThat(product.post("/in/shop", body, "X-Id", number).statusCode()).isEqualTo(200);
  }

  private void applied(int orders) {
    Await.until(
        orders + " orders",
        SOON,
        () -> product.rows().number("select count(*) from customer_order") == orders);
  }

  private HttpResponse<String> send(String who, String method, String path, Object body) {
    product.bearer("token-of-" + who);
    try {
      return product.send(
          method,
          path,
          BodyPublishers.ofString(JSON.writeValueAsString(body)),
          "Content-Type",
          "application/json");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private JsonNode read(String who, String path) {
    product.bearer("token-of-" + who);
    return product.json(path);
  }

  private HttpResponse<String> release(String who, String path, String text) {
    String from = read("li", path).path("hash").asText();
    return send(who, "PUT", path, Map.of("text", text, "from", from, "reason", "a test"));
  }

  private static JsonNode body(HttpResponse<String> answer) {
    return Product.read(answer.body());
  }

  @Test
  @Order(1)
  void the_commands_of_the_page_do_what_it_shows() throws IOException {
    order("DOC-1", "CNY");
    applied(1);
    try (Terminal terminal = new Terminal(desk)) {
      assumeTrue(terminal.type("command -v curl && command -v jq").status() == 0, "curl and jq");
      terminal.type("OB=%s; TOKEN=token-of-li".formatted(product.uri("")));
      String page = Files.readString(Path.of("docs/releases.md"));
      List<MatchResult> blocks = BLOCK.matcher(page).results().toList();
      assertThat(blocks).hasSize(8);
      for (int i = 0; i < blocks.size(); i += 2) {
        assertThat(terminal.type(blocks.get(i).group(2)).text())
            .as(blocks.get(i).group(2))
            .isEqualTo(blocks.get(i + 1).group(2));
      }
    }
  }

  @Test
  @Order(2)
  void a_planted_bad_mapping_shows_the_twelve_orders_of_fifty_and_changes_none() {
    for (int i = 1; i <= 50; i++) {
      order("S-" + i, i % 4 == 0 ? "USD" : "CNY");
    }
    applied(51);
    String bad =
        "/* Bad. */ details.currency = 'USD' ? $merge([$, {'details': $merge([details,"
            + " {'total': '0.00'}])}]) : $";

    JsonNode replay =
        body(send("zhao", "POST", MAPPING + "/shadow", Map.of("text", bad))).path("replay");

    assertThat(replay.path("looked").asInt()).isEqualTo(50);
    assertThat(replay.path("differ").asInt()).isEqualTo(12);
    assertThat(replay.path("orders")).hasSize(12);
    order("S-AFTER", "USD");
    applied(52);
    assertThat(
            product
                .rows()
                .number("select count(*) from customer_order where state::text like '%0.00%'"))
        .isZero();
  }

  @Test
  @Order(3)
  void a_new_field_is_in_force_well_under_a_minute_after_it_was_saved_and_one_call_goes_back() {
    Instant saved = Instant.now();
    JsonNode answer =
        body(
            release(
                "li",
                MAPPING,
                "/* With a tag. */ $merge([$, {'details': $merge([details,"
                    + " {'tags': {'planted': 'yes'}}])}])"));
    order("TAGGED", "CNY");
    Await.until(
        "in effect",
        EFFECT_MAX,
        () ->
            product
                    .rows()
                    .number(
                        "select count(*) from customer_order"
                            + " where number = 'TAGGED' and state::text like '%planted%'")
                == 1);
    Duration took = Duration.between(saved, Instant.now());
    System.out.println("from save to effect: " + took.toMillis() + " ms");

    assertThat(took).isLessThan(EFFECT_MAX);
    assertThat(answer.path("state").asText()).isEqualTo("IN_FORCE");
    JsonNode versions = read("zhao", MAPPING + "/history").path("versions");
    long before = versions.get(1).path("version").asLong();
    JsonNode back =
        body(
            send("li", "POST", MAPPING + "/rollback", Map.of("version", before, "reason", "test")));
    assertThat(back.path("state").asText()).isEqualTo("IN_FORCE");
    assertThat(read("li", MAPPING).path("text").asText()).doesNotContain("planted");
  }

  @Test
  @Order(4)
  void a_route_that_cannot_be_built_is_refused_by_line_and_orders_flow_on() {
    String good = read("li", ROUTE).path("text").asText();
    String bad = good.replace("uri: orders:record", "uri: ordres:record");

    JsonNode tried = body(send("zhao", "POST", ROUTE + "/shadow", Map.of("text", bad)));
    HttpResponse<String> released = release("li", ROUTE, bad);

    assertThat(tried.path("wouldBeTaken").asBoolean()).isFalse();
    assertThat(tried.path("problems").get(0).path("line").asInt()).isPositive();
    assertThat(released.statusCode()).isEqualTo(422);
    assertThat(body(released).path("problems")).isEqualTo(tried.path("problems"));
    assertThat(read("li", ROUTE).path("text").asText()).isEqualTo(good);
    order("FLOWS", "CNY");
    Await.until(
        "flows",
        SOON,
        () ->
            product.rows().number("select count(*) from customer_order where number = 'FLOWS'")
                == 1);
    String described = good.replace("Facts become facts.", "Facts stay facts.");
    assertThat(body(release("li", ROUTE, described)).path("state").asText()).isEqualTo("IN_FORCE");
  }

  @Test
  @Order(5)
  void a_connection_is_released_and_a_literal_secret_is_not() {
    String good = read("li", CONNECTION).path("text").asText();

    HttpResponse<String> secret =
        release("li", CONNECTION, good + "settings:\n  password: hunter2\n");
    assertThat(secret.statusCode()).isEqualTo(422);
    assertThat(secret.body()).contains("${env:NAME}").doesNotContain("hunter2");

    String other = good.replace("Takes order facts", "Takes facts");
    assertThat(body(release("li", CONNECTION, other)).path("state").asText()).isEqualTo("IN_FORCE");
  }

  @Test
  @Order(6)
  void operations_releases_a_tolerance_and_no_mapping_and_the_warehouse_nothing()
      throws IOException {
    String stuck = "/api/files/mappings/rules/stuck.yaml";
    String text = read("zhao", stuck).path("text").asText();

    assertThat(body(release("zhao", stuck, text + "# looked at\n")).path("state").asText())
        .isEqualTo("IN_FORCE");
    assertThat(release("zhao", MAPPING, "$").statusCode()).isEqualTo(403);
    for (String who : List.of("wang", "fu", "cai")) {
      assertThat(send(who, "GET", "/api/files", Map.of()).statusCode()).isEqualTo(403);
      assertThat(release(who, stuck, text).statusCode()).isEqualTo(403);
      assertThat(send(who, "POST", MAPPING + "/shadow", Map.of("text", "$")).statusCode())
          .isEqualTo(403);
    }
    assertThat(send("li", "GET", "/api/files/routes/%2e%2e/connection.yaml", "").statusCode())
        .isIn(400, 404);
  }

  @Test
  @Order(7)
  void a_bad_edit_in_the_folder_is_listed_with_its_refusal_until_it_is_mended() {
    String good = read("li", MAPPING).path("text").asText();
    product.write("mappings/shop/facts.jsonata", "{'number': ");

    Await.asserted(
        SOON,
        () -> {
          JsonNode file = read("zhao", MAPPING);
          assertThat(file.path("state").asText()).isEqualTo("REFUSED");
          assertThat(file.path("problems").get(0).path("line").asInt()).isPositive();
          assertThat(file.path("advice").path("zh").asText()).isNotBlank();
          assertThat(file.path("changedBy").asText()).isEmpty();
        });
    assertThat(body(release("li", MAPPING, good)).path("state").asText()).isEqualTo("IN_FORCE");
    JsonNode mended = read("zhao", MAPPING);
    assertThat(mended.path("problems")).isEmpty();
    assertThat(mended.path("lastRefusal").path("at").asText()).isNotBlank();
    assertThat(mended.path("changedBy").asText()).isEqualTo("li");
    assertThat(read("zhao", "/api/files").path("files").findValuesAsText("path"))
        .contains("mappings/shop/facts.jsonata", "routes/shop/connection.yaml");
  }
}
