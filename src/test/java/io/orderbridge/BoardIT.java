package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The flow board and order health over HTTP, as a screen and a manager ask the packaged product.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class BoardIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  // R60; a machine on which other tests run is slower than a warehouse's.
  private static final Duration ON_SCREEN_MAX = Duration.ofSeconds(5);

  private Product product;

  @BeforeAll
  void start(@TempDir Path folder) {
    product = new Product(folder).database(TestDatabase.freshUrl());
    Product.copy(Path.of("mappings/rules"), product.mappings().resolve("rules"));
    OpenDoor.addTo(product, "shop");
    Map.of("wang", "warehouse", "ma", "manager", "fu", "finance", "cai", "cs", "none", "")
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

  private void paid(String number, Instant at) {
    byte[] facts =
        OpenDoor.facts(number, "98.76", "CNY", at.toString()).getBytes(StandardCharsets.UTF_8);
    assertThat(product.post("/in/shop", facts, "X-Id", number).statusCode()).isEqualTo(200);
  }

  private int status(String who, String path) {
    product.bearer("token-of-" + who);
    return product.get(path).statusCode();
  }

  private JsonNode json(String who, String path) {
    product.bearer("token-of-" + who);
    return product.json(path);
  }

  @Test
  @Tag("R16")
  void the_board_tells_where_orders_are_and_which_came_late() {
    Instant now = Instant.now();
    paid("IN-TIME", now);
    paid("LATE", now.minusSeconds(400));

    Await.asserted(
        SOON,
        () -> {
          JsonNode late = json("wang", "/api/dashboard/orders?late=true");
          assertThat(late.findValuesAsText("number")).contains("LATE").doesNotContain("IN-TIME");
        });
    JsonNode board = json("wang", "/api/dashboard/order-flow");
    assertThat(board.at("/orders/byNode/PAID").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(board.at("/sync/delayed").asInt()).isGreaterThanOrEqualTo(1);
    assertThat(board.at("/sync/orders").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(board.at("/abnormal/orders").isNumber()).isTrue();
    assertThat(board.at("/time/0/node").asText()).isEqualTo("CREATED");
  }

  @Test
  @Tag("R60")
  void an_order_is_on_the_screen_of_the_warehouse_within_five_seconds() {
    List<String> shown = new ArrayList<>();
    try (EventLines events =
        EventLines.open(product.uri("/api/dashboard/stream"), "token-of-wang", SOON)) {
      shown.add(events.next("board"));
      int before = Caller.read(shown.get(0)).at("/orders/byNode/PAID").asInt();
      long posted = System.nanoTime();
      paid("SCREEN", Instant.now());
      JsonNode board;
      do {
        shown.add(events.next("board"));
        board = Caller.read(shown.get(shown.size() - 1));
      } while (board.at("/orders/byNode/PAID").asInt() <= before);
      Duration took = Duration.ofNanos(System.nanoTime() - posted);
      System.out.printf("board: on the screen after %d ms%n", took.toMillis());
      assertThat(took).isLessThan(ON_SCREEN_MAX);
    }
    assertThat(String.join("", shown)).doesNotContain("98.76", "amount", "phone");
  }

  /** An order whose word came 400 s late at noon of yesterday, as the metric's days are cut. */
  private void lateYesterday() {
    LocalDate day = LocalDate.now(ZoneId.of("Asia/Shanghai")).minusDays(1);
    product
        .rows()
        .execute(
            """
            create table if not exists event_%1$s partition of event
              for values from ('%2$sT00:00:00Z') to ('%3$sT00:00:00Z');
            insert into event (at, tx, id, type, subject, order_id, body)
            values ('%2$sT04:06:40Z', 1, 'y', 'order.paid', 'demo/Y', 0, '{"data": {
              "status": "PAID", "parcels": [], "milestones": {"PAID": "%2$sT04:00:00Z"},
              "change": {"milestone": "PAID"}}}')\
            """
                .formatted(day.format(DateTimeFormatter.BASIC_ISO_DATE), day, day.plusDays(1)));
  }

  @Test
  @Tag("R63")
  @Tag("R68")
  void the_schedule_tells_the_metrics_and_a_breach_is_an_alert_and_a_ticket() {
    lateYesterday();
    product.write(
        "routes/schedule/health-days.camel.yaml",
        """
        - route:
            id: health-days
            description: Tells the daily metrics each second.
            from:
              uri: quartz:schedule/health-days
              parameters:
                cron: "* * * * * ?"
                trigger.timeZone: Asia/Shanghai
                recoverableJob: "true"
              steps:
                - to:
                    uri: order-health:days
        """);
    Await.asserted(
        SOON,
        () ->
            assertThat(json("ma", "/api/health/metrics").at("/metrics/0/value/verdict").asText())
                .isEqualTo("BREACH"));
    JsonNode metrics = json("ma", "/api/health/metrics").at("/metrics");
    assertThat(metrics.findValuesAsText("metric"))
        .contains("sync-delay", "notice-reach", "book-difference", "hand-work");
    for (JsonNode metric : metrics) {
      JsonNode trend =
          json("fu", "/api/health/metrics/" + metric.at("/metric").asText() + "/trend");
      assertThat(trend.at("/points").size()).isGreaterThanOrEqualTo(12);
      assertThat(trend.at("/limit").isMissingNode()).isFalse();
    }
    assertThat(status("ma", "/api/health/scores/2020-01")).isEqualTo(404);
    Await.asserted(
        SOON,
        () -> {
          assertThat(json("ma", "/api/alerts?level=BREACH").findValuesAsText("cause"))
              .contains("health:SYNC_DELAY");
          assertThat(json("ma", "/api/tickets?kind=HEALTH").findValuesAsText("code"))
              .containsExactly("SYNC_DELAY");
        });
  }

  @Test
  @Tag("R60")
  void who_has_none_of_the_roles_is_told_which_it_takes() {
    for (String path : List.of("/api/dashboard/order-flow", "/api/dashboard/orders")) {
      assertThat(List.of(status("wang", path), status("cai", path), status("ma", path)))
          .containsOnly(200);
      assertThat(status("none", path)).isEqualTo(403);
    }
    assertThat(status("none", "/api/dashboard/stream")).isEqualTo(403);
    for (String path :
        List.of("/api/health/metrics", "/api/health/metrics/book-difference/trend")) {
      assertThat(List.of(status("ma", path), status("fu", path))).containsOnly(200);
      assertThat(List.of(status("wang", path), status("cai", path), status("none", path)))
          .containsOnly(403);
    }
    for (String path :
        List.of("/api/health;a=b/metrics", "/api//health/metrics", "/api/%68ealth/metrics")) {
      assertThat(status("wang", path)).as(path).isIn(403, 404);
    }
    assertThat(json("wang", "/api/health/metrics").at("/error").asText())
        .contains("admin, finance, manager, ops, owner, sre", "ORDERBRIDGE_API_ROLES_WANG");
    product.bearer(null);
    assertThat(product.get("/api/dashboard/order-flow").statusCode()).isEqualTo(401);
  }
}
