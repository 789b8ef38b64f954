package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.account.AccessTable;
import io.orderbridge.kernel.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sign-in, roles and what guards them, on the product as it runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class AccessIT {
  private static final String GOOD = "correct horse battery";
  private static final Pattern FIRST = Pattern.compile("account\\.no_user link=(/login/link/\\S+)");
  private static final String ROLES = "your roles do not allow this";
  private static final String ELSEWHERE = "not sent by a page of this product";

  private Product product;
  private Visits boss;

  @BeforeAll
  void start(@TempDir Path folder) {
    product = new Product(folder).database(TestDatabase.freshUrl()).start();
    Matcher link = FIRST.matcher(product.log());
    assertThat(link.find()).as("the link of the first user stands in the log").isTrue();
    boss = new Visits(product);
    HttpResponse<String> page = boss.get(link.group(1));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("第一位用户");
    assertThat(boss.post(link.group(1), form("boss")).statusCode()).isEqualTo(303);
    assertThat(boss.get(link.group(1)).statusCode()).as("once").isEqualTo(404);
  }

  @AfterAll
  void stop() {
    product.close();
  }

  private static Map<String, String> form(String name) {
    return Map.of("name", name, "password", GOOD, "again", GOOD);
  }

  /** Somebody with these roles, signed in by the link that an owner was given. */
  private Visits user(String name, Set<Role> roles) {
    String words = String.join(",", roles.stream().map(role -> '"' + role.word() + '"').toList());
    HttpResponse<String> added =
        product.post("/api/users", "{\"name\":\"%s\",\"roles\":[%s]}".formatted(name, words));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    Visits browser = new Visits(product);
    String link = Product.read(added.body()).path("link").asText();
    assertThat(browser.post(link, form(name)).statusCode()).isEqualTo(303);
    return browser;
  }

  @Test
  void every_path_is_answered_to_the_roles_of_the_table_and_to_nobody_else() {
    List<AccessTable.Row> rows = new AccessTable().rows();
    List<String> wrong = new ArrayList<>();
    for (Role role : Role.values()) {
      Visits browser = user("of-" + role.word(), Set.of(role));
      for (AccessTable.Row row : rows) {
        boolean refused = refused(browser, row, ROLES);
        if (refused == row.allows(EnumSet.of(role))) {
          wrong.add("%s %s for %s: refused=%s".formatted(row.method(), row.path(), role, refused));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  // What changes something comes without a token here: allowed or not, nothing is changed.
  private static boolean refused(Visits browser, AccessTable.Row row, String why) {
    if (row.open()) {
      return false;
    }
    HttpResponse<String> answer = asked(browser, row);
    // A page says so in the words of its language; that a token is missing is said by the filter.
    boolean page = row.path().startsWith("/console") && !answer.body().contains(ELSEWHERE);
    return answer.statusCode() == 403 && (page || answer.body().contains(why));
  }

  private static HttpResponse<String> asked(Visits browser, AccessTable.Row row) {
    return browser.send(row.method(), filled(row.path()), Map.of());
  }

  private static String filled(String path) {
    return path.replace("{act}", "accept")
        .replace("{month}", "2026-01")
        .replace("{table}", "sales")
        .replace("{format}", "csv")
        .replaceAll("\\{\\w+}", "1");
  }

  @Test
  void nobody_is_led_to_the_sign_in_or_answered_401() {
    Visits over = new Visits(product).holding("orderbridge_session=" + "A".repeat(43));
    List<String> wrong = new ArrayList<>();
    for (AccessTable.Row row : new AccessTable().rows()) {
      if (!row.open()) {
        over.holding("orderbridge_session=" + "A".repeat(43));
        int status = asked(over, row).statusCode();
        boolean page = row.method().equals("GET") && !row.path().startsWith("/api");
        if (status != (page ? 303 : 401)) {
          wrong.add("%s %s: %d".formatted(row.method(), row.path(), status));
        }
      }
    }
    assertThat(wrong).isEmpty();
    HttpResponse<String> page = new Visits(product).get("/login/password?lang=en");
    assertThat(page.headers().firstValue("Location").orElse(""))
        .endsWith("/login?next=%2Flogin%2Fpassword%3Flang%3Den");
  }

  @Test
  void what_changes_something_needs_the_token_of_the_session_and_a_page_of_ours() {
    Visits owner = user("csrf-owner", Set.of(Role.OWNER));
    user("csrf-victim", Set.of());
    String act = "/api/users/csrf-victim/end-sessions";
    String token = owner.csrf();
    String others = boss.csrf();

    assertThat(json(owner, act, null).body()).contains(ELSEWHERE);
    assertThat(json(owner, act, others).body()).contains(ELSEWHERE);
    assertThat(json(owner, act, token).statusCode()).isEqualTo(200);
    for (String site : List.of("cross-site", "same-site")) {
      owner.with("Sec-Fetch-Site", site);
      assertThat(json(owner, act, token).body()).as(site).contains(ELSEWHERE);
    }
    owner.with("Sec-Fetch-Site", null).with("Origin", "https://evil.example");
    assertThat(json(owner, act, token).body()).contains(ELSEWHERE);
    owner.with("Origin", "http://127.0.0.1:" + product.port());
    assertThat(json(owner, act, token).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> json(Visits who, String path, String token) {
    List<String> headers = new ArrayList<>(who.headers());
    headers.addAll(List.of("Cookie", who.cookie(), "Content-Type", "application/json"));
    if (token != null) {
      headers.addAll(List.of("X-CSRF-Token", token));
    }
    return product.send(
        "POST", path, BodyPublishers.ofString("{}"), headers.toArray(String[]::new));
  }

  @Test
  void a_form_carries_the_token_in_a_field_and_is_read_whole() {
    Visits anna = user("anna", Set.of(Role.CS));
    String better = "another 好 battery & more";
    Map<String, String> fields =
        Map.of("old", GOOD, "password", better, "again", better, "csrf", anna.csrf());
    String before = anna.cookie();

    assertThat(anna.post("/login/password", without(fields, "csrf")).statusCode()).isEqualTo(403);
    HttpResponse<String> changed = anna.post("/login/password", fields);

    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(303);
    assertThat(anna.get("/api/stuck").statusCode()).isEqualTo(200);
    anna.holding(before);
    assertThat(anna.get("/api/stuck").statusCode()).as("the session before").isEqualTo(401);
    assertThat(new Visits(product).enter("anna", GOOD).statusCode()).isEqualTo(401);
    assertThat(new Visits(product).enter("anna", better).statusCode()).isEqualTo(303);
  }

  private static Map<String, String> without(Map<String, String> fields, String name) {
    Map<String, String> others = new java.util.TreeMap<>(fields);
    others.remove(name);
    return others;
  }

  @Test
  void the_cookie_is_kept_from_scripts_and_other_sites_and_changes_at_sign_in() {
    user("dora", Set.of());
    Visits browser = new Visits(product).holding("orderbridge_session=" + "A".repeat(43));

    HttpResponse<String> in = browser.enter("dora", GOOD);

    assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Secure")
        .doesNotContain("AAAA");
    String first = browser.cookie();
    browser.enter("dora", GOOD);
    assertThat(browser.cookie()).isNotEqualTo(first);
    assertThat(new Visits(product).holding(first).get("/login/password").statusCode())
        .as("the one before has ended")
        .isEqualTo(303);
  }

  @Test
  void another_site_signs_nobody_in() {
    user("erin", Set.of());
    Visits browser = new Visits(product).with("Sec-Fetch-Site", "cross-site");

    assertThat(browser.enter("erin", GOOD).statusCode()).isEqualTo(403);
    assertThat(browser.cookie()).isNull();
  }

  @Test
  void who_guesses_waits_and_is_not_told_whether_the_name_exists() {
    user("fred", Set.of());
    List<String> pages = new ArrayList<>();
    for (String name : List.of("fred", "noone")) {
      Visits browser = new Visits(product).with("Accept-Language", "en-GB");
      for (int i = 0; i < 5; i++) {
        HttpResponse<String> wrong = browser.enter(name, "wrong");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("The name or the password is wrong.");
      }
      HttpResponse<String> waits = browser.enter(name, GOOD);
      assertThat(waits.statusCode()).isEqualTo(429);
      pages.add(waits.body().replace(name, "?").replaceAll("in \\d+ seconds", "in ? seconds"));
    }
    assertThat(pages.get(0)).contains("Too many wrong attempts").isEqualTo(pages.get(1));
  }

  @Test
  void signing_out_ends_the_session() {
    Visits gina = user("gina", Set.of(Role.CS));
    String session = gina.cookie();

    assertThat(gina.post("/login/out", Map.of("csrf", gina.csrf())).statusCode()).isEqualTo(303);

    assertThat(gina.cookie()).isNull();
    assertThat(gina.holding(session).get("/api/stuck").statusCode()).isEqualTo(401);
  }

  @Test
  void programs_of_this_machine_come_as_before_and_pages_do_not() {
    assertThat(product.get("/api/orders?tracking=1").statusCode()).isEqualTo(200);
    assertThat(product.get("/api/orders?tracking=1", "Origin", "http://evil.example").statusCode())
        .isEqualTo(401);
    JsonNode users = product.json("/api/users").path("users");
    assertThat(users.findValuesAsText("name")).contains("boss");
  }

  @Test
  void a_page_names_what_it_may_load_and_escapes_what_comes_from_outside() {
    HttpResponse<String> page = new Visits(product).enter("<script>alert(1)</script>", "x");

    assertThat(page.body()).doesNotContain("<script>").contains("&lt;script&gt;");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'");
    assertThat(page.headers().firstValue("Cache-Control").orElse("")).isEqualTo("no-store");
  }

  @Test
  void nothing_that_signs_in_stands_in_the_log() {
    Visits hanna = user("hanna", Set.of());
    hanna.enter("hanna", "not-" + GOOD);

    assertThat(product.log())
        .doesNotContain(GOOD)
        .doesNotContain(hanna.cookie().replaceFirst(".*=", ""));
  }
}
