package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Role;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Notices in a real browser, as people of each role use them. */
@ExtendWith(Product.LogOfFailure.class)
class NoticePagesIT {
  private static final String EVIL = "<img src=x onerror=document.title='owned'>";
  private static final String LOG = "/console/notices";
  private static final String TEMPLATE = LOG + "/templates/shipped/sms";
  private static final String TEXT = "textarea[name=text]";

  private final DemoShop shop = DemoShop.open();

  private List<String> audit(String action) {
    return shop.product()
        .rows()
        .texts(
            "select actor || ' ' || subject || ' ' || detail from audit where action = '%s'"
                .formatted(action));
  }

  private String inForce() {
    return String.join(
        "",
        shop.product()
            .rows()
            .texts(
                "select body from notice_template where name = 'shipped' and channel = 'sms'"
                    + " and state = 'APPROVED'"));
  }

  @Test
  @Tag("R25")
  void the_log_leads_to_why_a_notice_was_sent_and_what_receipts_say() {
    try (Browser browser = shop.browser(Role.OPS)) {
      browser.open(LOG).language("zh");
      assertThat(browser.text()).contains("顾客通知", "发货通知", "已送达", "短信");
      String order = browser.find("td.subject a").getText();
      browser.type("input[name=order]", order).press("form.filter button");
      assertThat(browser.all("tbody tr")).isNotEmpty();
      assertThat(browser.all("td.subject a")).allMatch(one -> one.getText().equals(order));
      browser.press("td.n a");
      assertThat(browser.text()).contains("规则如何决定", "各通道的发送和回执", "已提交", "发送的文字", "已记入审计日志");
      browser.language("en");
      assertThat(browser.text()).contains("What the rules decided", "Accepted", "Text as sent");
      assertThat(audit("notice.opened")).anyMatch(line -> line.startsWith("ops notice "));
      browser.open(LOG + "?channel=mail&state=failed&order=" + "none");
      assertThat(browser.text()).contains("No notice matches");
    }
    try (Browser browser = shop.browser(Role.MANAGER)) {
      browser.open(LOG + "/1").language("en");
      assertThat(browser.text()).contains("The customer's name is hidden");
    }
  }

  @Test
  @Tag("R26")
  void reach_is_counted_by_receipts_and_every_figure_leads_to_its_notices() {
    try (Browser browser = shop.browser(Role.OWNER)) {
      browser.open(LOG + "/reach").language("en");
      int due = Integer.parseInt(browser.find("tbody tr td:nth-child(3)").getText());
      assertThat(browser.text()).contains("Reach rate", "Not confirmed");
      browser.press("tbody tr td:nth-child(3) a");
      assertThat(browser.all("tbody tr")).hasSize(Math.min(due, 50));
      browser.open(LOG + "/rules");
      assertThat(browser.text())
          .contains("Frequency caps", "Quiet hours", "wechat-no-promotion", "21:00");
      browser.press("a[href$='rule=wechat-no-promotion']");
      assertThat(browser.all("tbody tr")).isNotEmpty();
    }
  }

  @Test
  @Tag("R59")
  @Tag("R55")
  void ops_edits_previews_and_saves_another_approves_and_ops_goes_back() {
    try (Browser ops = shop.browser(Role.OPS);
        Browser manager = shop.browser(Role.MANAGER)) {
      ops.open(TEMPLATE).language("zh");
      ops.type(TEXT, "您好{{custmer}}").press("button[value=save]");
      assertThat(ops.find(".callout.bad").getText())
          .contains("正文", "/text", "第 3 个字符", "custmer", "相近的是“customer”");
      ops.language("en");
      assertThat(audit("notice-template.saved")).as("nothing wrong is saved").isEmpty();
      ops.open(TEMPLATE).type(TEXT, EVIL + "{{order}}").press("button[value=preview]");
      assertThat(ops.find(".preview pre").getText()).contains(EVIL).doesNotContain("{{");
      assertThat(ops.find(".preview ins").getText()).isNotEmpty();
      assertThat(ops.script("return document.title").toString()).doesNotContain("owned");
      assertThat(audit("notice-template.saved")).as("a preview saves nothing").isEmpty();
      ops.type(TEXT, EVIL + "{{order}} v1").press("button[value=save]");
      assertThat(ops.text()).contains("Saved as a new version", "Another person");
      assertThat(ops.all("button[value=approve]")).as("not by who edited it").isEmpty();
      assertThat(inForce()).isEmpty();

      manager.open(TEMPLATE).language("en");
      assertThat(manager.all("button[value=save]")).as("managers do not edit").isEmpty();
      manager.press("button[value=approve]");
      assertThat(inForce()).as("it only asked").isEmpty();
      long began = System.nanoTime();
      manager.press(".ask button");
      assertThat(inForce()).contains("{{order}} v1");
      assertThat(System.nanoTime() - began).isLessThan(60_000_000_000L);
      assertThat(audit("notice-template.approved")).hasSize(1);

      ops.open(TEMPLATE).press("button[value=rollback]");
      assertThat(inForce()).as("it only asked").contains("{{order}} v1");
      ops.type("input[name=reason]", EVIL).press(".ask button.danger");
      assertThat(ops.text()).contains("Gone back");
      assertThat(inForce()).doesNotContain("{{order}} v1");
      assertThat(audit("notice-template.rolled-back"))
          .containsExactly("ops shipped.sms version=2 based_on=0");
    }
  }

