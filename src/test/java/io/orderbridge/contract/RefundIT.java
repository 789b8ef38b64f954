package io.orderbridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Await;
import io.orderbridge.Product;
import io.orderbridge.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Refunds that are asked for at the three payment systems, each played by another process with its
 * own signatures: answers are lost, our process is killed, and money goes back once.
 */
@Tag("R71")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class RefundIT {
  private static final List<String> SYSTEMS = List.of("wechat-pay", "alipay", "stripe");
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int EACH = 8;
  private static final String MAKE = "refund-make";

  private Product world;
  private Product product;

  @BeforeAll
  void start(@TempDir Path outside, @TempDir Path inside) {
    world = new Product(outside).setting("orderbridge.sandbox", "true");
    Shortened played = new Shortened(world);
    played.write();
    Map<String, String> resting = new TreeMap<>(played.environment());
    resting.keySet().removeIf(name -> name.endsWith("_ENABLED"));
    world.database(TestDatabase.freshUrl()).environment(resting).start();

    product = new Product(inside);
    Shortened files = new Shortened(product);
    files.write();
    Map<String, String> environment = new TreeMap<>(played.environment());
    environment.keySet().removeIf(name -> name.endsWith("_ENABLED"));
    List.of("WECHAT_PAY", "ALIPAY", "STRIPE").forEach(n -> environment.put(n + "_ENABLED", "true"));
    product
        .database(TestDatabase.freshUrl())
        .environment(environment)
        .environment(
            Map.of(
                "ORDERBRIDGE_API_TOKENS_LI",
                "token-of-li",
                "ORDERBRIDGE_API_ROLES_LI",
                "finance",
                "ORDERBRIDGE_API_TOKENS_BOSS",
                "token-of-boss",
                "ORDERBRIDGE_API_ROLES_BOSS",
                "owner"))
        .start();
  }

  @AfterAll
  void stop() {
    product.close();
    world.close();
  }

  private static String number(String system, int i) {
    return system + "-" + i;
  }

  private void paid(String system) {
    List<Map<String, Object>> payments = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      String number = number(system, i);
      String currency = system.equals("stripe") ? "USD" : "CNY";
      String at = Instant.now().minusSeconds(600).toString();
      Map<String, Object> payment = new LinkedHashMap<>();
      payment.put("id", "pay-" + number);
      payment.put("order", number);
      payment.put("amount", "199.00");
      payment.put("currency", currency);
      payment.put("state", "PAID");
      payment.put("at", at);
      payments.add(payment);
      String facts =
          """
          {"order": {"shop": "demo", "number": "%s"}, "facts": [{"milestone": "PAID", "at": "%s",
           "payment": {"id": "pay-%s", "amount": "199.00", "currency": "%s"}}]}\
          """
              .formatted(number, at, number, currency);
      product.post("/in/feed", facts.getBytes(StandardCharsets.UTF_8), "X-Id", number);
    }
    sandbox(system, "lists/payments", Stage.text(payments));
  }

  private void sandbox(String system, String what, String body) {
    String path = "/sandbox/counterparts/" + system + "/" + what;
    assertThat(world.post(path, body).statusCode()).as(path).isEqualTo(200);
  }

  private HttpResponse<String> as(String who, String path, String type, String body) {
    return product.post(
        path,
        body.getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        type,
        "Authorization",
        "Bearer token-of-" + who);
  }

  private JsonNode repair(long id) {
    return Product.read(
        product.get("/api/repairs/" + id, "Authorization", "Bearer token-of-li").body());
  }

  private List<JsonNode> made(String system) {
    return Stage.list(world.json("/sandbox/counterparts/" + system + "/effects")).stream()
        .filter(effect -> effect.path("do").asText().equals(MAKE))
        .toList();
  }

  @Test
  void money_goes_back_once_at_each_payment_system_over_lost_answers_and_kills() {
    // Given
    StringBuilder csv = new StringBuilder("shop,number,amount,currency,connection\n");
    for (String system : SYSTEMS) {
      paid(system);
      String currency = system.equals("stripe") ? "USD" : "CNY";
      for (int i = 0; i < EACH; i++) {
        csv.append("demo,%s,30.00,%s,%s\n".formatted(number(system, i), currency, system));
      }
      sandbox(system, "faults", "{\"lost-answer@refund-make\": 2, \"busy@refund-make\": 1}");
    }
    awaitOrders();
    long id = proposed(csv.toString());

    // When
    for (int kill = 1; kill <= 2; kill++) {
      int least = kill * 3;
      Await.until("the middle", SOON, () -> all().size() >= least);
      product.killHard();
      product.start();
    }

    // Then
    Await.asserted(SOON, () -> assertThat(repair(id).path("state").asText()).isEqualTo("DONE"));
    assertThat(repair(id).path("summary").findValuesAsText("state")).containsOnly("VERIFIED");
    for (String system : SYSTEMS) {
      assertThat(made(system).stream().map(effect -> effect.path("order").asText()))
          .as(system)
          .doesNotHaveDuplicates()
          .hasSize(EACH);
      assertThat(made(system))
          .allSatisfy(effect -> assertThat(effect.path("amount").asText()).isEqualTo("30.00"));
    }
    assertThat(
            product.rows().texts("select status, amount, count(*) from order_refund group by 1, 2"))
        .containsExactly("REFUNDED|30.00|" + SYSTEMS.size() * EACH);
  }

  private List<JsonNode> all() {
    return SYSTEMS.stream().flatMap(system -> made(system).stream()).toList();
  }

  private void awaitOrders() {
    Await.until(
        "orders",
        SOON,
        () ->
            product
                    .rows()
                    .number(
                        "select count(*) from order_payment where payment_id not like '%unpaid%'")
                == (long) SYSTEMS.size() * EACH);
  }

  private long proposed(String csv) {
    HttpResponse<String> proposed =
        as("li", "/api/repairs?action=refund&reason=damaged", "text/csv", csv);
    assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
    JsonNode repair = Product.read(proposed.body());
    assertThat(repair.path("changes").asInt()).as(proposed.body()).isEqualTo(SYSTEMS.size() * EACH);
    assertThat(repair.path("approval").asText()).isEqualTo("money goes back");
    long id = repair.path("id").asLong();
    String approve = "/api/repairs/" + id + "/approve";
    assertThat(as("li", approve, "application/json", "{}").statusCode()).isEqualTo(403);
    HttpResponse<String> approved = as("boss", approve, "application/json", "{\"apply\": true}");
    assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
    return id;
  }

  @Test
  void a_refund_that_the_payment_system_does_not_know_or_will_not_make_fails_and_is_told() {
    for (String system : SYSTEMS) {
      String number = "unpaid-" + system;
      String facts =
          """
          {"order": {"shop": "demo", "number": "%s"}, "facts": [{"milestone": "PAID",
           "at": "2026-11-20T02:00:00Z",
           "payment": {"id": "pay-%s", "amount": "5.00", "currency": "CNY"}}]}\
          """
              .formatted(number, number);
      product.post("/in/feed", facts.getBytes(StandardCharsets.UTF_8), "X-Id", number);
      Await.until(
          "the order",
          SOON,
          () ->
              product
                      .rows()
                      .number(
                          "select count(*) from order_payment where payment_id = 'pay-%s'"
                              .formatted(number))
                  == 1);
      sandbox(
          system,
          "lists/payments",
          Stage.text(List.of(Map.of("id", "other-" + system, "order", "o", "amount", "1.00"))));
      String csv = "shop,number,connection\ndemo,%s,%s\n".formatted(number, system);
      HttpResponse<String> proposed =
          as("li", "/api/repairs?action=refund&reason=damaged", "text/csv", csv);
      long id = Product.read(proposed.body()).path("id").asLong();
      as("boss", "/api/repairs/" + id + "/approve", "application/json", "{\"apply\": true}");

      Await.asserted(SOON, () -> assertThat(repair(id).path("state").asText()).isEqualTo("DONE"));
      assertThat(repair(id).at("/items/0/state").asText()).as(system).isEqualTo("FAILED");
      assertThat(repair(id).at("/items/0/why").asText())
          .as(system)
          .startsWith("TARGET_REFUSED at call:" + system);
    }
  }
}
