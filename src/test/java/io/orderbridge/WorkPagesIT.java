package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tickets, findings and repairs in a real browser. */
class WorkPagesIT {
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

  @Test
  void pages_are_fit_for_everybody_in_both_colours_and_on_a_phone() {
    try (Browser browser = shop.browser()) {
      for (String page :
          List.of(
              "/console/tickets?state=all",
              "/console/tickets/1",
              "/console/tickets/new",
              "/console/findings?state=all",
              "/console/findings/comparisons",
              "/console/findings/repairs",
              "/console/findings/repairs/new")) {
        browser.wide(1440).prefers("light").open(page);
        assertThat(browser.barriers()).as(page).isEmpty();
        browser.prefers("dark").open(page);
        assertThat(browser.barriers()).as(page + " dark").isEmpty();
        browser.wide(390).open(page);
        assertThat(browser.barriers()).as(page + " 390").isEmpty();
        assertThat(browser.overflow()).as(page).isZero();
      }
    }
  }
}
