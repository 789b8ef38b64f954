package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Users and the audit in a real browser, as the person in charge uses them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class UsersPagesIT {
  private static final String GOOD = "correct horse battery";
  private static final String EVIL = "<img src=x onerror=document.title='owned'>";
  private static final Pattern FIRST = Pattern.compile("account\\.no_user link=(/login/link/\\S+)");
  private static final String USERS = "/console/users";
  private static final String AUDIT = "/console/audit";

  private Product product;
  private Visits boss;
  private Browser browser;

  @BeforeAll
  void start(@TempDir Path folder) {
    product = new Product(folder).database(TestDatabase.freshUrl()).start();
    browser = new Browser(product);
    assertThat(browser.open(USERS).language("zh").text())
        .as("the first user has to be one in charge, who comes by the link of the log")
        .contains("还没有用户");
    assertThat(browser.all("form[action$='/add']")).isEmpty();
    Matcher link = FIRST.matcher(product.log());
    assertThat(link.find()).isTrue();
    boss = signUp(link.group(1), "boss");
    browser.holding(boss.cookie());
    product
        .rows()
        .execute(
            """
            insert into audit (actor, action, subject, reason, detail)
            select 'robot', 'queue.hurried', 'many', '', '' from generate_series(1, 120)
            union all
            select 'mallory %1$s', 'dead-letter.discarded', '%1$s', '%1$s', '{"a": "%1$s"}'
            union all select 'mallory', 'never.heard-of', 'demo/1001', '', 'plain'
            union all select 'robot', 'source.read-again', 'shop/orders', '', 'plain';
            insert into customer_order (shop, number, status, revision, state)
            values ('demo', '1001', 'CREATED', 1, '{"claims":{},"payments":{},"parcels":{},
                    "refunds":{},"raw":{},"documents":{}}')\
            """
                .formatted(EVIL.replace("'", "''")));
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
    browser.wide(1440).prefers("light").open(USERS).language("zh");
  }

  private Visits signUp(String link, String name) {
    Visits visits = new Visits(product);
    Map<String, String> form = Map.of("name", name, "password", GOOD, "again", GOOD);
    assertThat(visits.post(link, form).statusCode()).isEqualTo(303);
    return visits;
  }

  /** Adds somebody from the page; the link that is shown. */
  private String add(String name, String role) {
    browser.open(USERS).type("input[name=name]", name);
    browser.find("input[value=" + role + "]").click();
    browser.press("form[action$='/add'] button");
    return browser.find("#link").getText();
  }

  private List<String> acts(String name) {
    return product
        .rows()
        .texts(
            "select action || ' ' || actor || ' ' || reason from audit where subject = '%s' order"
                    .formatted(name)
                + " by id");
  }

  private String roles(String name) {
    return product
        .rows()
        .texts("select array_to_string(roles, ',') from account_user where name = '" + name + "'")
        .get(0);
  }

  private Browser ask(String name, String act) {
    return browser.open(USERS + "/" + name).press("button[value=" + act + "]");
  }

  @Test
  void somebody_is_added_and_their_link_is_shown_once() {
    String link = add("anna", "ops");
    assertThat(link).startsWith("/login/link/");
    assertThat(browser.text()).contains("给 anna 的链接", "只在此显示一次");
    assertThat(acts("anna")).containsExactly("user.added boss ");
    assertThat(browser.open(USERS + "/anna").text()).contains("尚未设置密码").doesNotContain(link);
    assertThat(signUp(link, "anna").get(USERS).statusCode()).as("no owner").isEqualTo(403);
    assertThat(browser.open(USERS + "/anna").text()).doesNotContain("尚未设置密码");
    browser.open(USERS);
    browser.type("input[name=name]", EVIL).press("form[action$='/add'] button");
    assertThat(browser.text()).contains("用户名须为 2 到 64 个字符");
    assertThat(browser.all("main img")).isEmpty();
    browser.open(USERS).type("input[name=name]", "anna").press("form[action$='/add'] button");
    assertThat(browser.text()).contains("用户 anna 已存在");
  }

  @Test
  void roles_and_a_new_link_ask_first() {
    add("bert", "ops");
    browser.open(USERS + "/bert").find("input[value=ops]").click();
    browser.find("input[value=cs]").click();
    browser.press("button[value=roles]");
    assertThat(browser.text()).contains("更改 bert 的角色？", "运营", "新的角色", "客服");
    browser.press(".acts a.button");
    assertThat(roles("bert")).isEqualTo("ops");
    assertThat(acts("bert")).hasSize(1);
    browser.find("input[value=ops]").click();
    browser.find("input[value=cs]").click();
    browser.press("button[value=roles]").press(".ask form button");
    assertThat(browser.text()).contains("角色已更改");
    assertThat(roles("bert")).isEqualTo("cs");
    assertThat(ask("bert", "reset").text()).contains("为 bert 生成新密码链接？");
    assertThat(acts("bert")).hasSize(2);
    String link = browser.press(".ask form button").find("#link").getText();
    signUp(link, "bert");
    assertThat(acts("bert"))
        .startsWith("user.added boss ", "user.roles-changed boss ", "user.reset boss ");
  }

  @Test
  void a_lock_and_the_end_of_sessions_ask_first() {
    Visits cora = signUp(add("cora", "ops"), "cora");
    assertThat(ask("cora", "end-sessions").text()).contains("结束 cora 的全部会话？");
    assertThat(cora.get("/console").statusCode()).isEqualTo(200);
    assertThat(browser.press(".ask form button").text()).contains("已结束全部会话");
    assertThat(cora.get("/console").statusCode()).isEqualTo(303);
    cora.enter("cora", GOOD);
    assertThat(cora.get("/console").statusCode()).isEqualTo(200);
    assertThat(ask("cora", "lock").text()).contains("锁定 cora？");
    browser.find(".ask form button").click();
    assertThat(cora.get("/console").statusCode()).as("a reason is missing").isEqualTo(200);
    browser.type("input[name=reason]", EVIL).press(".ask form button");
    assertThat(browser.text()).contains("已锁定");
    assertThat(cora.get("/console").statusCode()).isEqualTo(303);
    browser.press("form[action$='/unlock'] button");
    assertThat(browser.text()).contains("已解除锁定");
    assertThat(acts("cora"))
        .contains("user.sessions-ended boss ", "user.locked boss " + EVIL, "user.unlocked boss ");
    browser.press("a[href='/console/audit?subject=cora']");
    assertThat(browser.text()).contains("锁定用户", "解除用户锁定", EVIL);
    assertThat(browser.all("main img")).isEmpty();
  }

  @Test
  void the_last_owner_stays() {
    assertThat(ask("boss", "lock").text()).contains("这是您自己的账号");
    browser.type("input[name=reason]", "why not").press(".ask form button");
    assertThat(browser.text()).contains("boss 是最后一位负责人");
    browser.open(USERS + "/boss").find("input[value=owner]").click();
    browser.press("button[value=roles]").press(".ask form button");
    assertThat(browser.text()).contains("boss 是最后一位负责人");
    assertThat(roles("boss")).contains("owner");
    assertThat(browser.language("en").path()).as("back to what was asked of").contains("/boss");
  }

  @Test
  void the_audit_is_filtered_and_what_stands_in_it_stays_text() {
    browser.open(AUDIT).type("input[name=subject]", EVIL).press(".filter button");
    assertThat(browser.all("tbody tr")).hasSize(1);
    assertThat(browser.text()).contains("丢弃死信", "mallory " + EVIL);
    browser.press("tbody a");
    assertThat(browser.find("pre").getText()).contains(EVIL);
    assertThat(browser.all("main img")).isEmpty();
    assertThat(browser.script("return document.title").toString()).doesNotContain("owned");
    browser.press("a[href^='/console/audit?subject=']");
    assertThat(browser.all("tbody tr")).hasSize(1);
    browser.open(AUDIT + "?action=queue.hurried");
    assertThat(browser.all("tbody tr")).hasSize(100);
    browser.press("a[href*='before=']");
    assertThat(browser.all("tbody tr")).hasSize(20);
    assertThat(browser.open(AUDIT + "?actor=mallory").text()).contains("never.heard-of");
    browser.press("tbody a");
    assertThat(browser.all("a[href='/console/orders/demo/1001']")).hasSize(1);
    browser.open(AUDIT + "?subject=shop/orders").press("tbody a");
    assertThat(browser.all("main a[href*='/console/orders/']")).as("no order").isEmpty();
    assertThat(browser.open(AUDIT + "?to=2001-01-01T00:00").text()).contains("没有符合筛选的操作记录");
    assertThat(browser.open(AUDIT + "?from=2001-01-01T00:00&actor=mallory").all("tbody tr"))
        .hasSize(1);
    assertThat(browser.open(AUDIT + "?from=yesterday").text()).contains("yesterday");
  }

  @Test
  void everybody_can_use_it_in_both_colours_and_on_a_phone() {
    List<String> wrong = new ArrayList<>();
    add("dora", "finance");
    try (Browser fresh = new Browser(product).holding(boss.cookie())) {
      String entry = fresh.open(AUDIT).find("tbody a").getDomAttribute("href");
      for (String path :
          List.of(USERS, USERS + "/dora", AUDIT, AUDIT + "?actor=nobody", entry, "ask")) {
        open(fresh, path);
        wrong.addAll(fresh.unfit());
      }
      assertThat(wrong).isEmpty();
      assertThat(fresh.complaints()).isEmpty();
    }
  }

  private static void open(Browser fresh, String path) {
    if (path.equals("ask")) {
      fresh.open(USERS + "/dora").press("button[value=lock]");
    } else {
      fresh.open(path);
    }
  }
}
