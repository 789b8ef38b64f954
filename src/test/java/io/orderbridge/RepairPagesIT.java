package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Repairs in a real browser: proposed by one person, decided by another one. */
@Tag("R12")
@ExtendWith(Product.LogOfFailure.class)
class RepairPagesIT {
  private static final String EVIL = "<img src=x onerror=document.title='owned'>";
  private static final String LIST = "/console/findings/repairs";
  private static final String RULES = "rules/repairs.yaml";
  private static final int MANY = 12;
  private static final String AT = Instant.now().minusSeconds(7200).toString();

  private final DemoShop shop = DemoShop.open();
  private final Product product = shop.product();

  // The demo's shop owns these milestones, so this door has to own them too.
  private void orders(String prefix, int count) {
    OpenDoor.addTo(product, "repair-door");
    product.write(
        "routes/repair-door/connection.yaml",
        """
        owns: [CREATED, PAID]
        receives: {signature: none, internal: true, message-id: "header:X-Id"}
        """);
    for (int i = 0; i < count; i++) {
      String number = prefix + i;
      byte[] facts = OpenDoor.facts(number, "1.00", "CNY", AT).getBytes(StandardCharsets.UTF_8);
      Await.until(
          "the door",
          Browser.SOON,
          () -> product.post("/in/repair-door", facts, "X-Id", number).statusCode() == 200);
    }
    Await.until("paid", Browser.SOON, () -> untouched(prefix, count) == count);
  }

  private String status(String number) {
    return product.json("/api/orders/demo/" + number).path("status").asText();
  }

  private String state(String path) {
    return product
        .rows()
        .texts("select state from repair where id = " + path.replaceAll("\\D", ""))
        .get(0);
  }

  private void becomes(String path, String state) {
    Await.asserted(Browser.SOON, () -> assertThat(state(path)).isEqualTo(state));
  }

  /** What was audited of a repair, each with who did it. */
  private List<String> audited(String path) {
    return product
        .rows()
        .texts(
            "select action || ' ' || actor from audit where action like 'repair.%' and subject = '"
                + path.replaceAll("\\D", "")
                + "' order by id");
  }

  // By hand, from the dry run on.
  private String proposed(Browser browser, String number, String reason) {
    browser.open(LIST + "/new").language("en").type("input[name=order]", "demo/" + number);
    browser.find("select[name=status] option[value=CANCELLED]").click();
    browser.press("form[action$='/new'] button");
    assertThat(browser.text()).contains("Applied, it would change the order so:");
    browser.type("input[name=reason]", reason).press("form[action$='/propose'] button");
    assertThat(browser.text()).contains("The repair is proposed.");
    return browser.path().replaceAll("[?].*", "");
  }

  // Through the question, on whose page nothing may have changed yet.
  private void decide(Browser browser, String path, String act, String before) {
    browser.open(path).language("en").press("button[value=" + act + "]");
    assertThat(browser.all(".ask")).as("a question").hasSize(1);
    assertThat(state(path)).as("before the answer").isEqualTo(before);
    browser.press(".ask button");
  }

  private HttpResponse<String> post(Role role, String act, Map<String, String> fields) {
    Visits visits = shop.visits(role);
    Map<String, String> form = new HashMap<>(fields);
    form.put("csrf", visits.csrf());
    return visits.post(LIST + "/do/" + act, form);
  }

  private static String act(String path, String act) {
    return path.replaceAll("\\D", "") + "/" + act;
  }

