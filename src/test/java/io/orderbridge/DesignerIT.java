package io.orderbridge;

import static io.orderbridge.FilePage.LIST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.kernel.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Routes drawn by mouse in the running product, released from the browser, and run by it. Only
 * where the designer is built: {@code src/main/designer}.
 */
@Tag("R54")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class DesignerIT {
  private static final Path DESIGNER = Path.of("target/designer").toAbsolutePath();
  private static final Duration EFFECT_MAX = Duration.ofSeconds(60);
  private static final String HAND_WRITTEN = "routes/drawn/drawn-receive.camel.yaml";
  private static final String IN = "routes/drawn-in/drawn-in-receive.camel.yaml";
  private static final String OUT = "routes/drawn-out/drawn-out-tell.camel.yaml";
  private static final String PUSH = "routes/drawn-mail/drawn-mail-send.camel.yaml";
  private static final String BUILT = "designer";
  private static final String TAKES_OVER = "会被采用";

  private final Counterpart partner = new Counterpart();
  private DemoShop shop;
  private Product product;
  private Browser owner;

  @BeforeAll
  void start() {
    assumeTrue(
        Files.exists(DESIGNER.resolve("designer.js")),
        "src/main/designer/build makes target/designer");
    shop = DemoShop.open();
    product = OpenDoor.addTo(shop.product(), "drawn");
    product
        .write(
            "routes/drawn-in/connection.yaml",
            """
            description: Takes order facts as they are
            receives: {signature: none, internal: true, message-id: "header:X-Id"}
            """)
        .write("mappings/drawn-in/facts.jsonata", "/* Facts come as facts. */ $\n")
        .write(
            "routes/drawn-out/connection.yaml",
            """
            description: Is told of orders
            owed: {events: ["order.*"], shops: [drawn]}
            calls:
              told: {url: "%s/told", method: POST}
            """
                .formatted(partner.url()))
        .write(
            "mappings/drawn-out/tell.jsonata",
            "/* Whose order it is. */ data.order.number = 'DRAWN-SKIP' ? {'skip': 'not this one'}"
                + " : {'body': {'number': data.order.number}}\n")
        .write(
            "routes/drawn-mail/connection.yaml",
            """
            description: Sends what customers are told
            notices: {channel: mail, to: email, receipts: false}
            calls:
              send: {url: "%s/mail", method: POST}
            """
                .formatted(partner.url()))
        .write("mappings/drawn-mail/send.jsonata", "/* A mail. */ {'body': {'to': to}}\n")
        .write("mappings/drawn-mail/sent.jsonata", "/* Its number. */ {'ref': id}\n");
    partner.answers(Counterpart.Reply.json(200, "{\"id\": \"m-1\"}"));
    putDesigner();
    owner = shop.browser(Role.OWNER).wide(1440).prefers("light").open("/console").language("zh");
  }

  @AfterAll
  void stop() {
    partner.close();
    if (owner != null) {
      owner.close();
      product.remove(BUILT);
      // Nobody answers there any more, and other tests share the product.
      List.of(OUT, "routes/drawn-out/connection.yaml").forEach(product::remove);
      List.of(PUSH, "routes/drawn-mail/connection.yaml").forEach(product::remove);
    }
  }

  private void putDesigner() {
    try {
      Files.createSymbolicLink(shop.designer(), DESIGNER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int post(String door, String number) {
    String receiver =
        "{\"name\": \"王女士\", \"buyer\": \"%1$s\", \"email\": \"%1$s@example.com\"}"
            .formatted(number);
    return OpenDoor.refunded(product, door, "drawn", number, receiver);
  }

  private boolean asked(String path, String text) {
    return partner.requests().stream()
        .anyMatch(one -> one.path().equals(path) && one.body().contains(text));
  }

  /** The page of a file that is not there yet, and from there the designer. */
  private Drawing fresh(String path) {
    owner.complaints();
    owner.open("/console/files/new").type("input[name=path]", path).press("main form button");
    return new Drawing(owner.press("button[value=design]"));
  }

  /** Takes what was drawn to the page of the file and releases it there; when that was. */
  private Instant release(Drawing drawing, String path) {
    String drawn = drawing.text();
    drawing.take();
    assertThat(owner.text()).contains(TAKES_OVER, path);
    assertThat(owner.find("textarea").getDomProperty("value")).isEqualTo(drawn);
    assertThat(product.has(path)).as("only tried").isFalse();
    Instant saved = Instant.now();
    FilePage.release(owner, "画好了");
    assertThat(owner.text()).contains("已生效");
    assertThat(product.written(path)).isEqualTo(drawn);
    return saved;
  }

  private void assertInEffect(String what, Instant saved, Await.Condition effect) {
    Await.until(what, EFFECT_MAX, effect);
    FilePage.assertWithin(EFFECT_MAX, what + ", from release to effect", saved);
  }

  private void assertOpensUnchanged(String path, String picture, String... steps) {
    Drawing again = new Drawing(owner.open(LIST + path).press("button[value=design]"));
    assertThat(again.steps()).containsExactly(steps);
    assertThat(again.said()).isEqualTo("未更改。");
    assertThat(again.mayBeTaken()).isFalse();
    assertThat(again.text()).isEqualTo(product.written(path));
    owner.shoot(picture);
    // Kaoto asks whether something was copied that could be put in; a test's browser does not say.
    assertThat(owner.complaints()).allMatch(one -> one.contains("Failed to fetch from clipboard"));
  }

  @Test
  void data_sync_is_drawn_by_mouse_a_step_is_dragged_and_the_product_runs_it() {
    Drawing drawing =
        fresh(IN)
            .begin("inbox", "drawn-in")
            .first("from", "orders")
            .fill("from.steps.0.to", "#.parameters.name", "record")
            .append("from.steps.0.to", "mapping")
            .fill("from.steps.1.to", "#.parameters.name", "drawn-in/facts")
            .describe("订单事实入账");
    assertThat(drawing.steps()).containsExactly("inbox", "orders", "mapping");
    drawing.drag("from.steps.0.to", "from.steps.1.to");
    owner.shoot("designer-drag");
    drawing.drop();
    Await.asserted(
        Browser.SOON,
        () -> assertThat(drawing.steps()).containsExactly("inbox", "mapping", "orders"));
    owner.shoot("designer-dragged");
    Await.until(
        "as text",
        Browser.SOON,
        () -> drawing.text().matches("(?s).*mapping:drawn-in/facts.*orders:record.*"));

    Instant saved = release(drawing, IN);
    assertInEffect(
        "data sync",
        saved,
        () ->
            post("drawn-in", "DRAWN-IN") == 200
                && product.get("/api/orders/drawn/DRAWN-IN").statusCode() == 200);
    assertOpensUnchanged(IN, "designer-data-sync", "inbox", "mapping", "orders");
  }

  @Test
  void a_status_update_is_drawn_with_a_condition_and_tells_the_partner() {
    Drawing drawing =
        fresh(OUT)
            .begin("outbox", "drawn-out")
            .first("from", "mapping")
            .fill("from.steps.0.to", "#.parameters.name", "drawn-out/tell")
            .append("from.steps.0.to", "filter")
            .fillGroup("from.steps.1.filter", "simple.expression", "${body[skip]} == null")
            .first("from.steps.1.filter", "call")
            .fill("from.steps.1.filter.steps.0.to", "#.parameters.name", "drawn-out/told")
            .describe("向对方更新状态");

    Instant saved = release(drawing, OUT);
    assertThat(post("drawn", "DRAWN-SKIP")).isEqualTo(200);
    assertThat(post("drawn", "DRAWN-OUT")).isEqualTo(200);
    assertInEffect("status update", saved, () -> asked("/told", "DRAWN-OUT"));
    assertThat(asked("/told", "DRAWN-SKIP")).as("kept back by the condition").isFalse();
    assertOpensUnchanged(OUT, "designer-status-update", "outbox", "mapping", "call");
  }

  @Test
  void a_message_push_is_drawn_and_the_customer_is_told() {
    Drawing drawing =
        fresh(PUSH)
            .begin("notices", "drawn-mail")
            .first("from", "mapping")
            .fill("from.steps.0.to", "#.parameters.name", "drawn-mail/send")
            .append("from.steps.0.to", "call")
            .fill("from.steps.1.to", "#.parameters.name", "drawn-mail/send")
            .append("from.steps.1.to", "mapping")
            .fill("from.steps.2.to", "#.parameters.name", "drawn-mail/sent")
            .describe("发送顾客通知");

    Instant saved = release(drawing, PUSH);
    assertThat(post("drawn", "DRAWN-PUSH")).isEqualTo(200);
    assertInEffect("message push", saved, () -> asked("/mail", "DRAWN-PUSH@example.com"));
    Await.until("its number is kept", Browser.SOON, () -> refs("DRAWN-PUSH").contains("m-1"));
    assertOpensUnchanged(PUSH, "designer-message-push", "notices", "mapping", "call", "mapping");
  }

  private List<String> refs(String number) {
    return product.json("/api/notices?limit=1000").path("notices").findParents("gate").stream()
        .filter(notice -> notice.at("/order/number").asText().equals(number))
        .flatMap(notice -> notice.path("sent").findValues("ref").stream())
        .map(JsonNode::asText)
        .toList();
  }

  @Test
  void without_the_designer_there_is_no_button_and_its_address_says_what_to_do() {
    product.remove(BUILT);
    try {
      owner.open(LIST + HAND_WRITTEN).language("zh");
      assertThat(owner.all("button[value=design]")).isEmpty();
      owner.open(LIST + HAND_WRITTEN + "/design");
      assertThat(owner.text()).contains("没有安装可视化设计器", "docs/console.md");
      assertThat(shop.visits(Role.OWNER).get("/console/designer/designer.js").statusCode())
          .isEqualTo(404);
      owner.language("en");
      assertThat(owner.text()).contains("The visual designer", "is not installed");
      owner.language("zh");
    } finally {
      putDesigner();
      owner.complaints();
    }
    owner.open(LIST + HAND_WRITTEN);
    assertThat(owner.all("button[value=design]")).as("put there while it runs").hasSize(1);
  }

  @Test
  void only_files_of_the_designer_are_given_out() {
    Visits visits = shop.visits(Role.OWNER);
    assertThat(visits.get("/console/designer/designer.js").statusCode()).isEqualTo(200);
    for (String name : List.of("none.js", "built-from", ".hidden.js", "..%2fconnection.json")) {
      assertThat(visits.get("/console/designer/" + name).statusCode()).as(name).isIn(403, 404);
    }
  }
}
