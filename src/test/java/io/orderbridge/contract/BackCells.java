package io.orderbridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Await;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What ERP, warehouse and carrier do to those who tell them of orders and read their own. */
final class BackCells {
  private static final AtomicLong NUMBER = new AtomicLong(9_007_199_255_000_993L);

  private final Stage stage;
  private final String name;
  private final String verb;
  private final String shop;

  /**
   * @param verb what is done to it, in the sandbox's words
   */
  BackCells(Stage stage, String name, String verb) {
    this.stage = stage;
    this.name = name;
    this.verb = verb;
    this.shop = "own-" + name;
  }

  private Cell cell(String behaviour, Runnable check) {
    return Cell.of(name, behaviour, check);
  }

  private static String number() {
    return Long.toString(NUMBER.incrementAndGet());
  }

  /** The behaviours of who is told of an order. */
  List<Cell> told() {
    List<Cell> cells = new ArrayList<>();
    cells.add(cell("an order is told once", () -> tell()));
    cells.add(cell("done already when tried again", () -> tell("lost-answer@" + verb, 1)));
    cells.add(cell("asked too often, with a wait", () -> tell("limited@" + verb, 1)));
    cells.add(cell("503", () -> tell("down", 2)));
    cells.add(cell("an error inside the answer", () -> tell("busy@" + verb, 2)));
    cells.add(cell("an answer that is cut off", () -> tell("garbage@" + verb, 1)));
    cells.add(cell("a refusal is for a person", this::refused));
    return cells;
  }

  Cell signed() {
    return cell("every request is signed", () -> Signed.all(stage, name));
  }

  private String told(Object... faults) {
    String number = number();
    stage.faults(name, faults);
    stage.paidOrder(shop, number);
    if (verb.equals("subscribe")) {
      stage.awaitStatus(shop, number, "PAID");
      stage.leaves(shop, number, "SF" + number);
    }
    return number;
  }

  private String tell(Object... faults) {
    String number = told(faults);
    Await.asserted(Stage.SOON, () -> assertThat(done(number)).hasSize(1));
    settled();
    assertThat(done(number)).hasSize(1);
    assertThat(stage.faultsLeft(name)).isEmpty();
    assertThat(stage.deadLetters("outbox:" + name, number)).isEmpty();
    return number;
  }

  private List<JsonNode> done(String number) {
    return stage.effects(name, number).stream()
        .filter(effect -> effect.path("do").asText().equals(verb))
        .toList();
  }

  private void settled() {
    Await.asserted(
        Stage.SOON,
        () ->
            assertThat(
                    stage
                        .product
                        .rows()
                        .number("select count(*) from work where queue = 'outbox:" + name + "'"))
                .isZero());
  }

  private void refused() {
    // Each event of the order: a later delivery would settle the dead letter of an older one.
    String number = told("refused@" + verb, 9);
    Await.asserted(
        Stage.SOON, () -> assertThat(stage.deadLetters("outbox:" + name, number)).isNotEmpty());
    assertThat(stage.deadLetters("outbox:" + name, number).toString()).contains("TARGET_REFUSED");
    stage.faults(name, "refused@" + verb, 0);
  }

  /** The behaviours of who is asked for what changed. */
  List<Cell> read() {
    List<Cell> cells = new ArrayList<>();
    cells.add(cell("many pages", () -> come()));
    cells.add(cell("a row leaves while pages are read", () -> come("shift@list", 1)));
    cells.add(cell("a row is seen late", () -> come("late-row", 1)));
    cells.add(cell("asked too often for a page", () -> come("limited@list", 1)));
    cells.add(cell("503 for a page", () -> come("down", 3)));
    cells.add(cell("an error inside a page", () -> come("busy@list", 2)));
    cells.add(cell("a page that is cut off", () -> come("garbage@list", 2)));
    return cells;
  }

  private void come(Object... faults) {
    List<String> numbers = new ArrayList<>();
    List<Map<String, Object>> orders =
        Waves.of(
            at -> {
              String number = number();
              numbers.add(number);
              String name = verb.equals("push-orders") ? number : shop + "-" + number;
              return Map.of(
                  "number", name, "shop", shop, "status", "ACCEPTED", "modifiedAt", at.toString());
            });
    stage.faults(name, faults);
    stage.orders(name, orders);
    Await.asserted(
        Stage.SOON,
        () ->
            assertThat(numbers)
                .allMatch(number -> stage.order(shop, number).at("/milestones").has("ACCEPTED")));
    assertThat(stage.faultsLeft(name)).isEmpty();
  }

