package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Role;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A source that is read by period, in a real browser: its windows, and reading one again. */
@Tag("R42")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class SourcePagesIT {
  private static final String EVIL = "<img src=x onerror=document.title='owned'>";
  private static final String PAGE = "/console/sources/page-source/orders";
  // Windows of an hour over a day.
  private static final int WINDOWS = 24;

  private final DemoShop shop = DemoShop.open();
  private final Product product = shop.product();
  private final Counterpart partner = new Counterpart();

  @BeforeAll
  void start() {
    partner.answers(Counterpart.Reply.json(200, "{\"orders\": [], \"total\": 0}"));
    product.write(
        "routes/page-source/connection.yaml",
        """
        description: A list of orders by the hour
        calls:
          api: {url: "%s", method: GET}
        reads:
          orders:
            every: 1h
            overlap: 5m
            behind: 1m
            back: 24h
            zone: Asia/Shanghai
            pages: {order: first-last, size: 50, items: /orders, total: /total}
            item: {id: /no, version: /at}
            retry: {after: [1s]}
        """
            .formatted(partner.url()));
    product.write(
        "mappings/page-source/page.jsonata",
        "/* Our own list, revision 1. */ {'path': '/list', 'query': {'from': from, 'to': to}}\n");
    product.write("routes/page-source/page-source-sweep.camel.yaml", route("sweep"));
    product.write("routes/page-source/page-source-items.camel.yaml", route("items"));
    Await.until("all read", Browser.SOON, () -> proved() >= WINDOWS);
  }

  private static String route(String what) {
    boolean asks = what.equals("sweep");
    return """
    - route:
        id: page-source-%s
        description: A list of orders.
        from:
          uri: %s:page-source/orders
          steps:
            - to:
                uri: mapping:page-source/page
            - to:
                uri: %s
    """
        .formatted(
            what, asks ? "windows" : "inbox", asks ? "call:page-source/api" : "orders:record");
  }

  @AfterAll
  void stop() {
    partner.close();
  }

  private long proved() {
    return product
        .rows()
        .number(
            "select count(*) from source_window where source = 'page-source/orders'"
                + " and state = 'PROVED'");
  }

  private List<String> audited() {
    return product
        .rows()
        .texts(
            "select actor || ' ' || reason from audit where action = 'source.read-again'"
                + " and subject = 'page-source/orders' order by id");
  }

  @Test
  void its_windows_are_listed_and_one_is_read_again_after_a_question_only() {
    try (Browser browser = shop.browser(Role.OPS)) {
      browser.open("/console/sources").language("en").press("a[href='" + PAGE + "']");
      assertThat(browser.all("#windows tbody tr")).hasSizeGreaterThanOrEqualTo(WINDOWS);
      browser.press("nav a[href$='state=PROVED']");
      assertThat(browser.all("#windows tbody tr")).hasSizeGreaterThanOrEqualTo(WINDOWS);
      int asked = partner.requests().size();

      browser.press("#windows tbody tr:last-child form button");
      assertThat(browser.text()).contains("Read this period again?", "page-source/orders");
      assertThat(audited()).as("the question changes nothing").isEmpty();
      assertThat(partner.requests()).hasSize(asked);

      browser.type("input[name=reason]", EVIL).press(".ask button.danger");
      assertThat(browser.text()).contains("Reading again is under way");
      assertThat(audited()).containsExactly("ops " + EVIL);
      Await.until("read", Browser.SOON, () -> partner.requests().size() > asked);
      browser.open("/console/audit?action=source.read-again");
      assertThat(browser.text()).contains(EVIL);
      assertThat(browser.script("return document.title").toString()).doesNotContain("owned");
    }
  }

  @Test
  void who_does_not_run_the_product_sees_the_windows_and_no_button() {
    Map<String, String> wanted =
        Map.of("from", "2026-01-01T00:00", "to", "2026-01-02T00:00", "reason", "why");
    try (Browser browser = shop.browser(Role.WAREHOUSE)) {
      browser.open(PAGE).language("zh");
      assertThat(browser.all("#windows tbody tr")).isNotEmpty();
      assertThat(browser.all("form[action$='/ask']")).isEmpty();
      assertThat(browser.text()).doesNotContain("再读");
    }
    Visits visits = shop.visits(Role.WAREHOUSE);
    int before = audited().size();
    for (String act : List.of("/ask", "/read-again")) {
      Map<String, String> form = new HashMap<>(wanted);
      form.put("csrf", visits.csrf());
      assertThat(visits.post(PAGE + act, form).statusCode()).as(act).isEqualTo(403);
    }
    assertThat(audited()).hasSize(before);
  }

  @Test
  @Tag("R18")
  void orders_of_which_a_shop_waits_to_be_told_are_listed_by_state_and_lead_to_their_page() {
    try (Browser browser = shop.browser(Role.OPS)) {
      for (String state : List.of("at-risk", "breached", "open", "all")) {
        int expected =
            product.json("/api/upload-deadlines?state=" + state).path("deadlines").size();
        browser.open("/console/sources/deadlines?state=" + state);
        assertThat(browser.all("tbody tr")).as(state).hasSize(expected);
      }
      assertThat(browser.all("tbody tr")).as("of the demo's orders").isNotEmpty();
      assertThat(browser.press("tbody a").path()).startsWith("/console/orders/demo/");
    }
  }

  @Test
  void what_cannot_be_read_again_is_said_in_the_language_of_the_page() {
    Visits visits = shop.visits(Role.SRE).with("Accept-Language", "zh-CN");
    Map<String, String> form = new HashMap<>();
    form.put("csrf", visits.csrf());
    form.put("from", EVIL);
    form.put("to", "2026-01-02T00:00");
    HttpResponse<String> wrong = visits.post(PAGE + "/ask", form);
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("不是时间", "&lt;img").doesNotContain("<img");
    form.put("from", "2026-01-03T00:00");
    form.put("reason", "why");
    assertThat(visits.post(PAGE + "/read-again", form).body()).contains("开始时间必须早于结束时间");
    form.put("from", "2026-01-01T00:00");
    form.put("reason", " ");
    assertThat(visits.post(PAGE + "/read-again", form).body()).contains("没有填写理由");
    assertThat(visits.get("/console/sources/page-source/none").statusCode()).isEqualTo(404);
  }

  @Test
  void the_page_is_fit_for_everybody_in_both_colours_and_on_a_phone() {
    try (Browser browser = shop.browser(Role.SRE)) {
      assertThat(browser.open(PAGE).unfit()).isEmpty();
      browser.open(PAGE).shoot("source-390").press("#windows tbody tr:last-child form button");
      assertThat(browser.barriers()).isEmpty();
      assertThat(browser.overflow()).isZero();
    }
  }
}
