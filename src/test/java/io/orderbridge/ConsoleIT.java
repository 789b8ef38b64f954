package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, as people use it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class ConsoleIT {
  private static final String AT = Instant.now().minusSeconds(7200).toString();
  private static final String EVIL = "<img src=x onerror=document.title='owned'>";
  private static final String ORDER = "/console/orders/demo/820982911";

  private Product product;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path folder) {
    product = new Product(folder).database(TestDatabase.freshUrl());
    OpenDoor.addTo(product, "marketplace");
    product.start();
    tell("order", order("820982911"));
    Await.until(
        "the order",
        Browser.SOON,
        () -> product.get("/api/orders/demo/820982911").statusCode() == 200);
    browser = new Browser(product);
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    product.close();
  }

  @BeforeEach
  void chinese() {
    browser.wide(1440).prefers("light").open("/console").language("zh");
  }

  private void tell(String id, String facts) {
    product.post("/in/marketplace", facts.getBytes(StandardCharsets.UTF_8), "X-Id", id);
  }

  // Everything that a shop may write by hand is a trap.
  private static String order(String number) {
    return """
    {"order": {"shop": "demo", "number": "%1$s"}, "version": "%2$s",
     "facts": [
       {"milestone": "CREATED", "at": "%2$s"},
       {"milestone": "PAID", "at": "%2$s",
        "payment": {"id": "pay-%3$s", "amount": "199.00", "currency": "CNY"}},
       {"milestone": "TRACKING_ASSIGNED", "at": "%2$s", "parcel": "P1", "carrier": "%3$s",
        "trackingNo": "SF1029384756"}],
     "details": {"currency": "CNY", "total": "199.00", "note": "%3$s",
        "tags": {"hold": "%3$s"},
        "lines": [{"id": "1", "sku": "%3$s", "title": "%3$s", "quantity": 1}]},
     "receiver": {"name": "%3$s", "phone": "13800000000", "address": {"city": "%3$s"}},
     "raw": "%3$s"}\
    """
        .formatted(number, AT, EVIL);
  }

  private long letter(String id, String number) {
    return letter(id, OpenDoor.facts(number, "1.00", "QQQ", AT), "CURRENCY_UNKNOWN");
  }

  private long letter(String id, String facts, String cause) {
    tell(id, facts);
    String query = "/api/dead-letters?cause=" + cause + "&subject=" + id;
    Await.until(
        "dead letter", Browser.SOON, () -> product.json(query).path("deadLetters").size() == 1);
    return product.json(query).at("/deadLetters/0/id").asLong();
  }

  private String state(long letter) {
    return product.rows().texts("select state from dead_letter where id = " + letter).get(0);
  }

  @Test
  void each_page_speaks_both_languages_and_keeps_the_choice() {
    assertThat(browser.open("/console").text()).contains("总览", "死信", "时间均为时区 Asia/Shanghai");
    browser.language("en");
    assertThat(browser.text()).contains("Overview", "Dead letters", "All times in Asia/Shanghai");
    assertThat(browser.open(ORDER).text()).contains("Paid", "Timeline", "Systems side by side");
    assertThat(browser.language("zh").text()).contains("时间线", "各系统状态");
    assertThat(browser.path()).isEqualTo(ORDER);
  }

  @Test
  @Tag("R61")
  void an_order_is_found_by_what_people_have_in_hand_and_its_message_lies_beside_facts() {
    browser.type("#find", "demo/820982911").press(".find button");
    assertThat(browser.path()).isEqualTo(ORDER);
    browser.open("/console/orders?q=SF1029384756");
    assertThat(browser.path()).isEqualTo(ORDER);
    browser.open("/console/orders").type("input[name=phone]", "13800000000");
    browser.press("form[method=post] button:not([name])");
    assertThat(browser.path()).matches("/console/orders[?]customer=[0-9a-f]{64}");
    assertThat(browser.text()).contains("demo/820982911");
    assertThat(
            product
                .rows()
                .texts(
                    "select actor from audit where action = 'customer.searched' and"
                        + " subject ~ '^[0-9a-f]{64}$'"))
        .as("who asked for a phone number is recorded, the number is not")
        .containsExactly("local");
    browser.press("td a");
    assertThat(browser.text()).contains("付款成功", "SF1029384756", "199.00");
    browser.press("a[href*='/messages/']");
    assertThat(browser.find(".sides section:first-child pre").getText()).contains("13800000000");
    assertThat(browser.find(".sides section:last-child pre").getText()).contains("PAID");
    assertThat(product.rows().texts("select actor from audit where action = 'message.opened'"))
        .contains("local");
  }

  @Test
  void a_dead_letter_is_edited_and_replayed() {
    long id = letter("mended", "3001");
    browser.open("/console/dead-letters/" + id);
    String copy = browser.find("textarea").getDomProperty("value");
    browser.type("textarea", copy.replace("QQQ", "CNY")).press("textarea ~ p button");
    assertThat(browser.text()).contains("副本已保存");
    browser.press("button[value=replay]");
    assertThat(browser.text()).contains("重放 1 条死信？", "幂等键不变");
    assertThat(state(id)).isEqualTo("OPEN");
    browser.press("main form button");
    assertThat(browser.text()).contains("已放回队列");
    Await.until(
        "order 3001", Browser.SOON, () -> product.get("/api/orders/demo/3001").statusCode() == 200);
    assertThat(
            product
                .rows()
                .texts(
                    "select action from audit where subject = '"
                        + id
                        + "' and action <> 'dead-letter.opened' order by id"))
        .containsExactly("dead-letter.edited", "dead-letter.replayed");
  }

  @Test
  void what_cannot_be_undone_asks_first_and_wants_a_reason() {
    long id = letter("thrown", "3002");
    browser.open("/console/dead-letters/" + id).press("button[value=discard]");
    assertThat(browser.text()).contains("丢弃 1 条死信？", "不能撤销", "#" + id);
    browser.press(".acts a.button");
    assertThat(state(id)).isEqualTo("OPEN");
    browser.press("button[value=discard]").find("main form button").click();
    assertThat(state(id)).as("the browser insists on a reason").isEqualTo("OPEN");
    browser.type("input[name=reason]", "测试单").press("main form button");
    assertThat(browser.text()).contains("已丢弃");
    assertThat(state(id)).isEqualTo("DISCARDED");
  }

  @Test
  void many_are_replayed_in_parts_with_progress_and_none_twice() {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(letter("many-" + i, OpenDoor.facts("31" + i, "1.234", "CNY", AT), "MONEY_INVALID"));
    }
    browser.open("/console/dead-letters?queue=inbox:marketplace&cause=MONEY_INVALID");
    browser.find("input[value=all]").click();
    browser.press("button[value=replay]").type("input[name=perSecond]", "2");
    browser.press("main form button");
    assertThat(browser.find("progress").getDomProperty("value")).isEqualTo("2");
    Await.until(
        "the end", Browser.SOON, () -> browser.all(".ask a.button:not(.plain)").size() == 1);
    assertThat(browser.text()).contains("已放回 5 条，共 5 条");
    ids.forEach(id -> assertThat(state(id)).isEqualTo("REPLAYED"));
    // They fail again: new letters, which the parts did not take up.
    Await.until(
        "dead again",
        Browser.SOON,
        () ->
            product.json("/api/dead-letters?cause=MONEY_INVALID").path("deadLetters").size() >= 5);
    assertThat(product.rows().texts("select count(*) from dead_letter where subject like 'many-%'"))
        .containsExactly("10");
  }

  @Test
  void what_a_shop_wrote_stays_text() {
    long id = letter("evil", EVIL.replace("/", ""));
    for (String path :
        List.of(
            ORDER,
            "/console/orders?q=" + "820982911",
            "/console/dead-letters",
            "/console/dead-letters/" + id)) {
      browser.open(path);
      assertThat(browser.all("main img")).as(path).isEmpty();
      assertThat(browser.script("return document.title").toString()).doesNotContain("owned");
    }
    assertThat(browser.open(ORDER).text()).contains(EVIL);
  }

  @Test
  void a_form_of_another_site_changes_nothing() {
    long id = letter("foreign", "3003");
    String body = "act=discard&ids=" + id + "&until=2099-01-01T00:00:00Z&total=1&reason=x";
    for (String[] headers :
        List.of(
            new String[] {"Content-Type", "application/x-www-form-urlencoded"},
            new String[] {
              "Content-Type", "application/x-www-form-urlencoded", "Origin", "http://evil.example"
            })) {
      assertThat(
              product
                  .post(
                      "/console/dead-letters/do/part",
                      body.getBytes(StandardCharsets.UTF_8),
                      headers)
                  .statusCode())
          .isIn(401, 403);
    }
    assertThat(state(id)).isEqualTo("OPEN");
    // From elsewhere a sign-in is needed.
    assertThat(product.get("/console", "X-Forwarded-For", "10.0.0.9").statusCode()).isEqualTo(303);
  }

  @Test
  void every_page_is_fit_for_everybody_in_both_colours_and_on_a_phone() {
    long id = letter("seen", "3004");
    String message = messagePath();
    List<String> wrong = new ArrayList<>();
    for (String path :
        List.of(
            "/console",
            "/console/orders",
            "/console/orders?q=nothing-there",
            ORDER,
            message,
            "/console/dead-letters",
            "/console/dead-letters?cause=BODY_BROKEN",
            "/console/dead-letters/" + id,
            "/console/nowhere")) {
      for (String scheme : List.of("light", "dark")) {
        browser.wide(1440).prefers(scheme).open(path);
        browser.barriers().forEach(one -> wrong.add(path + " " + scheme + ": " + one));
      }
      browser.wide(390).open(path);
      if (browser.overflow() > 0) {
        wrong.add(path + " is " + browser.overflow() + " px wider than a phone");
      }
      browser.barriers().forEach(one -> wrong.add(path + " phone: " + one));
    }
    browser.wide(390).open("/console/dead-letters/" + id).press("button[value=discard]");
    browser.barriers().forEach(one -> wrong.add("ask: " + one));
    assertThat(wrong).isEmpty();
    assertThat(browser.complaints())
        .as("what the browser complains of, but for the page that is nowhere")
        .allMatch(line -> line.contains("/console/nowhere"));
    assertThat(browser.asked())
        .as("nothing of another place is asked for")
        .isNotEmpty()
        .allMatch(address -> address.startsWith(product.uri("/").toString()));
  }

  private String messagePath() {
    browser.open(ORDER);
    String link = browser.find("a[href*='/messages/']").getDomAttribute("href");
    return link;
  }

  @Test
  void pictures_of_all_pages_are_kept() {
    long id = letter("shown", "3005");
    String message = messagePath();
    for (String language : List.of("zh", "en")) {
      browser.wide(1440).open("/console").language(language);
      for (int width : List.of(1440, 390)) {
        String name = "-" + language + "-" + width;
        browser.wide(width).open("/console").shoot("start" + name);
        browser.open("/console/orders?q=nothing-there").shoot("orders" + name);
        browser.open(ORDER).shoot("order" + name);
        browser.open(message).shoot("message" + name);
        browser.open("/console/dead-letters").shoot("letters" + name);
        browser.open("/console/dead-letters/" + id).shoot("letter" + name);
        browser.press("button[value=discard]").shoot("ask" + name);
        browser.open("/console/nowhere").shoot("problem" + name);
      }
    }
    browser.wide(1440).prefers("dark").open(ORDER).shoot("order-dark");
    assertThat(Path.of("target/console/order-dark.png")).exists();
  }
}