  @Test
  void another_person_approves_then_it_is_applied_read_back_and_taken_back() {
    orders("RP-A-", 1);
    try (Browser manager = shop.browser(Role.MANAGER);
        Browser owner = shop.browser(Role.OWNER)) {
      String path = proposed(manager, "RP-A-0", EVIL);
      assertThat(manager.text()).contains(EVIL);
      assertThat(manager.all("button[value=approve]")).as("who proposed it").isEmpty();
      assertThat(post(Role.MANAGER, act(path, "approve"), Map.of()).statusCode()).isEqualTo(403);
      assertThat(state(path)).isEqualTo("PROPOSED");

      decide(owner, path, "approve", "PROPOSED");
      assertThat(owner.text()).contains("Approved; it can be applied.", EVIL);
      assertThat(status("RP-A-0")).isEqualTo("PAID");
      decide(manager, path, "apply", "APPROVED");
      Await.asserted(Browser.SOON, () -> assertThat(status("RP-A-0")).isEqualTo("CANCELLED"));
      Await.asserted(Browser.SOON, () -> assertThat(state(path)).matches("READING_BACK|DONE"));
      manager.open(path).press("button[value=read-back]");
      assertThat(manager.text()).contains("The next round looks at the targets.");
      assertThat(audited(path))
          .containsExactly(
              "repair.proposed manager", "repair.approved owner", "repair.applied manager");

      String back = takenBack(manager, path);
      if (!manager.text().contains("Waits for the approval")) {
        throw new AssertionError("a paid order that comes back takes two: " + manager.text());
      }
      decide(owner, back, "approve", "PROPOSED");
      decide(manager, back, "apply", "APPROVED");
      Await.asserted(Browser.SOON, () -> assertThat(status("RP-A-0")).isEqualTo("PAID"));
      for (Browser browser : List.of(manager, owner)) {
        browser.open(LIST);
        assertThat(browser.text()).contains(EVIL);
        assertThat(browser.script("return document.title").toString()).doesNotContain("owned");
      }
    }
  }

  private String takenBack(Browser browser, String path) {
    long before = product.rows().number("select count(*) from repair");
    browser.open(path).press("button[value=undo]");
    assertThat(product.rows().number("select count(*) from repair")).isEqualTo(before);
    assertThat(status("RP-A-0")).isEqualTo("CANCELLED");
    browser.type("input[name=reason]", EVIL).press(".ask button.danger");
    assertThat(browser.find("a[href='" + path + "']").getText()).startsWith("#");
    String back = browser.path().replaceAll("[?].*", "");
    assertThat(audited(back)).containsExactly("repair.proposed manager");
    return back;
  }

  @Test
  void a_proposal_is_rejected_with_a_reason_only_and_changes_nothing() {
    orders("RP-R-", 1);
    try (Browser ops = shop.browser(Role.OPS);
        Browser manager = shop.browser(Role.MANAGER)) {
      String path = proposed(ops, "RP-R-0", "wrong number");
      assertThat(ops.all("button[value=approve]")).isEmpty();
      assertThat(post(Role.MANAGER, act(path, "reject"), Map.of()).statusCode()).isEqualTo(400);
      manager.open(path).language("en").press("button[value=reject]");
      assertThat(state(path)).isEqualTo("PROPOSED");
      manager.type("input[name=reason]", EVIL).press(".ask button.danger");
      assertThat(manager.text()).contains("Rejected; the reason is in the audit trail.");
      assertThat(state(path)).isEqualTo("REJECTED");
      assertThat(audited(path)).containsExactly("repair.proposed ops", "repair.rejected manager");
      assertThat(post(Role.OPS, act(path, "apply"), Map.of()).statusCode()).isEqualTo(409);
      assertThat(status("RP-R-0")).isEqualTo("PAID");
      manager.open("/console/audit?action=repair.rejected");
      assertThat(manager.text()).contains(EVIL);
      assertThat(manager.script("return document.title").toString()).doesNotContain("owned");
    }
  }

  @Test
  void a_list_is_stopped_in_the_middle_and_goes_on_when_it_is_applied_again() throws IOException {
    String rules = Files.readString(product.mappings().resolve(RULES));
    orders("RP-S-", MANY);
    inForce(rules.replaceFirst("(?m)^rate: .*", "rate: 1/s"));
    try (Browser manager = shop.browser(Role.MANAGER)) {
      String path = LIST + "/" + listed("RP-S-");
      decide(manager, path, "apply", "PROPOSED");
      manager.press("button[value=stop]");
      assertThat(manager.text()).contains("Stopped: what is in work ends");
      assertThat(state(path)).isEqualTo("STOPPED");
      assertThat(audited(path)).endsWith("repair.applied manager", "repair.stopped manager");
      assertThat(untouched("RP-S-", MANY)).isPositive();
      inForce(rules);
      decide(manager, path, "apply", "STOPPED");
      Await.asserted(Browser.SOON, () -> assertThat(untouched("RP-S-", MANY)).isZero());
    } finally {
      product.write("mappings/" + RULES, rules);
    }
  }

