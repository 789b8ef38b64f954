package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Counterpart.Request;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Forced changes through the API of the packaged product, which is killed in the middle of a list:
 * a ledger that takes what it is told, and a CRM's table that is read back.
 */
@Tag("R12")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class RepairIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration ALL_MAX = Duration.ofSeconds(150);
  private static final int ORDERS = 500;
  private static final int KILLS = 3;
  // As in the ledger's connection file.
  private static final int IN_FLIGHT = 16;
  private static final Instant AT = Instant.now().minusSeconds(7200);

  private final Ledger ledger = new Ledger("ledger");
  private Product product;

  @BeforeAll
  void start(@TempDir Path folder) {
    String url = TestDatabase.freshUrl();
    new Rows(url, "postgres", "")
        .execute(
            "create schema crm; create table crm.crm_order (shop text, number text, status text,"
                + " total numeric, currency text, updated_at timestamptz, event_id text,"
                + " primary key (shop, number))");
    product =
        new Product(folder)
            .systems(Path.of("."), "crm")
            .database(url)
            .environment(
                Map.of(
                    "CRM_ENABLED",
                    "true",
                    "CRM_DB_URL",
                    url + "&currentSchema=crm",
                    "CRM_DB_USER",
                    "postgres",
                    "CRM_DB_PASSWORD",
                    "none"))
            // As the README says it: by environment, under a name.
            .environment(
                Map.of(
                    "ORDERBRIDGE_API_TOKENS_ANN",
                    "token-of-ann",
                    "ORDERBRIDGE_API_ROLES_ANN",
                    "ops, cs",
                    "ORDERBRIDGE_API_TOKENS_BOSS",
                    "token-of-boss",
                    "ORDERBRIDGE_API_ROLES_BOSS",
                    "owner",
                    "ORDERBRIDGE_API_TOKENS_LI",
                    "token-of-li"));
    product.bearer("token-of-boss");
    OpenDoor.addTo(product, "stream");
    ledger.addTo(product);
    product.start();
  }

  @AfterAll
  void stop() {
    product.close();
    ledger.close();
  }

  private void orders(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      String facts = OpenDoor.facts(prefix + i, "1.00", "CNY", AT.toString());
      product.post("/in/stream", facts.getBytes(StandardCharsets.UTF_8), "X-Id", prefix + i);
    }
    settle();
  }

  private void settle() {
    Await.until("settled", SOON, () -> product.rows().number("select count(*) from work") == 0);
  }

  private HttpResponse<String> as(String who, String path, String body, String... headers) {
    List<String> all = new java.util.ArrayList<>(List.of(headers));
    if (!all.contains("Content-Type")) {
      all.addAll(List.of("Content-Type", "application/json"));
    }
    product.bearer("token-of-" + who);
    try {
      return product.post(path, body.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
    } finally {
      product.bearer("token-of-boss");
    }
  }

  private HttpResponse<String> force(String number, String body, String... headers) {
    return as("ann", "/api/orders/demo/" + number + "/force-status", body, headers);
  }

  private JsonNode repair(long id) {
    return product.json("/api/repairs/" + id + "?limit=1000");
  }

  private String csv(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "demo," + prefix + i)
        .collect(Collectors.joining("\n", "shop,number\n", "\n"));
  }

  @Test
  void a_list_of_500_is_finished_although_the_product_is_killed_three_times() {
    // Given
    orders("kill-", ORDERS);
    HttpResponse<String> proposed =
        as(
            "ann",
            "/api/repairs?action=force&status=CANCELLED&reason=fraud",
            csv("kill-", ORDERS),
            "Content-Type",
            "text/csv");
    assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
    long id = Product.read(proposed.body()).path("id").asLong();
    assertThat(as("ann", "/api/repairs/" + id + "/apply", "").statusCode()).isEqualTo(409);
    HttpResponse<String> approved =
        as("boss", "/api/repairs/" + id + "/approve", "{\"reason\": \"seen\", \"apply\": true}");
    assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);

    // When
    for (int kill = 1; kill <= KILLS; kill++) {
      int many = kill * 100;
      Await.until("the middle", SOON, () -> applied(id) >= many);
      product.killHard();
      assertThat(applied(id)).isLessThan(ORDERS);
      product.start();
    }

    // Then
    Await.asserted(ALL_MAX, () -> assertThat(repair(id).path("state").asText()).isEqualTo("DONE"));
    assertThat(repair(id).path("summary").toString())
        .isEqualTo(
            "[{\"orders\":500,\"state\":\"DELIVERED\",\"before\":\"PAID\","
                + "\"after\":\"CANCELLED\"}]");
    assertToldOnce();
    assertThat(
            product
                .rows()
                .texts(
                    "select count(*), count(distinct subject) from audit where action ="
                        + " 'order.forced' and detail::json->>'repair' = '%d'".formatted(id)))
        .containsExactly("500|500");
    assertThat(
            product
                .rows()
                .number(
                    "select count(*) from crm.crm_order where status = 'CANCELLED'"
                        + " and number like 'kill-%'"))
        .isEqualTo(ORDERS);
    JsonNode targets = repair(id).at("/items/0/targets");
    assertThat(targets.findValuesAsText("target")).containsExactly("order-book", "crm", "ledger");
    assertThat(targets.findValuesAsText("state"))
        .containsExactly("VERIFIED", "VERIFIED", "DELIVERED");
  }

  private long applied(long id) {
    return product
        .rows()
        .number(
            "select count(*) from repair_item where applied_at is not null and repair_id = " + id);
  }

  // Under one key each; told again only what was in flight when it was killed.
  private void assertToldOnce() {
    List<Request> told =
        ledger.requests().stream()
            .filter(request -> request.body().contains("\"kill-"))
            .filter(request -> request.body().contains("CANCELLED"))
            .toList();
    Map<String, List<String>> keys =
        told.stream()
            .collect(
                Collectors.groupingBy(
                    request -> Product.read(request.body()).path("number").asText(),
                    Collectors.mapping(Request::key, Collectors.toList())));
    assertThat(keys).hasSize(ORDERS);
    assertThat(keys.values()).allSatisfy(key -> assertThat(key.stream().distinct()).hasSize(1));
    assertThat(told.size()).isLessThanOrEqualTo(ORDERS + KILLS * IN_FLIGHT);
  }

  @Test
  void one_order_is_forced_in_one_call_and_the_same_key_does_nothing_twice() {
    orders("one-", 1);
    String body = "{\"status\": \"CANCELLED\", \"reason\": \"buyer called\"}";

    HttpResponse<String> first = force("one-0", body, "Idempotency-Key", "k-1");
    HttpResponse<String> again = force("one-0", body, "Idempotency-Key", "k-1");
    HttpResponse<String> other =
        force("one-0", body.replace("CANCELLED", "ACCEPTED"), "Idempotency-Key", "k-1");

    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    JsonNode answer = Product.read(first.body());
    assertThat(answer.path("before").asText()).isEqualTo("PAID");
    assertThat(answer.path("after").asText()).isEqualTo("CANCELLED");
    assertThat(answer.path("owed").toString())
        .isEqualTo("[{\"event\":\"order.cancelled\",\"targets\":[\"crm\",\"ledger\"]}]");
    assertThat(List.of(again.statusCode(), again.body())).isEqualTo(List.of(200, first.body()));
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(
            product
                .rows()
                .number(
                    "select count(*) from audit where action = 'order.forced' and subject ="
                        + " 'demo/one-0'"))
        .isEqualTo(1);
    long id = answer.path("repair").asLong();
    Await.asserted(SOON, () -> assertThat(repair(id).path("state").asText()).isEqualTo("DONE"));
    assertThat(product.json("/api/orders/demo/one-0").path("forced").toString())
        .contains("buyer called");
  }

  @Test
  void what_is_not_allowed_is_answered_with_what_would_be() {
    orders("no-", 2);
    String shipped = "{\"status\": \"SHIPPED\", \"reason\": \"why\"}";
    String delivered = "{\"status\": \"DELIVERED\", \"reason\": \"why\"}";

    HttpResponse<String> forbidden = as("li", "/api/orders/demo/no-0/force-status", shipped);
    assertThat(forbidden.statusCode()).isEqualTo(403);
    assertThat(Product.read(forbidden.body()).path("error").asText())
        .startsWith("This needs one of the roles cs, manager, ops, warehouse, which li has not");
    assertError(force("no-0", delivered), 409, "DELIVERED does not follow PAID");
    assertError(force("nobody", shipped), 404, "no message has named this order yet");
    assertError(force("no-0", "{\"status\": \"SHIPPED\"}"), 400, "'reason' is missing");
    assertError(force("no-0", "{\"status\": \"GONE\", \"reason\": \"x\"}"), 400, "'status' is");

    String overridden = delivered.replace("{", "{\"override\": true, ");
    assertThat(force("no-0", overridden).statusCode()).isEqualTo(200);
    assertThat(product.json("/api/orders/demo/no-0").path("status").asText())
        .isEqualTo("DELIVERED");
  }

  private static void assertError(HttpResponse<String> answer, int status, String text) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Product.read(answer.body()).path("error").asText()).contains(text);
  }

  @Test
  void a_list_with_bad_lines_does_nothing_and_names_them() {
    HttpResponse<String> answer =
        as(
            "ann",
            "/api/repairs?action=force&status=PAID&reason=why",
            "shop,number\ndemo,1\ndemo\n,3\n",
            "Content-Type",
            "text/csv");
    assertError(answer, 400, "line 3 has 1 cells, expected 2, and 1 more; nothing was done");
    assertThat(Product.read(answer.body()).path("lines").findValuesAsText("line"))
        .containsExactly("3", "4");
  }

  @Test
  void a_target_that_answers_500_shows_in_the_repair_until_it_is_well() {
    orders("sick-", 1);
    ledger.counterpart.answers(Counterpart.Reply.json(500, "{}"));
    try {
      String body = "{\"status\": \"ACCEPTED\", \"reason\": \"why\"}";
      long id = Product.read(force("sick-0", body).body()).path("repair").asLong();
      Await.asserted(
          SOON,
          () ->
              assertThat(repair(id).at("/items/0/why").asText())
                  .isEqualTo("ledger: not delivered yet: TARGET_BUSY, answered 500"));
      assertThat(repair(id).at("/items/0/state").asText()).isEqualTo("APPLIED");

      ledger.counterpart.answers(Counterpart.Reply.json(200, "{}"));
      settle();
      as("ann", "/api/repairs/" + id + "/read-back", "");
      Await.asserted(SOON, () -> assertThat(repair(id).path("state").asText()).isEqualTo("DONE"));
    } finally {
      ledger.counterpart.answers(Counterpart.Reply.json(200, "{}"));
    }
  }

  @Test
  void a_repair_is_taken_back() {
    orders("undo-", 2);
    HttpResponse<String> proposed =
        as(
            "ann",
            "/api/repairs",
            "{\"action\": \"force\", \"status\": \"CANCELLED\", \"reason\": \"why\", \"orders\":"
                + " [{\"shop\": \"demo\", \"number\": \"undo-0\"}, {\"shop\": \"demo\","
                + " \"number\": \"undo-1\"}]}");
    long id = Product.read(proposed.body()).path("id").asLong();
    assertThat(as("ann", "/api/repairs/" + id + "/apply", "").statusCode()).isEqualTo(202);
    Await.asserted(SOON, () -> assertThat(repair(id).path("state").asText()).isEqualTo("DONE"));

    HttpResponse<String> undo =
        as("ann", "/api/repairs/" + id + "/undo", "{\"reason\": \"no\", \"items\": [2]}");
    assertThat(undo.statusCode()).as(undo.body()).isEqualTo(201);
    long back = Product.read(undo.body()).path("id").asLong();
    as("boss", "/api/repairs/" + back + "/approve", "{\"apply\": true}");

    Await.asserted(
        SOON,
        () ->
            assertThat(product.json("/api/orders/demo/undo-1").path("status").asText())
                .isEqualTo("PAID"));
    assertThat(product.json("/api/orders/demo/undo-0").path("status").asText())
        .isEqualTo("CANCELLED");
  }
}
