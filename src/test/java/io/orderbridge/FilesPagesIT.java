package io.orderbridge;

import static io.orderbridge.FilePage.LIST;
import static io.orderbridge.FilePage.release;
import static io.orderbridge.FilePage.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Routes and mappings in a real browser: edited, tried, released and taken back by roles. */
@Tag("R55")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class FilesPagesIT {
  // R55: from save to effect.
  private static final Duration EFFECT_MAX = Duration.ofSeconds(60);
  private static final String EVIL = "<img src=x onerror=document.title='owned'>";
  private static final String DESK = "mappings/desk/facts.jsonata";
  private static final String ROUTE = "routes/desk/desk-receive.camel.yaml";
  private static final String NOTICES = "mappings/rules/notices.yaml";
  private static final String TOLERANCE = "mappings/reconciliations/shop-payments.yaml";
  private static final int ORDERS = 8;

  private Product product;
  private DemoShop shop;
  private Browser owner;
  private Browser ops;

  @BeforeAll
  void start() {
    shop = DemoShop.open();
    product = shop.product();
    OpenDoor.addTo(product, "desk");
    Await.until("the door", Browser.SOON, () -> tell("DESK-0", "CNY") == 200);
    for (int i = 1; i < ORDERS; i++) {
      assertThat(tell("DESK-" + i, i % 4 == 0 ? "USD" : "CNY")).isEqualTo(200);
    }
    Await.until("orders", Browser.SOON, () -> orders("number like 'DESK-%'") == ORDERS);
    owner = shop.browser(Role.OWNER).wide(1440).prefers("light").open("/console").language("zh");
    ops = shop.browser(Role.OPS).wide(1440).prefers("light").open("/console").language("zh");
  }

  @AfterAll
  void stop() {
    for (Browser browser : new Browser[] {owner, ops}) {
      if (browser != null) {
        browser.close();
      }
    }
  }

  private int tell(String number, String currency) {
    String facts =
        OpenDoor.facts(number, "1.00", currency, Instant.now().toString())
            .replace("\"currency\": \"CNY\", \"total\"", "\"currency\": \"%s\", \"total\"")
            .formatted(currency);
    return product
        .post("/in/desk", facts.getBytes(StandardCharsets.UTF_8), "X-Id", number)
        .statusCode();
  }

  private long orders(String where) {
    return product.rows().number("select count(*) from customer_order where " + where);
  }

  private List<String> acts(String path) {
    return product
        .rows()
        .texts(
            "select actor || ' ' || action from audit where subject = '%s' order by id"
                .formatted(path));
  }

  // From the page of the file to its earlier version: asked first, and undone at once.
  private void back(Browser browser, String path, String now, String then) {
    FilePage.askBack(browser, path);
    assertThat(product.written(path)).as("asked only").isEqualTo(now);
    FilePage.goBack(browser, "试过了");
    assertThat(product.written(path)).isEqualTo(then);
    assertThat(acts(path)).last().asString().endsWith("file.rolled-back");
  }

  @Test
  void all_files_are_listed_by_system_and_found_by_their_words() {
    ops.open("/console/files").language("zh");
    assertThat(ops.all("details.system").size()).isGreaterThan(10);
    ops.type("input[type=search][name=q]:not(#find)", "desk").press("form.filter button");
    assertThat(ops.text()).contains("desk-receive.camel.yaml", "facts.jsonata", "路由", "生效");
    ops.open("/console/files?q=nothing-of-this-name");
    assertThat(ops.text()).contains("没有符合筛选的文件");
    ops.language("en");
    assertThat(ops.text()).contains("No file matches");
    ops.language("zh");
    ops.open("/console/files?q=desk/facts").press("table.filelist a");
    assertThat(ops.path()).isEqualTo(LIST + DESK);
  }

  @Test
  void a_new_field_is_tried_released_in_effect_and_taken_back_by_one_click() {
    String before = product.written(DESK);
    String field =
        "/* With a tag. */ $merge([$, {'details': $merge([details,"
            + " {'tags': {'planted': 'yes'}}])}])\n";
    write(owner.open(LIST + DESK).language("zh"), field).press("button[value=try]");
    assertThat(owner.text()).contains("会被采用", "会改变的订单", "demo/DESK-1", "/details/tags", "新增");
    assertThat(product.written(DESK)).as("a try changes nothing").isEqualTo(before);
    owner.shoot("files-trial-zh-1440");

    Instant saved = Instant.now();
    release(owner, "顾客标签");
    assertThat(owner.text()).contains("已生效");
    tell("DESK-TAGGED", "CNY");
    Await.until(
        "in effect",
        EFFECT_MAX,
        () -> orders("number = 'DESK-TAGGED' and state::text like '%planted%'") == 1);
    Duration took = Duration.between(saved, Instant.now());
    System.out.println("new field, from save to effect: " + took.toMillis() + " ms");
    assertThat(took).isLessThan(EFFECT_MAX);
    assertThat(acts(DESK)).last().isEqualTo("owner file.released");

    back(owner, DESK, field, before);
    owner.open(LIST + DESK + "/history").press("td.n a");
    assertThat(owner.text()).contains("试过了", "顾客标签", "已生效");
    assertThat(owner.all("table.diff tr.gone, table.diff tr.new")).isNotEmpty();
    owner.shoot("files-history-zh-1440");
  }

  @Test
  void a_planted_bad_mapping_shows_which_orders_would_change_and_changes_none() {
    String before = product.written(DESK);
    String bad =
        "/* Bad. */ details.currency = 'USD' ? $merge([$, {'details': $merge([details,"
            + " {'total': '0.00'}])}]) : $\n";
    write(ops.open(LIST + DESK).language("zh"), bad).press("button[value=try]");

    assertThat(ops.all("ul.orders li").stream().map(one -> one.getText()))
        .containsExactly("demo/DESK-4");
    assertThat(ops.text()).contains("/details/total", "1.00", "0.00", "demo/DESK-4");
    assertThat(ops.all("button[value=release]")).as("operations may not release it").isEmpty();
    assertThat(product.written(DESK)).isEqualTo(before);
    assertThat(orders("state::text like '%0.00%' and number like 'DESK-%'")).isZero();
  }

  @Test
  void operations_changes_a_tolerance_itself_and_no_route() {
    String before = product.written(TOLERANCE);
    String changed = before.replace("amount: 0.05", "amount: 0.06");
    write(ops.open(LIST + TOLERANCE).language("zh"), changed).press("button[value=try]");
    Instant saved = Instant.now();
    release(ops, "新容差");
    assertThat(ops.text()).contains("已生效");
    Visits asked = shop.visits(Role.OPS);
    Await.until(
        "in effect",
        EFFECT_MAX,
        () ->
            asked
                .get("/api/reconciliations/shop-payments")
                .body()
                .contains("{amount: 0.06, percent"));
    Duration took = Duration.between(saved, Instant.now());
    System.out.println("tolerance, from save to effect: " + took.toMillis() + " ms");
    assertThat(took).isLessThan(EFFECT_MAX);
    assertThat(acts(TOLERANCE)).last().isEqualTo("ops file.released");
    back(ops, TOLERANCE, changed, before);

    ops.open(LIST + ROUTE);
    assertThat(ops.all("button[value=release]")).isEmpty();
    assertThat(ops.text()).contains("您的角色只能查看和试跑");
    assertThat(form(Role.OPS, ROUTE, product.written(ROUTE) + "\n", "").statusCode())
        .isEqualTo(403);
    for (Role none : List.of(Role.WAREHOUSE, Role.CS, Role.FINANCE)) {
      assertThat(shop.visits(none).get("/console/files").statusCode()).isEqualTo(403);
      assertThat(shop.visits(none).get(LIST + ROUTE).statusCode()).isEqualTo(403);
    }
    assertThat(acts(ROUTE)).isEmpty();
  }

  // A form as a browser without script sends it.
  private HttpResponse<String> form(Role role, String path, String text, String from) {
    Visits visits = shop.visits(role);
    return visits.post(
        LIST + path + "/release",
        Map.of(
            "csrf", visits.csrf(), "text", text, "from", from, "reason", EVIL, "untried", "yes"));
  }

  @Test
  void what_was_not_tried_is_asked_about_and_a_bad_text_is_refused_by_line_and_not_lost() {
    String before = product.written(ROUTE);
    String bad = before.replace("uri: orders:record", "uri: ordres:record");
    owner.open(LIST + ROUTE).language("zh").complaints();
    write(owner, bad);
    Await.until(
        "the check marks it", Browser.SOON, () -> !owner.all("[data-problems] li").isEmpty());
    assertThat(owner.find("[data-problems]").getText()).contains("ordres", "行 ");
    assertThat(owner.complaints()).as("the marks keep to the policy").isEmpty();
    release(owner, "看看");
    assertThat(owner.text()).contains("没有试跑就发布？", ROUTE);
    assertThat(product.written(ROUTE)).isEqualTo(before);
    owner.press("main form button");
    assertThat(owner.text()).contains("没有发布，您写的内容还在下面", "行 ", "ordres");
    assertThat(owner.find("textarea").getDomProperty("value")).isEqualTo(bad);
    assertThat(product.written(ROUTE)).isEqualTo(before);
    assertThat(acts(ROUTE)).isEmpty();
  }

  @Test
  void somebody_who_was_quicker_is_not_overwritten() {
    String path = "mappings/rules/links.yaml";
    String before = product.written(path);
    owner.open(LIST + path).language("zh");
    product.write(path, before + "# somebody else\n");
    write(owner, before + "# mine\n").press("button[value=try]");
    release(owner, "我的");
    assertThat(owner.text()).contains("您打开后文件已被更改");
    assertThat(owner.find("textarea").getDomProperty("value")).contains("# mine");
    assertThat(product.written(path)).isEqualTo(before + "# somebody else\n");
    product.write(path, before);
  }

  @Test
  void a_route_is_drawn_as_camel_reads_it_and_keys_are_completed_from_the_schema() {
    owner.open(LIST + ROUTE).language("zh");
    assertThat(owner.all("svg[role=img] g").size()).isEqualTo(3);
    assertThat(owner.find("#diagram").getText()).contains("from", "inbox:desk", "orders:record");
    String more = product.written(ROUTE) + "        - mul";
    write(owner, more);
    owner.script(
        "const e = document.querySelector('.editorhost').editor; e.focus();"
            + " e.dispatch({selection: {anchor: e.state.doc.length}})");
    owner.strike("t");
    Await.until(
        "multicast is offered",
        Browser.SOON,
        () ->
            owner
                .script(
                    "return document.querySelector('.editorhost').shadowRoot"
                        + ".querySelector('.cm-tooltip-autocomplete')?.textContent || ''")
                .toString()
                .contains("multicast"));
  }

  @Test
  void a_new_file_is_written_and_released() {
    String path = "mappings/desk/colours.csv";
    owner.open("/console/files/new").language("zh");
    owner.type("input[name=path]", path).press("main form button");
    assertThat(owner.text()).contains("尚不存在");
    write(owner, "code,canonical\nR,red\n").press("button[value=try]");
    release(owner, "新代码表");
    assertThat(owner.text()).contains("已生效");
    assertThat(product.written(path)).isEqualTo("code,canonical\nR,red\n");
  }

  @Test
  void what_people_type_stays_text() {
    String path = "mappings/rules/comparisons.yaml";
    String before = product.written(path);
    String text = before + "# " + EVIL + "</textarea>\n";
    assertThat(form(Role.OWNER, path, text, hash(path)).statusCode()).isEqualTo(303);
    for (String page :
        List.of(
            LIST + path,
            LIST + path + "/history",
            "/console/files?q=" + java.net.URLEncoder.encode(EVIL, StandardCharsets.UTF_8),
            "/console/files/new?path="
                + java.net.URLEncoder.encode(EVIL, StandardCharsets.UTF_8))) {
      owner.open(page);
      assertThat(owner.all("main img")).as(page).isEmpty();
      assertThat(owner.script("return document.title").toString()).doesNotContain("owned");
    }
    owner.open(LIST + path + "/history").press("td.n a");
    assertThat(owner.all("main img")).isEmpty();
    assertThat(owner.text()).contains(EVIL);
    product.write(path, before);
  }

  private String hash(String path) {
    return Product.read(shop.visits(Role.OWNER).get("/api/files/" + path).body())
        .path("hash")
        .asText();
  }

  @Test
  void what_is_tried_is_fit_for_everybody_in_both_colours_and_on_a_phone() {
    owner.complaints();
    write(owner.open(LIST + DESK), "/* x */ $merge([$, {'raw': 'x'}])\n")
        .press("button[value=try]");
    assertThat(owner.unfit()).isEmpty();
    owner.shoot("files-trial-zh-390").wide(1440).prefers("dark").shoot("files-trial-dark");
    owner.prefers("light");
    assertThat(owner.complaints()).as("what the browser complains of").isEmpty();
  }
}
