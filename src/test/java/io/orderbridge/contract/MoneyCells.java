package io.orderbridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Await;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What a payment system does to those who fetch its bills or list its events. */
final class MoneyCells {
  private static final AtomicLong NUMBER = new AtomicLong(9_007_199_254_900_993L);
  private static final String SHOP = "demo";

  private final Stage stage;
  private final String name;

  MoneyCells(Stage stage, String name) {
    this.stage = stage;
    this.name = name;
  }

  private Cell cell(String behaviour, Runnable check) {
    return Cell.of(name, behaviour, check);
  }

  private static String number() {
    return Long.toString(NUMBER.incrementAndGet());
  }

  /**
   * @param hash why bills have no hash, or null
   */
  List<Cell> bills(String hash) {
    List<Cell> cells = new ArrayList<>();
    cells.add(cell("a day without a bill", this::noBill));
    cells.add(cell("a bill of a day", () -> bill()));
    cells.add(
        hash == null
            ? cell(
                "the file has another hash", () -> told("ANSWER_BROKEN", "wrong-hash@bill-link", 1))
            : Cell.none(name, "the file has another hash", hash));
    cells.add(cell("the link is over", () -> bill("link-expired@bill-file", 1)));
    cells.add(cell("the bill is not ready", () -> bill("creating@bill-link", 1)));
    cells.add(
        cell(
            "a bill answer that is not signed by it",
            () -> told("ANSWER_FORGED", "forged-answer@bill-link", 1)));
    cells.add(cell("asked too often for a bill", () -> bill("limited@bill-link", 1)));
    cells.add(cell("503 for a bill", () -> bill("down", 2)));
    cells.add(cell("an error inside the answer", () -> bill("busy@bill-link", 2)));
    cells.add(cell("a file that is cut off", () -> cutOff()));
    cells.add(cell("a zip bomb", this::bomb));
    cells.add(cell("every request is signed", () -> Signed.all(stage, name)));
    return cells;
  }

  private String day() {
    return Stage.list(
            stage.product.json("/api/sources/" + name + "/trade-bill/windows").path("windows"))
        .stream()
        .filter(window -> !window.path("state").asText().equals("AWAITED"))
        .map(window -> window.path("day").asText())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no day is due"));
  }

  private JsonNode window() {
    String day = day();
    return Stage.list(
            stage.product.json("/api/sources/" + name + "/trade-bill/windows").path("windows"))
        .stream()
        .filter(window -> window.path("day").asText().equals(day))
        .findFirst()
        .orElseThrow();
  }