  /** The behaviours of a queue that gives rows until they are acknowledged. */
  List<Cell> queue() {
    return List.of(
        cell("shipments of a queue", () -> shipments()),
        cell("an acknowledgement that fails", () -> shipments("busy@ack", 1)),
        cell("503 for a queue", () -> shipments("down", 2)),
        cell("a page of a queue that is cut off", () -> shipments("garbage@lease", 1)));
  }

  private void shipments(Object... faults) {
    List<String> numbers = new ArrayList<>();
    List<Map<String, Object>> rows =
        Waves.of(
            at -> {
              String number = number();
              numbers.add(number);
              return Map.of(
                  "id",
                  number,
                  "shop",
                  shop,
                  "order",
                  number,
                  "tracking",
                  "SF" + number,
                  "carrier",
                  "SF",
                  "at",
                  Instant.now().minusSeconds(5).toString());
            });
    stage.faults(name, faults);
    stage.entries(name, "shipments", rows);
    numbers.forEach(number -> stage.awaitStatus(shop, number, "SHIPPED"));
    Await.asserted(Stage.SOON, () -> assertThat(stage.faultsLeft(name)).isEmpty());
    for (String number : numbers) {
      assertThat(stage.order(shop, number).at("/parcels").toString()).contains("SF" + number);
      assertThat(stage.events(number))
          .extracting(e -> e.path("id").asText())
          .doesNotHaveDuplicates();
    }
  }

  /** What a warehouse does beside. */
  List<Cell> warehouse(Push push) {
    return List.of(
        cell("its report comes before its answer", () -> reportFirst(push)),
        cell("a cancellation is refused", this::cancelRefused),
        cell("a masked receiver goes through as it is", this::masked));
  }

  private void reportFirst(Push push) {
    String number = number();
    stage.faults(name, "busy@" + verb, 3);
    stage.paidOrder(shop, number);
    assertThat(push.qimen(number, Instant.now()).to(stage.product)).isEqualTo(200);
    stage.awaitStatus(shop, number, "SHIPPED");
    settled();
    stage.faults(name, "busy@" + verb, 0);
    assertThat(stage.deadLetters("outbox:" + name, number)).isEmpty();
    assertThat(stage.order(shop, number).path("status").asText()).isEqualTo("SHIPPED");
  }

  private void cancelRefused() {
    String number = tell();
    stage.faults(name, "refused@cancel", 1);
    stage.feed(
        shop, number, "{\"milestone\": \"CANCELLED\", \"at\": \"" + Instant.now() + "\"}", "");
    Await.asserted(
        Stage.SOON, () -> assertThat(stage.deadLetters("outbox:" + name, number)).hasSize(1));
    assertThat(stage.effects(name, number)).noneMatch(e -> e.path("do").asText().equals("cancel"));
  }

  private void masked() {
    String number = tell();
    assertThat(stage.heard(name))
        .anyMatch(
            request ->
                request.path("text").asText().contains(number)
                    && request.path("text").asText().contains("138****0000"));
    assertThat(stage.events(number).toString()).doesNotContain("138****0000");
    assertThat(stage.product.log()).doesNotContain("138****0000", "浦东新区");
  }

  /** Pushes that nobody signs, through a door that is internal. */
  static List<Cell> unsignedScans(Stage stage) {
    return List.of(
        Cell.none("sf", "push: changed, or signed long ago", "the facts know no signature of it"),
        Cell.none(
            "sf", "its answers", "routes are asked for on demand only: see the answers table"),
        Cell.of(
            "sf",
            "push: again and in any order",
            () -> {
              String number = number();
              stage.paidOrder("demo", number);
              String scan =
                  "{\"mailno\":\"SF1\",\"orderid\":\"demo-%s\","
                      + "\"acceptTime\":\"2026-11-%s\",\"opCode\":\"%s\","
                      + "\"acceptAddress\":\"x\",\"remark\":\"x\",\"id\":\"%s\"}";
              String signed = scan.formatted(number, "22 09:00:00", "80", 2);
              String picked = scan.formatted(number, "21 18:00:00", "50", 1);
              for (String one : List.of(signed, picked, signed)) {
                byte[] body =
                    ("{\"Body\":{\"WaybillRoute\":[" + one + "]}}")
                        .getBytes(StandardCharsets.UTF_8);
                assertThat(
                        stage
                            .product
                            .post("/in/sf", body, "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(200);
              }
              stage.awaitStatus("demo", number, "DELIVERED");
            }));
  }
}
