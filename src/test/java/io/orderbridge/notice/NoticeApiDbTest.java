package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.kernel.Role;
import io.orderbridge.notice.Vendor.Doubt;
import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Templates, customers and the audit, as the interface answers. */
@Tag("R25")
@Tag("R59")
class NoticeApiDbTest {
  private static final Instant NOW = Instant.parse("2026-12-02T10:00:00Z");
  private static final Caller OPS = Caller.of("olga", Role.OPS);
  private static final Caller BOSS = Caller.of("bao", Role.MANAGER);
  private static final Caller SRE = Caller.of("sam", Role.SRE);
  private static final String LONG_TITLE = "一段奶粉超长名称绝对超过二十个字的商品名";

  private final Heart heart = Heart.fresh();
  private final SteppedClock clock = new SteppedClock(NOW);
  private final OrderBook book = Books.open(heart, (connection, events) -> {}, clock);
  private final Vendors vendors = new Vendors();
  private final ShippedTemplates files = new ShippedTemplates();
  private final NoticeRulesInForce policy = new NoticeRulesInForce();
  private final TemplateResource templates =
      new TemplateResource(
          new TemplateList(heart.database, files),
          new TemplateActs(heart.database, files),
          new TemplatePreview(Books.orders(heart), vendors, policy),
          clock);
  private final CustomerResource customers =
      new CustomerResource(new CustomerDesk(heart.database, new Customers(clock), clock));
  private final NoticeRows rows =
      (connection, month, zone, each) ->
          each.accept(
              new NoticeRow(
                  7,
                  "shipped",
                  "acme",
                  "8209",
                  "P1",
                  NOW.minus(Duration.ofDays(10)),
                  "SENT",
                  "sms",
                  "v",
                  NOW.minus(Duration.ofDays(10)),
                  null,
                  null,
                  null,
                  "",
                  "T",
                  1,
                  1,
                  "1*"));
  private final AuditResource audit =
      new AuditResource(
          new AuditExport(heart.database, rows),
          new AuditSamples(heart.database, rows),
          policy,
          clock);

