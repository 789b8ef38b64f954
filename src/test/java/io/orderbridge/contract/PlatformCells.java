package io.orderbridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** What a platform does to those who read its orders and tell it of parcels. */
final class PlatformCells {
  // Above 2^53: a number that a double does not hold.
  private static final AtomicLong NUMBER = new AtomicLong(9_007_199_254_740_993L);

  private final Stage stage;
  private final String name;
  private final String shop;
  private final String source;

  PlatformCells(Stage stage, String name, String shop) {
    this.stage = stage;
    this.name = name;
    this.shop = shop;
    this.source = name + "/orders";
  }

  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    cells.add(cell("ids above 2^53 over many pages", () -> come()));
    cells.add(cell("a row leaves while pages are read", () -> come("shift@list", 2)));
    cells.add(cell("a row is seen late", () -> come("late-row", 2)));
    cells.add(cell("asked too often, with a wait", this::limited));
    cells.add(cell("503", () -> come("down", 3)));
    cells.add(cell("an error inside a 200", () -> come("busy", 3)));
    cells.add(cell("an answer that is cut off", () -> come("garbage@list", 2)));
    cells.add(cell("a refusal is told and the window read again", this::refused));
    cells.add(cell("an hour without orders", this::empty));
    cells.add(
        name.equals("shopify")
            ? Cell.none(name, "a masked receiver stays masked", "it masks nothing")
            : cell("a masked receiver stays masked", this::masked));
    cells.add(cell("a parcel is told once", () -> ship()));
    cells.add(cell("shipped already when tried again", () -> ship("lost-answer@ship", 1)));
    cells.add(
        cell("an answer that is cut off while a parcel is told", () -> ship("garbage@ship", 1)));
    cells.add(cell("503 while a parcel is told", () -> ship("busy@ship", 2)));
    cells.add(cell("shipped by somebody else", this::shippedElsewhere));
    cells.add(cell("the echo comes late", this::lateEcho));
    cells.add(
        name.equals("taobao") || name.equals("shopify")
            ? Cell.none(name, "the token ends in mid-page", "no API renews it; a person does")
            : cell("the token ends in mid-page", this::tokenEnds));
    cells.add(cell("every request is signed", () -> Signed.all(stage, name)));
    return cells;
  }

  private Cell cell(String behaviour, Runnable check) {
    return Cell.of(name, behaviour, check);
  }

  /** Eight orders change in one window while the faults are on; all of them arrive. */
  private List<String> come(Object... faults) {
    List<Map<String, Object>> orders = Waves.of(this::order);
    stage.faults(name, faults);
    stage.orders(name, orders);
    List<String> numbers = orders.stream().map(o -> o.get("number").toString()).toList();
    numbers.forEach(number -> stage.awaitStatus(shop, number, "PAID"));
    assertThat(stage.faultsLeft(name)).as("faults that did not happen").isEmpty();
    for (String number : numbers) {
      assertThat(stage.events(number))
          .extracting(e -> e.path("id").asText())
          .doesNotHaveDuplicates();
    }
    return numbers;
  }

  private Map<String, Object> order(Instant modifiedAt) {
    Map<String, Object> order = new LinkedHashMap<>();
    long number = NUMBER.incrementAndGet();
    order.put("number", name.equals("pinduoduo") ? "261120-" + number : Long.toString(number));
    order.put("status", "PAID");
    order.put("createdAt", modifiedAt.minusSeconds(60).toString());
    order.put("paidAt", modifiedAt.minusSeconds(30).toString());
    order.put("modifiedAt", modifiedAt.toString());
    order.put("total", "199.00");
    order.put("currency", "CNY");
    order.put(
        "lines",
        List.of(
            Map.of(
                "id",
                "9007199254740995",
                "sku",
                "SKU-1",
                "title",
                "Thing",
                "quantity",
                1,
                "price",
                "199.00")));
    return order;
  }

  private void refused() {
    come("refused@list", 2);
    assertThat(stage.product.log().lines())
        .anyMatch(
            line ->
                line.contains("window.waits source=" + source)
                    && line.contains("cause=TARGET_REFUSED"));
  }

  private void limited() {
    int before = stage.heard(name).size();
    come("limited@list", 1);
    List<JsonNode> heard = stage.heard(name);
    List<Instant> times =
        heard.subList(before, heard.size()).stream()
            .map(request -> Instant.parse(request.path("at").asText()))
            .toList();
    // 1 s or 0.7 s is told or written down; nothing at all is asked meanwhile.
    Duration longest =
        IntStream.range(1, times.size())
            .mapToObj(i -> Duration.between(times.get(i - 1), times.get(i)))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    assertThat(longest).isGreaterThan(Duration.ofMillis(600));
  }

  private void empty() {
    Instant now = Instant.now();
    Await.asserted(
        Stage.SOON,
        () -> {
          String until = stage.source(source).path("completeUntil").asText("1970-01-01T00:00:00Z");
          assertThat(java.time.OffsetDateTime.parse(until).toInstant()).isAfter(now);
        });
  }

  private void masked() {
    String number = come().get(0);
    for (String secret : List.of("张**", "encA==", "张*", "文三路***")) {
      assertThat(stage.events(number).toString()).doesNotContain(secret);
      assertThat(stage.product.log()).doesNotContain(secret);
    }
    String kept =
        stage
            .product
            .rows()
            .texts(
                "select p.receiver from order_person p join customer_order o on o.id = p.order_id"
                    + " where o.number = '%s'".formatted(number))
            .get(0);
    assertThat(kept).containsAnyOf("张**", "encA==", "张*");
  }

  private String ship(Object... faults) {
    String number = come().get(0);
    stage.faults(name, faults);
    stage.leaves(shop, number, "SF" + number);
    Await.asserted(
        Stage.SOON,
        () -> assertThat(stage.deadline(name, number).path("state").asText()).isEqualTo("MET"));
    assertThat(stage.faultsLeft(name)).isEmpty();
    assertThat(stage.effects(name, number))
        .singleElement()
        .satisfies(effect -> assertThat(effect.path("tracking").asText()).isEqualTo("SF" + number));
    assertThat(stage.deadLetters("outbox:" + name, number)).isEmpty();
    return number;
  }

  private void shippedElsewhere() {
    String number = come().get(0);
    stage.orders(name, List.of(Map.of("number", number, "status", "SHIPPED", "tracking", "X1")));
    stage.leaves(shop, number, "SF" + number);
    Await.asserted(
        Stage.SOON, () -> assertThat(stage.deadLetters("outbox:" + name, number)).isNotEmpty());
    assertThat(stage.deadLetters("outbox:" + name, number).toString())
        .contains("SHIPPED_OTHERWISE");
    assertThat(stage.effects(name, number)).isEmpty();
  }

  private void lateEcho() {
    String number = ship();
    stage.faults(name, "late-echo", 3);
    Instant window = Waves.next();
    stage.orders(name, List.of(Map.of("number", number, "modifiedAt", window.toString())));
    Await.asserted(
        Stage.SOON,
        () ->
            assertThat(
                    java.time.OffsetDateTime.parse(
                            stage.source(source).path("completeUntil").asText())
                        .toInstant())
                .isAfter(window.plusSeconds(1)));
    assertThat(stage.order(shop, number).path("status").asText()).isEqualTo("SHIPPED");
    stage.faults(name, "late-echo", 0);
  }

  private void tokenEnds() {
    come("expired-token@list:2", 1);
    assertThat(
            Stage.list(stage.product.json("/sandbox/counterparts/" + name + "/effects")).stream()
                .filter(effect -> effect.path("do").asText().equals("token")))
        .singleElement()
        .satisfies(effect -> assertThat(effect.path("times").asInt()).isEqualTo(1));
  }
}