  private void readAgain() {
    String body = Stage.text(Map.of("day", day(), "reason", "contract pack"));
    var answer = stage.product.post("/api/sources/" + name + "/trade-bill/read-again", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  private void noBill() {
    Await.asserted(Stage.SOON, () -> assertThat(window().path("empty").asBoolean()).isTrue());
    assertThat(window().path("problem").asText()).isIn("", "null");
  }

  /** A payment whose notice was lost stands in the bill, and is kept for the verification. */
  private void bill(Object... faults) {
    String number = billed();
    stage.faults(name, faults);
    readAgain();
    Await.asserted(
        Stage.SOON,
        () ->
            assertThat(kept(number)).as("%s: %s", number, window()).containsExactly("PAID 199.00"));
    assertThat(stage.faultsLeft(name)).isEmpty();
  }

  private void told(String cause, Object... faults) {
    bill(faults);
    assertThat(stage.product.log().lines())
        .anyMatch(
            line ->
                line.contains("window.waits source=" + name + "/trade-bill")
                    && line.contains("cause=" + cause));
  }

  private String billed() {
    String number = number();
    Map<String, Object> payment = new LinkedHashMap<>();
    payment.put("id", "4200" + number);
    payment.put("order", number);
    payment.put("amount", "199.00");
    payment.put("currency", "CNY");
    payment.put("state", "PAID");
    payment.put("at", day() + "T10:34:56+08:00");
    String fee = name.equals("alipay") ? "-1.19" : "1.19";
    stage.entries(
        name, "bill-trade", List.of(Map.of("day", day(), "payment", payment, "fee", fee)));
    return number;
  }

  // Without a hash the file itself shows it: it is put aside, and the next reading brings it whole.
  private void cutOff() {
    String number = billed();
    stage.faults(name, "garbage@bill-file", 1);
    readAgain();
    Await.asserted(Stage.SOON, () -> assertThat(stage.faultsLeft(name)).isEmpty());
    arrivesAfterAll(number);
  }

  private void bomb() {
    String number = billed();
    stage.faults(name, "bomb@bill-file", 1);
    readAgain();
    Await.asserted(Stage.SOON, () -> assertThat(stage.faultsLeft(name)).isEmpty());
    arrivesAfterAll(number);
    assertThat(stage.product.isAlive()).isTrue();
    assertThat(stage.product.log()).doesNotContain("OutOfMemoryError");
  }

  private void arrivesAfterAll(String number) {
    Await.asserted(
        Stage.SOON,
        () -> {
          if (!stage.deadLetters("inbox:" + name + "/trade-bill", "FILE_REFUSED").isEmpty()) {
            readAgain();
          }
          assertThat(kept(number)).containsExactly("PAID 199.00");
        });
  }

  private List<String> kept(String number) {
    return stage
        .product
        .rows()
        .texts("select state || ' ' || amount from payment_record where number = '" + number + "'");
  }

  /** The behaviours of a list of events. */
  List<Cell> events() {
    return List.of(
        cell("events over many pages", () -> come()),
        cell("an event is seen late", () -> come("late-row", 1)),
        cell("asked too often, with a wait", () -> come("limited@list", 1)),
        cell("503", () -> come("down", 3)),
        cell("an error of its side", () -> come("busy@list", 3)),
        cell("an answer that is cut off", () -> come("garbage@list", 2)),
        cell("a refund is read back with its payment", this::refund),
        cell("every request is signed", () -> Signed.all(stage, name)));
  }

  private List<String> come(Object... faults) {
    List<String> numbers = new ArrayList<>();
    List<Map<String, Object>> events =
        Waves.of(
            at -> {
              String number = number();
              numbers.add(number);
              return Map.of(
                  "id", "evt_" + number, "at", at.toString(), "payment", paid(number, at));
            });
    stage.faults(name, faults);
    stage.entries(name, "event", events);
    numbers.forEach(number -> stage.awaitStatus(SHOP, number, "PAID"));
    assertThat(stage.faultsLeft(name)).isEmpty();
    return numbers;
  }

  private static Map<String, Object> paid(String number, Instant at) {
    return Map.of(
        "id",
        "pi_" + number,
        "order",
        number,
        "amount",
        "199.00",
        "currency",
        "CNY",
        "state",
        "PAID",
        "at",
        at.toString());
  }

  private void refund() {
    String number = come().get(0);
    Instant at = Waves.next();
    Map<String, Object> refund =
        Map.of(
            "id",
            "re_" + number,
            "order",
            number,
            "amount",
            "30.00",
            "status",
            "REFUNDED",
            "at",
            at.toString());
    stage.entries(name, "payments", List.of(paid(number, at)));
    stage.entries(name, "refunds", List.of(refund));
    stage.entries(
        name,
        "event",
        List.of(
            Map.of(
                "id",
                "evt_r" + number,
                "at",
                at.toString(),
                "payment",
                paid(number, at),
                "refund",
                refund)));
    Await.asserted(
        Stage.SOON,
        () ->
            assertThat(stage.order(SHOP, number).at("/refunds/0/status").asText())
                .isEqualTo("REFUNDED"));
    assertThat(stage.order(SHOP, number).at("/refunds/0/amount").asText()).isEqualTo("30.00");
  }
}