  @Test
  @Tag("R27")
  void what_a_customer_allows_is_found_by_phone_changed_and_its_looks_are_recorded() {
    try (Browser browser = shop.browser(Role.CS)) {
      browser.open(LOG + "/customers").language("en");
      browser.type("input[name=phone]", "13912345678").press("main form button");
      assertThat(browser.path()).matches(LOG + "/customers[?]customer=[0-9a-f]{64}");
      assertThat(browser.text()).contains("never said anything");
      browser.type("input[name=evidence]", EVIL).press("form[action$=say] button");
      assertThat(browser.text()).contains("The customer's word is noted", EVIL, "Opted out");
      assertThat(browser.script("return document.title").toString()).doesNotContain("owned");
      assertThat(audit("notice-customer.searched")).anyMatch(line -> line.startsWith("cs "));
      assertThat(audit("notice-customer.opened")).anyMatch(line -> line.startsWith("cs "));
      assertThat(audit("notice-customer.told")).anyMatch(line -> line.contains("WITHDRAWN"));
      String here = browser.path().replaceAll("&did=.*", "");
      String customer = here.replaceAll(".*=", "");
      shop.product()
          .rows()
          .execute(
              "insert into notice_contact (customer, kind, value, at) values ('%s', 'email', 'a@b',"
                      .formatted(customer)
                  + " now())");
      browser.open(here).press("form[action$=ask] button");
      assertThat(audit("notice-customer.erased")).as("it only asked").isEmpty();
      browser.type("input[name=reason]", "asked for it").press(".ask button.danger");
      assertThat(browser.text()).contains("The contacts are erased");
      assertThat(audit("notice-customer.erased")).hasSize(1);
    }
  }

  @Test
  @Tag("R26")
  void a_sample_of_a_month_is_drawn_and_a_call_is_noted() {
    YearMonth last = YearMonth.now(java.time.ZoneId.of("Asia/Shanghai")).minusMonths(1);
    // The demo's notices are of today: some are taken to the middle of the month before.
    shop.product()
        .rows()
        .execute(
            "update notice set gate_at = '%s' where id in"
                    .formatted(last.atDay(15).atStartOfDay(java.time.ZoneOffset.UTC).toInstant())
                + " (select id from notice order by id limit 5)");
    try (Browser browser = shop.browser(Role.CS)) {
      browser.open(LOG + "/samples?month=" + last).language("en");
      browser.type("input[name=seed]", "autumn").press("form[action$=draw] button");
      assertThat(browser.text()).contains("The sample is drawn", "autumn");
      browser.type("form.call input[name=note]", EVIL).press("form.call button");
      assertThat(browser.text()).contains("The result is noted", EVIL);
      assertThat(browser.script("return document.title").toString()).doesNotContain("owned");
      assertThat(audit("notices.called-back")).hasSize(1);
    }
  }

  @Test
  @Tag("R60")
  void who_may_not_has_no_button_and_is_refused() {
    try (Browser browser = shop.browser(Role.SRE)) {
      browser.open(TEMPLATE).language("en");
      assertThat(browser.text()).contains("Your role may look");
      assertThat(browser.all("main button[name=act]")).isEmpty();
      assertThat(browser.all(".tabs a[href$=customers]")).isEmpty();
    }
    for (String path : List.of(LOG + "/customers", LOG + "/samples")) {
      assertThat(shop.visits(Role.SRE).get(path).statusCode()).as(path).isEqualTo(403);
    }
    for (Role role : List.of(Role.WAREHOUSE, Role.FINANCE, Role.ADMIN)) {
      assertThat(shop.visits(role).get(LOG).statusCode()).as(role.word()).isEqualTo(403);
    }
    String act = LOG + "/templates/do/shipped/sms";
    assertThat(shop.visits(Role.MANAGER).post(act, Map.of("act", "save")).statusCode())
        .isEqualTo(403);
    assertThat(shop.visits(Role.SRE).post(act + "/rollback", Map.of("version", "0")).statusCode())
        .isEqualTo(403);
  }

  @Test
  @Tag("R61")
  void the_page_of_a_customer_that_no_link_leads_to_is_fit_for_everybody() {
    try (Browser browser = shop.browser(Role.OPS)) {
      browser.open(LOG + "/customers?customer=" + "ab".repeat(32));
      assertThat(browser.unfit()).isEmpty();
    }
  }
}
