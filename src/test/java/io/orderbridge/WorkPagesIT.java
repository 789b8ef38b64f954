package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tickets, findings and repairs in a real browser. */
class WorkPagesIT {
  private static final String VERIFY =
      "form[action='/console/findings/payments/do/ask'] button:not(.plain)";
  private static final String EVIL = "<img src=x onerror=document.title='owned'>";

  private final DemoShop shop = DemoShop.open();

  private String opened(Browser browser, String text) {
    browser.open("/console/tickets/new").type("input[name=text]", text);
    browser.press("form[action$='/open'] button");
    return browser.path().replaceAll("[?].*", "");
  }

  private String state(String path) {
    return shop.product()
        .rows()
        .texts("select state from ticket where id = " + path.replaceAll("\\D", ""))
        .get(0);
  }

  private List<String> audited(String subject) {
    return shop.product()
        .rows()
        .texts("select action from audit where subject = '" + subject + "' order by id");
  }

  @Test
  void a_ticket_is_closed_after_a_question_only_and_that_is_audited() {
    try (Browser browser = shop.browser(Role.OPS)) {
      String path = opened(browser.open("/console").language("en"), "Call back " + EVIL);
      assertThat(browser.text()).contains(EVIL);
      browser.type("input[name=text]", EVIL).press("form[action$='/comment'] button");
      assertThat(browser.text()).contains("The comment is written.");
      browser.press("form[action$='/take'] button").press("button[value=close]");
      assertThat(state(path)).as("the question changes nothing").isEqualTo("IN_PROGRESS");
      browser.type("input[name=reason]", EVIL).press(".ask button.danger");
      assertThat(state(path)).isEqualTo("CLOSED");
      assertThat(audited("ticket/" + path.replaceAll("\\D", "")))
          .contains("ticket.taken", "ticket.closed");
      assertThat(browser.script("return document.title").toString()).doesNotContain("owned");
    }
  }

  @Test
  void a_form_of_an_older_version_is_refused_with_what_the_ticket_is_now() {
    try (Browser first = shop.browser(Role.OPS);
        Browser second = shop.browser(Role.CS)) {
      String path = opened(first.open("/console").language("en"), "Two at once");
      second.open(path);
      first.open(path).press("form[action$='/take'] button");
      second.press("form[action$='/take'] button");
      assertThat(second.language("en").text()).contains("409");
      assertThat(state(path)).isEqualTo("IN_PROGRESS");
    }
  }

  @Test
  void the_warehouse_sees_no_amounts_and_no_findings() {
    try (Browser browser = shop.browser(Role.WAREHOUSE)) {
      String list = browser.open("/console/tickets?state=all").language("en").text();
      assertThat(list).contains("Tickets").doesNotContainPattern("\\d\\.\\d\\d (CNY|USD)");
      assertThat(browser.open("/console/findings").text()).contains("403");
    }
  }

  private long runs() {
    return shop.product().rows().number("select count(*) from payment_run");
  }

  @Test
  @Tag("R14")
  void payments_are_verified_again_after_a_question_and_each_row_leads_to_its_order() {
    try (Browser browser = shop.browser(Role.FINANCE)) {
      browser.open("/console/books").language("zh").press("a[href='/console/findings/payments']");
      assertThat(browser.text()).contains("支付核验", "无差异", "最终");
      long before = runs();
      browser.press("td a[href^='/console/findings/payments/']").press(VERIFY);
      assertThat(browser.text()).contains("现在核验这些日子？", "不能由此撤回");
      assertThat(runs()).as("the question changes nothing").isEqualTo(before);
      browser.press("main form button");
      assertThat(browser.text()).contains("核验完成", "两边一致");
      assertThat(runs()).isEqualTo(before + 1);
      String asked =
          "select count(*) from audit where action = 'payment.verify' and actor = 'finance'";
      assertThat(shop.product().rows().number(asked)).isPositive();
      browser.open("/console/findings/payments?day=2026-99-99");
      assertThat(browser.text()).contains("不是日期");
      browser.open("/console/findings/payments/999999");
      assertThat(browser.text()).contains("没有核验批次 #999999");
    }
  }

  @Test
  @Tag("R14")
  void who_may_not_verify_gets_no_form_and_the_warehouse_no_page() {
    try (Browser cs = shop.browser(Role.CS)) {
      cs.open("/console/findings").language("en").press("a[href='/console/findings/payments']");
      assertThat(cs.text()).contains("Payment verification").doesNotContain("Verify again");
      assertThat(cs.all("form[action*='/do/']")).isEmpty();
    }
    for (Role role : List.of(Role.CS, Role.MANAGER, Role.WAREHOUSE, Role.ADMIN)) {
      for (String act : List.of("ask", "verify")) {
        assertThat(
                shop.visits(role)
                    .post("/console/findings/payments/do/" + act, Map.of("csrf", "x"))
                    .statusCode())
            .as(role + " " + act)
            .isEqualTo(403);
      }
    }
    assertThat(shop.visits(Role.WAREHOUSE).get("/console/findings/payments").statusCode())
        .isEqualTo(403);
  }

  @Test
  @Tag("R61")
  void why_an_order_is_not_forced_is_told_in_the_language_of_who_looks() {
    String order =
        shop.product()
            .rows()
            .texts(
                "select shop || '/' || number from customer_order where status = 'CREATED'"
                    + " order by id limit 1")
            .get(0);
    String page = "/console/findings/repairs/new?status=COMPLETED&order=" + order;
    try (Browser browser = shop.browser(Role.OPS)) {
      String chinese = browser.open(page).language("zh").text();
      assertThat(chinese).contains("不能从 CREATED 改为 COMPLETED，只能从 DELIVERED 改");
      assertThat(chinese).doesNotContain("does not follow");
      assertThat(browser.language("en").text())
          .contains("COMPLETED does not follow CREATED; it follows DELIVERED");
    }
  }
}
