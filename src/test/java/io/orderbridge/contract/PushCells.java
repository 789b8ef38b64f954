package io.orderbridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Await;
import io.orderbridge.Counterpart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What a partner, or who says so, pushes to us. */
final class PushCells {
  private static final AtomicLong NUMBER = new AtomicLong(9_007_199_254_800_993L);
  private static final Duration STALE = Duration.ofMinutes(11);

  private final Stage stage;
  private final String name;
  private final String shop;
  private final String status;
  private final Push.Maker maker;

  /**
   * @param status of an order after the message, when it was paid
   */
  PushCells(Stage stage, String name, String shop, String status, Push.Maker maker) {
    this.stage = stage;
    this.name = name;
    this.shop = shop;
    this.status = status;
    this.maker = maker;
  }

  /**
   * @param noTime why the partner signs no time, or null
   */
  List<Cell> cells(String noTime) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(name, "push: genuine, and again", this::replayed));
    cells.add(Cell.of(name, "push: changed on the way", this::changed));
    cells.add(
        noTime != null
            ? Cell.none(name, "push: signed long ago", noTime)
            : Cell.of(name, "push: signed long ago", this::stale));
    cells.add(Cell.of(name, "push: before its order", this::beforeItsOrder));
    return cells;
  }

  private static String number() {
    return Long.toString(NUMBER.incrementAndGet());
  }

  private long stored() {
    return stage
        .product
        .rows()
        .number("select count(*) from inbox_message where connection = '" + name + "'");
  }

  private void replayed() {
    String number = number();
    stage.paidOrder(shop, number);
    long before = stored();
    Push.Message message = maker.make(number, Instant.now());
    for (int i = 0; i < 3; i++) {
      assertThat(message.to(stage.product)).isEqualTo(200);
    }
    stage.awaitStatus(shop, number, status);
    assertThat(stored()).isEqualTo(before + 1);
    assertThat(stage.events(number))
        .extracting(event -> event.path("id").asText())
        .doesNotHaveDuplicates();
  }

  private void changed() {
    long before = stored();
    assertThat(maker.make(number(), Instant.now()).changed().to(stage.product)).isEqualTo(401);
    assertThat(stored()).isEqualTo(before);
  }

  private void stale() {
    long before = stored();
    assertThat(maker.make(number(), Instant.now().minus(STALE)).to(stage.product)).isEqualTo(401);
    assertThat(maker.make(number(), Instant.now().plus(STALE)).to(stage.product)).isEqualTo(401);
    assertThat(stored()).isEqualTo(before);
  }

  // The message overtakes the order that it is about.
  private void beforeItsOrder() {
    String number = number();
    assertThat(maker.make(number, Instant.now()).to(stage.product)).isEqualTo(200);
    Await.until(
        "the word of " + name, Stage.SOON, () -> stage.order(shop, number).has("milestones"));
    stage.paidOrder(shop, number);
    Await.asserted(
        Stage.SOON,
        () ->
            assertThat(stage.order(shop, number).at("/details/total").asText())
                .isEqualTo("199.00"));
    stage.awaitStatus(shop, number, status);
  }

  /** Cells of those who push what only they can. */
  static List<Cell> more(Stage stage, Push push) {
    return List.of(
        Cell.of("qimen", "push: XML with a DOCTYPE", () -> doctype(stage, push)),
        Cell.of("shopify", "push: an old message after a new one", () -> reordered(stage, push)));
  }

  private static void doctype(Stage stage, Push push) {
    try (Counterpart trap = new Counterpart()) {
      String number = number();
      String xml =
          "<?xml version=\"1.0\"?><!DOCTYPE request [<!ENTITY x SYSTEM \"%s/x\">]>"
                  .formatted(trap.url())
              + "<request><deliveryOrder><deliveryOrderCode>own-qimen-"
              + number
              + "&x;</deliveryOrderCode><outBizCode>B"
              + number
              + "</outBizCode></deliveryOrder></request>";
      assertThat(push.qimen(Instant.now(), xml).to(stage.product)).isEqualTo(200);
      Await.asserted(
          Stage.SOON,
          () -> assertThat(stage.deadLetters("inbox:qimen", "BODY_BROKEN")).isNotEmpty());
      assertThat(trap.requests()).isEmpty();
    }
  }

  private static void reordered(Stage stage, Push push) {
    String number = number();
    Instant now = Instant.now();
    String early = "2026-11-20T10:00:05+08:00";
    String late = "2026-11-20T11:00:05+08:00";
    assertThat(push.shopOrder(number, now, late, "paid").to(stage.product)).isEqualTo(200);
    stage.awaitStatus("demo", number, "PAID");
    assertThat(push.shopOrder(number, now, early, "pending").to(stage.product)).isEqualTo(200);
    assertThat(push.shopOrder(number, now, early, "pending").to(stage.product)).isEqualTo(200);
    Await.asserted(
        Stage.SOON,
        () ->
            assertThat(
                    stage
                        .product
                        .rows()
                        .number("select count(*) from work where queue = 'inbox:shopify'"))
                .isZero());
    assertThat(stage.order("demo", number).path("status").asText()).isEqualTo("PAID");
    assertThat(stage.order("demo", number).at("/raw/shopify").asText()).startsWith("paid/");
  }
}
