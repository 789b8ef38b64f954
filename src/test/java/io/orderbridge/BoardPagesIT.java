package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.kernel.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The flow board in a real browser, as the warehouse and operations see it. */
@ExtendWith(Product.LogOfFailure.class)
class BoardPagesIT {
  // R60.
  private static final Duration ON_SCREEN_MAX = Duration.ofSeconds(5);

  private final DemoShop shop = DemoShop.open();

  @Test
  @Tag("R16")
  void three_panels_say_what_the_api_says_and_lead_to_the_timeline_of_an_order() {
    try (Browser browser = shop.browser(Role.OPS)) {
      browser.open("/console/board").language("zh");
      JsonNode board = shop.product().json("/api/dashboard/order-flow");
      assertThat(browser.all("#time, #abnormal, #sync")).hasSize(3);
      board
          .at("/orders/byNode")
          .properties()
          .forEach(
              node ->
                  assertThat(browser.find("td a[href$='node=" + node.getKey() + "']").getText())
                      .as(node.getKey())
                      .isEqualTo(node.getValue().asText()));
      assertThat(browser.find("a.tile[href$='abnormal=any'] b").getText())
          .isEqualTo(board.at("/abnormal/orders").asText());
      assertThat(browser.find("#sync p a").getText())
          .startsWith(board.at("/sync/delayed").asText() + " ");
      assertThat(browser.find("#sync p").getText()).contains("1 %");
      browser.press("#time td a[href$='node=OUTBOUND_SCANNED']").press("td a");
      assertThat(browser.path()).startsWith("/console/orders/demo/");
      assertThat(browser.all(".timeline li")).isNotEmpty();
    }
  }

  @Test
  @Tag("R60")
  void an_order_is_on_the_screen_of_the_warehouse_within_five_seconds_without_reloading() {
    OpenDoor.addTo(shop.product(), "board-door");
    byte[] facts =
        OpenDoor.facts("SCREEN-1", "98.76", "CNY", Instant.now().toString())
            .getBytes(StandardCharsets.UTF_8);
    try (Browser browser = shop.browser(Role.WAREHOUSE)) {
      browser.open("/console/board");
      assertThat(browser.text()).doesNotContain("SCREEN-1");
      Await.until(
          "the door",
          Browser.SOON,
          () -> shop.product().post("/in/board-door", facts, "X-Id", "1").statusCode() == 200);
      long posted = System.nanoTime();
      Await.until(
          "the order on the screen", Browser.SOON, () -> browser.text().contains("SCREEN-1"));
      Duration took = Duration.ofNanos(System.nanoTime() - posted);
      System.out.printf("board: on the page after %d ms%n", took.toMillis());
      assertThat(took).isLessThan(ON_SCREEN_MAX);
      for (String path :
          List.of(
              "/console/board", "/console/board/orders?abnormal=any", "/console/board/orders")) {
        assertThat(browser.open(path).text())
            .doesNotContain("98.76", "CNY")
            .doesNotContainPattern("\\b1[3-9]\\d{9}\\b");
      }
    }
  }

  @Test
  void both_languages() {
    try (Browser browser = shop.browser(Role.WAREHOUSE)) {
      assertThat(browser.open("/console/board").language("en").text()).contains("Newest orders");
      assertThat(browser.language("zh").text()).contains("最新订单");
    }
  }
}