  @AfterEach
  void end() {
    Books.close(book);
    heart.close();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> body(Response response, int status) {
    assertThat(response.getStatus()).as("%s", response.getEntity()).isEqualTo(status);
    return (Map<String, Object>) response.getEntity();
  }

  private void order() {
    Map<String, Object> facts =
        Map.of(
            "order", Map.of("shop", "acme", "number", "8209"),
            "version", "2026-12-01T10:00:00Z",
            "facts",
                List.of(
                    Map.of("milestone", "PAID", "at", "2026-12-01T10:00:00Z"),
                    Map.of(
                        "milestone",
                        "OUTBOUND_SCANNED",
                        "at",
                        "2026-12-01T12:00:00Z",
                        "parcel",
                        "P1",
                        "carrier",
                        "SF",
                        "trackingNo",
                        "SF123")),
            "details",
                Map.of(
                    "currency",
                    "CNY",
                    "total",
                    "199.00",
                    "lines",
                    List.of(Map.of("id", "1", "title", LONG_TITLE, "quantity", 1))),
            "receiver", Map.of("name", "王小明", "phone", "13800138000"));
    book.record(facts, "acme", null, null).join();
  }

  @Test
  void operations_edits_previews_and_another_approves() {
    Map<String, Object> words =
        Map.of(
            "text",
            "{{customer}}{{product}}{{trackingNo}}",
            "vendors",
            Map.of(
                "wx", Map.of("values", Map.of("thing1", "{{product}}", "thing2", "{{eta|三天内}}"))));
    assertThat(body(templates.save("shipped", "wechat", words, OPS), 201))
        .containsEntry("version", 1);
    body(templates.save("shipped", "wechat", words, BOSS), 403);
    body(templates.approve("shipped", "wechat", new TemplateResource.Chosen(1), OPS), 403);
    body(templates.approve("shipped", "wechat", new TemplateResource.Chosen(1), BOSS), 200);
    body(templates.approve("shipped", "wechat", new TemplateResource.Chosen(1), BOSS), 409);
    body(templates.approve("shipped", "wechat", null, BOSS), 400);
    body(templates.rollBack("shipped", "wechat", new TemplateResource.Back(9, "r"), BOSS), 404);
    body(templates.one("shipped", "wechat"), 200);
    body(templates.one("shipped", "fax"), 404);
    assertThat((List<?>) templates.list().get("templates")).hasSize(1);
    assertThat((List<?>) templates.list().get("variables")).hasSize(12);
  }

  @Test
  @Tag("R19")
  void a_wrong_template_is_answered_with_its_place() {
    Map<String, Object> words =
        Map.of("text", "t", "vendors", Map.of("v", Map.of("values", Map.of("a", "{{ordr}}"))));
    Map<String, Object> error = body(templates.save("shipped", "sms", words, OPS), 400);
    assertThat(error)
        .containsEntry("cause", "TEMPLATE_INVALID")
        .containsEntry("place", "/vendors/v/values/a");
    assertThat((String) error.get("error")).contains("near is 'order'");
    body(templates.save("shipped", "sms", null, OPS), 400);
    body(templates.save("Shipped!", "sms", Map.of("text", "t"), OPS), 400);
  }

  @Test
  void
      a_preview_renders_every_vendor_with_a_real_order_masks_its_customer_and_tells_what_was_cut() {
    order();
    vendors.replace("wx", vendor("wx"));
    vendors.replace("wx-two", vendor("wx-two"));
    Map<String, Object> words =
        Map.of(
            "text",
            "{{customer}} {{trackingNo}}",
            "vendors",
            Map.of("wx", Map.of("values", Map.of("thing1", "{{product}}"))));
    Map<String, Object> shown =
        body(
            templates.preview(
                "shipped", "wechat", new TemplateResource.Look("acme", "8209", "P1", null, words)),
            200);

    assertThat(shown.toString()).doesNotContain("王小明", "13800138000");
    List<?> messages = (List<?>) shown.get("vendors");
    assertThat(messages).hasSize(2);
    Map<?, ?> wx = (Map<?, ?>) messages.get(0);
    assertThat(wx.get("text")).isEqualTo("王** SF123");
    assertThat(wx.get("inForce")).isEqualTo(true);
    assertThat((Map<?, ?>) wx.get("values")).hasToString("{thing1=" + LONG_TITLE + "}");
    assertThat((List<?>) wx.get("cut")).isEmpty();
    assertThat(((Map<?, ?>) messages.get(1)).get("place")).isEqualTo("/vendors/wx-two");

    Map<String, Object> longer =
        Map.of(
            "text",
            "t",
            "vendors",
            Map.of("wx", Map.of("values", Map.of("thing1", "商品{{product}}"))));
    Map<String, Object> cut =
        body(
            templates.preview(
                "shipped", "wechat", new TemplateResource.Look("acme", "8209", "", null, longer)),
            200);
    assertThat(((Map<?, ?>) ((List<?>) cut.get("vendors")).get(0)).get("cut").toString())
        .isEqualTo(
            "[{place=/vendors/wx/values/thing1, value=商品%s, sent=商品%s…}]"
                .formatted(LONG_TITLE, LONG_TITLE.substring(0, 17)));
  }

  private static Vendor vendor(String connection) {
    return new Vendor(
        connection, "wechat", "wechat", 10, 1, Duration.ofSeconds(30), 500, Doubt.WAIT, null, true);
  }

  @Test
  void a_preview_without_an_order_or_a_template_says_so() {
    body(templates.preview("shipped", "sms", null), 400);
    body(look("acme", "1", Map.of("text", "t")), 404);
    body(look("a/b", "1", Map.of("text", "t")), 400);
    body(look("acme", "1", null), 404);
  }

  private Response look(String shop, String number, Map<String, Object> words) {
    return templates.preview(
        "shipped", "sms", new TemplateResource.Look(shop, number, null, null, words));
  }

  @Test
  @Tag("R27")
  void consents_are_told_shown_with_their_evidence_and_contacts_are_erased_for_good() {
    Map<String, Object> document =
        Map.of(
            "customer", Map.of("phone", "138 0013 8000"),
            "at", "2026-12-01T00:00:00Z",
            "contacts", Map.of("email", "wang@example.com"),
            "consents",
                List.of(
                    Map.of(
                        "channel",
                        "sms",
                        "content",
                        "PROMOTION",
                        "says",
                        "GRANTED",
                        "evidence",
                        "box ticked at checkout")));
    body(customers.tell(document, SRE), 403);
    assertThat(body(customers.tell(document, OPS), 200))
        .containsEntry("contacts", 1)
        .containsEntry("consents", 1);

    Map<String, Object> shown = body(customers.history("+86 13800138000", null, null, OPS), 200);
    assertThat(shown.get("consents").toString()).contains("box ticked at checkout");
    assertThat(shown.get("contacts")).hasToString("[email]");
    body(customers.history("138****8000", null, null, OPS), 400);
    body(customers.history("13800138000", null, null, SRE), 403);

    body(customers.erase("13800138000", null, null, SRE), 403);
    assertThat(body(customers.erase("13800138000", null, null, OPS), 200))
        .containsEntry("erased", 1);
    shown = body(customers.history("13800138000", null, null, OPS), 200);
    assertThat(shown.get("contacts")).hasToString("[]");
    assertThat(shown.get("consents").toString()).contains("box ticked");
    Map<String, Object> error = body(customers.tell(Map.of("at", "x"), OPS), 400);
    assertThat(error).containsEntry("place", "/at");
    assertThat(
            heart.texts(
                "select actor || ' ' || action from audit where action like 'notice-customer.%'"
                    + " order by id"))
        .as("acts and looks; those that were refused are none")
        .containsExactly(
            "olga notice-customer.told",
            "olga notice-customer.opened",
            "olga notice-customer.erased",
            "olga notice-customer.opened");
  }

  @Test
  @Tag("R26")
  void a_file_of_a_month_carries_its_hash_and_leaves_nothing_on_the_disk() throws Exception {
    long before = left();
    Response response = audit.file("2026-11", "csv", OPS);
    assertThat(response.getStatus()).isEqualTo(200);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ((StreamingOutput) response.getEntity()).write(out);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(out.toByteArray());
    assertThat(response.getHeaderString("Content-Digest"))
        .isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":");
    assertThat(response.getHeaderString("Content-Disposition")).contains("notices-2026-11.csv");
    assertThat(left()).isEqualTo(before);
    body(audit.file("2026-11", "csv", SRE), 403);
    body(audit.file("november", "csv", OPS), 400);
  }

  private static long left() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith("notices-")).count();
    }
  }

  @Test
  @Tag("R26")
  void a_sample_is_drawn_called_and_shown() {
    Map<String, Object> sample =
        body(audit.draw("2026-11", new AuditResource.Wanted(5, "s"), OPS), 201);
    long id = (long) sample.get("id");
    assertThat(
            body(audit.call("2026-11", id, new AuditResource.Said(7L, "REACHED", null), OPS), 200))
        .containsEntry("reached", 1L);
    body(audit.call("2026-11", id, new AuditResource.Said(7L, "PERHAPS", null), OPS), 400);
    body(audit.call("2026-11", id, new AuditResource.Said(8L, "REACHED", null), OPS), 404);
    body(audit.call("2026-11", id, null, OPS), 400);
    body(audit.one("2026-11", 99, OPS), 404);
    body(audit.draw("2026-12", null, OPS), 409);
    body(audit.draw("2026-11", null, SRE), 403);
    assertThat((List<?>) body(audit.month("2026-11"), 200).get("samples")).hasSize(1);
  }
}