  private void inForce(String rules) {
    long before = applied();
    product.write("mappings/" + RULES, rules);
    Await.until("the rules", Browser.SOON, () -> applied() > before);
  }

  // The demo tells its files, not its console, what it does.
  private long applied() {
    try (Stream<String> lines = Files.lines(product.mappings().resolveSibling("demo.log"))) {
      return lines.filter(line -> line.contains("applied file=mappings/" + RULES)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long listed(String prefix) {
    String orders =
        IntStream.range(0, MANY)
            .mapToObj(i -> "{\"shop\": \"demo\", \"number\": \"" + prefix + i + "\"}")
            .collect(Collectors.joining(","));
    HttpResponse<String> answer =
        product.post(
            "/api/repairs",
            "{\"action\": \"force\", \"status\": \"CANCELLED\", \"reason\": \"fraud\","
                + " \"orders\": ["
                + orders
                + "]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Product.read(answer.body()).path("id").asLong();
  }

  private long untouched(String prefix, int count) {
    return IntStream.range(0, count).filter(i -> status(prefix + i).equals("PAID")).count();
  }

  @Test
  void who_lacks_the_role_reads_and_gets_no_button() {
    orders("RP-N-", 1);
    String path;
    try (Browser ops = shop.browser(Role.OPS)) {
      path = proposed(ops, "RP-N-0", "why");
    }
    try (Browser sre = shop.browser(Role.SRE)) {
      sre.open(path).language("en");
      assertThat(sre.text()).contains("demo/RP-N-0", "1.00 CNY");
      assertThat(sre.all("form[action*='/do/']")).isEmpty();
      assertThat(sre.open(LIST + "/new").text()).contains("Your role may not propose repairs.");
    }
    Map<String, String> wish =
        Map.of("order", "demo/RP-N-0", "status", "CANCELLED", "reason", "why", "key", "k");
    assertThat(post(Role.SRE, "propose", wish).statusCode()).isEqualTo(403);
    for (String act : List.of("approve", "reject", "apply", "stop", "read-back")) {
      assertThat(post(Role.SRE, act(path, act), wish).statusCode()).as(act).isEqualTo(403);
    }
    assertThat(state(path)).isEqualTo("PROPOSED");
    assertThat(audited(path)).containsExactly("repair.proposed ops");
    try (Browser warehouse = shop.browser(Role.WAREHOUSE)) {
      assertThat(warehouse.open(path).text()).contains("demo/RP-N-0").doesNotContain("1.00 CNY");
    }
  }

  @Test
  void a_dry_run_says_what_is_wrong_in_both_languages_and_shows_traps_as_text() {
    orders("RP-D-", 1);
    try (Browser ops = shop.browser(Role.OPS)) {
      String wrong = LIST + "/new?order=demo/RP-D-0&status=DELIVERED";
      assertThat(ops.open(wrong).language("en").text()).contains("This change is not allowed.");
      assertThat(ops.all("form[action$='/propose']")).isEmpty();
      assertThat(ops.language("zh").text()).contains("试运行结果").doesNotContain("Dry run");
      ops.open(LIST + "/new").type("input[name=order]", "demo/" + EVIL);
      ops.press("form[action$='/new'] button");
      assertThat(ops.text()).contains("demo/" + EVIL);
      assertThat(ops.script("return document.title").toString()).doesNotContain("owned");
    }
  }

  @Test
  void pages_are_fit_for_everybody_in_both_colours_and_on_a_phone() {
    orders("RP-F-", 1);
    try (Browser browser = shop.browser(Role.MANAGER)) {
      String path = proposed(browser, "RP-F-0", EVIL);
      for (String page : List.of(path, LIST + "/new?order=demo/RP-F-0&status=CANCELLED")) {
        assertThat(browser.open(page).unfit()).isEmpty();
      }
      browser.open(path).shoot("repair-390").press("button[value=reject]").shoot("repair-ask-390");
      assertThat(browser.barriers()).isEmpty();
      assertThat(browser.overflow()).isZero();
      browser.wide(1440).prefers("light").open(path).shoot("repair-1440");
    }
  }
}
