package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Counterpart.Request;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Webhooks of shop and warehouse in, messages of three vendors out, their receipts back: the
 * shipped connections, rules and templates, but for shorter waits.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class NoticesIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  // Longer than a kill and a start take, so that the next try is still to come afterwards.
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final Duration LATE_MAX = Duration.ofSeconds(5);
  private static final Instant AT = Instant.now().minusSeconds(7200);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final AtomicLong numbers = new AtomicLong(9_007_199_254_740_993L);
  private final Letters letters = new Letters();
  private final NoticeVendors vendors = new NoticeVendors();
  private Product product;

  /** A customer who can be reached by everything. */
  private record Customer(String phone, String openid, String device) {
    Customer(int number) {
      this("138001380" + number, "openid-" + number, "device-" + number);
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    product =
        new Product(folder)
            .systems(Path.of("."), "shopify", "wms", "aliyun-sms", "wechat-mp", "jpush")
            .database(TestDatabase.freshUrl())
            .environment(letters.environment())
            .environment(vendors.environment())
            .setting("orderbridge.api.tokens.ann", "token-of-ann")
            .setting("orderbridge.api.roles.ann", "ops")
            .setting("orderbridge.api.tokens.bob", "token-of-bob")
            .setting("orderbridge.api.roles.bob", "manager")
            .setting("orderbridge.api.tokens.li", "token-of-li")
            .setting("orderbridge.api.roles.li", "warehouse");
    Product.copy(Path.of("mappings/rules"), product.mappings().resolve("rules"));
    Product.copy(Path.of("mappings/notices"), product.mappings().resolve("notices"));
    shortened(
        "mappings/rules/notices.yaml",
        "retry: [5m, 5m, 5m]",
        "retry: [%ds, 5m, 5m]".formatted(RETRY.toSeconds()));
    shortened("mappings/rules/notices.yaml", "receipt-within: 10m", "receipt-within: 5s");
    shortened("routes/jpush/connection.yaml", "pull: 2m", "pull: 1s");
    product.bearer("token-of-ann");
    product.start();
  }

  private void shortened(String path, String from, String to) {
    String text = product.written(path);
    assertThat(text).contains(from);
    product.write(path, text.replace(from, to));
  }

  @AfterAll
  void stop() {
    product.close();
    vendors.close();
  }

  private Customer customer(int number) {
    Customer customer = new Customer(number);
    String document =
        """
        {"customer": {"phone": "%s"}, "at": "2026-11-20T10:00:00+08:00",
         "contacts": {"wechat": "%s", "jpush": "%s"}}\
        """;
    ok(
        as(
            "ann",
            "POST",
            "/api/notice-customers",
            document.formatted(customer.phone(), customer.openid(), customer.device())));
    return customer;
  }

  private HttpResponse<String> as(String who, String method, String path, String body) {
    product.bearer("token-of-" + who);
    try {
      return product.send(
          method, path, BodyPublishers.ofString(body), "Content-Type", "application/json");
    } finally {
      product.bearer("token-of-ann");
    }
  }

  private static JsonNode ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return Product.read(answer.body());
  }

  private void post(Letters.Letter letter) {
    assertThat(product.post(letter)).isIn(200, 202);
  }

  private long packed(String phone) {
    return packed(phone, "1");
  }

  /** Paid, packed and labelled. Gives its number. */
  private long packed(String phone, String parcel) {
    long number = numbers.incrementAndGet();
    Map<String, Object> order = Letters.order(number, AT);
    order.put("financial_status", "paid");
    order.put("shipping_address", Map.of("name", "王女士", "phone", phone, "country_code", "CN"));
    post(letters.shop("orders/paid", "p-" + number, order));
    int minute = 2;
    for (String event : List.of("accepted", "packed", "tracking")) {
      post(letters.warehouse(event, number, AT.plusSeconds(60L * minute++), parcel));
    }
    return number;
  }

  private long shipped(String phone) {
    long number = packed(phone);
    post(letters.warehouse("outbound_scanned", number, AT.plusSeconds(600)));
    return number;
  }

  private List<JsonNode> notices(String query, String number) {
    return product
        .json("/api/notices?limit=1000" + query)
        .path("notices")
        .findParents("gate")
        .stream()
        .filter(notice -> notice.at("/order/number").asText().equals(number))
        .toList();
  }

  /** The only notice of an order. */
  private JsonNode notice(long number) {
    List<JsonNode> all = notices("", Long.toString(number));
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static JsonNode sent(JsonNode notice, String channel) {
    for (JsonNode sent : notice.path("sent")) {
      if (sent.path("channel").asText().equals(channel)) {
        return sent;
      }
    }
    throw new AssertionError("no message by " + channel + " in " + notice);
  }

  private static String id(JsonNode notice, String channel) {
    return sent(notice, channel).path("id").asText();
  }

  private void awaitSent(long number, String channel, String state) {
    Await.asserted(
        SOON,
        () ->
            assertThat(sent(notice(number), channel).path("state").asText())
                .as("%s", notice(number))
                .isEqualTo(state));
  }

  @Test
  @Tag("R17")
  @Tag("R22")
  void a_shipped_parcel_is_told_by_three_vendors_once_and_their_receipts_prove_it() {
    // Given
    Customer wang = customer(10);
    long number = packed(wang.phone());
    Await.until(
        "labelled",
        SOON,
        () -> product.get("/api/orders/demo/" + number).body().contains("SF" + number));
    assertThat(notices("", Long.toString(number))).isEmpty();

    // When
    for (int i = 0; i < 2; i++) {
      post(letters.warehouse("outbound_scanned", number, AT.plusSeconds(600)));
    }
    List.of("wechat", "push", "sms").forEach(channel -> awaitSent(number, channel, "ACCEPTED"));

    // Then
    JsonNode notice = notice(number);
    assertSms(vendors.sms(wang.phone()), number, id(notice, "sms"));
    assertWechat(vendors.wechat(wang.openid()), number, id(notice, "wechat"));
    assertPush(vendors.push(wang.device()), number, id(notice, "push"));
    assertThat(notices("&state=delivered", Long.toString(number))).isEmpty();

    assertThat(NoticeVendors.smsReceipts(product, "wrong", id(notice, "sms")).statusCode())
        .isEqualTo(401);
    HttpResponse<String> taken = NoticeVendors.smsReceipts(product, null, id(notice, "sms"));
    assertThat(List.of(taken.statusCode(), taken.body()))
        .isEqualTo(List.of(200, "{\"code\":0,\"msg\":\"成功\"}"));
    assertThat(NoticeVendors.wechatEvent(product, wang.openid(), id(notice, "wechat")).body())
        .isEqualTo("success");
    vendors.reached.add(wang.device());
    List.of("wechat", "push", "sms").forEach(channel -> awaitSent(number, channel, "DELIVERED"));
    assertThat(notices("&state=delivered", Long.toString(number))).hasSize(1);
    assertReached(number);
  }

  private static void assertSms(List<Request> asked, long number, String id) {
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).headers().get("authorization"))
        .matches("ACS3-HMAC-SHA256 Credential=key,SignedHeaders=.*,Signature=[0-9a-f]{64}");
    Map<String, String> query = NoticeVendors.query(asked.get(0));
    assertThat(query)
        .containsEntry("TemplateCode", "SMS_SHIPPED")
        .containsEntry("SignName", "店铺")
        .containsEntry("OutId", id);
    assertThat(Product.read(query.get("TemplateParam")))
        .isEqualTo(
            Product.read(
                """
                {"name": "王女士", "product": "Thing", "carrier": "顺丰速运", "no": "SF%d",
                 "eta": "三天内"}\
                """
                    .formatted(number)));
  }

  private static void assertWechat(List<Request> asked, long number, String id) {
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).path()).endsWith("?access_token=t1");
    JsonNode body = Product.read(asked.get(0).body());
    assertThat(body.path("template_id").asText()).isEqualTo("shipped");
    assertThat(body.path("client_msg_id").asText()).isEqualTo(id);
    assertThat(body.path("data"))
        .isEqualTo(
            Product.read(
                """
                {"thing1": {"value": "Thing"}, "character_string2": {"value": "%1$d"},
                 "thing3": {"value": "顺丰速运"}, "character_string4": {"value": "SF%1$d"},
                 "thing5": {"value": "预计三天内送达"}}\
                """
                    .formatted(number)));
  }

  private static void assertPush(List<Request> asked, long number, String id) {
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0).headers().get("authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("key:secret".getBytes(StandardCharsets.UTF_8)));
    JsonNode body = Product.read(asked.get(0).body());
    assertThat(body.path("cid").asText()).isEqualTo(id);
    assertThat(body.at("/notification/alert").asText())
        .isEqualTo("王女士，您购买的Thing已由顺丰速运发出，单号SF" + number + "，预计三天内送达。");
  }

  private void assertReached(long number) {
    JsonNode reach = product.json("/api/notices/reach");
    assertThat(reach.path("target").asInt()).isEqualTo(98);
    JsonNode today = reach.path("days").path(0);
    assertThat(today.path("gate").asText()).isEqualTo("shipped");
    // Once, although three channels reached the customer.
    assertThat(today.path("reached").asLong())
        .isEqualTo(product.json("/api/notices?state=delivered").path("notices").size());
    JsonNode told =
        product.json("/api/orders/demo/" + number + "/passport").path("notices").path(0);
    assertThat(told.path("state").asText()).isEqualTo("DELIVERED");
    assertThat(told.path("sent")).hasSize(3);
    assertThat(product.log()).doesNotContain("13800138010");
  }

  @Test
  @Tag("R02")
  @Tag("R22")
  void who_blocked_one_channel_is_told_by_the_others_and_taken_is_not_delivered() {
    Customer li = customer(11);
    vendors.blocked.add(li.openid());
    long number = shipped(li.phone());

    awaitSent(number, "wechat", "FAILED");
    JsonNode wechat = sent(notice(number), "wechat");
    assertThat(wechat.path("cause").asText()).isEqualTo("USER_BLOCKED");
    // All that were taken, and no receipt in time.
    Await.asserted(
        SOON, () -> assertThat(notices("&state=unconfirmed", Long.toString(number))).hasSize(1));
    assertThat(notices("&state=delivered", Long.toString(number))).isEmpty();
    assertThat(vendors.wechat(li.openid())).hasSize(1);
    assertThat(vendors.sms(li.phone())).hasSize(1);
    assertThat(vendors.push(li.device())).hasSize(1);

    // A receipt that comes late proves it all the same.
    NoticeVendors.smsReceipts(product, null, id(notice(number), "sms"));
    Await.asserted(
        SOON, () -> assertThat(notices("&state=delivered", Long.toString(number))).hasSize(1));
    assertThat(notice(number).path("reachedBy").asText()).isEqualTo("sms");
  }

  @Test
  @Tag("R25")
  @Tag("R59")
  void a_template_that_a_second_person_approved_is_live_for_the_next_message() {
    String path = "/api/notice-templates/shipped/sms";
    String words =
        """
        {"text": "{{customer}}，{{product}}预计{{eta|两天内}}送达。", "vendors": {"aliyun-sms":
          {"template": "SMS_NEW", "signature": "新店铺",
           "values": {"name": "{{customer}}", "product": "{{product}}", "eta": "{{eta|两天内}}"}}}}\
        """;
    assertThat(as("li", "PUT", path, words).statusCode()).isEqualTo(403);
    HttpResponse<String> wrong =
        as("ann", "PUT", path, words.replace("{{product}}", "{{produkt}}"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("produkt", "product");
    int version = ok(as("ann", "PUT", path, words)).path("version").asInt();
    String chosen = "{\"version\": %d}".formatted(version);
    assertThat(as("ann", "POST", path + "/approve", chosen).statusCode()).isEqualTo(403);
    shipped("13800138012");
    awaitTemplate("13800138012", "SMS_SHIPPED");

    ok(as("bob", "POST", path + "/approve", chosen));
    try {
      shipped("13800138013");
      awaitTemplate("13800138013", "SMS_NEW");
      Map<String, String> query = NoticeVendors.query(vendors.sms("13800138013").get(0));
      assertThat(query).containsEntry("SignName", "新店铺");
      assertThat(Product.read(query.get("TemplateParam")))
          .isEqualTo(Product.read("{\"name\": \"王女士\", \"product\": \"Thing\", \"eta\": \"两天内\"}"));
    } finally {
      ok(as("bob", "POST", path + "/rollback", "{\"to\": 0, \"reason\": \"tried out\"}"));
    }
    shipped("13800138014");
    awaitTemplate("13800138014", "SMS_SHIPPED");
  }

  private void awaitTemplate(String phone, String template) {
    Await.asserted(
        SOON,
        () ->
            assertThat(vendors.sms(phone))
                .singleElement()
                .satisfies(
                    asked ->
                        assertThat(NoticeVendors.query(asked))
                            .containsEntry("TemplateCode", template)));
  }

  @Test
  @Tag("R26")
  void the_export_of_a_month_is_a_file_with_its_hash_in_which_a_planted_formula_is_text(
      @TempDir Path folder) throws Exception {
    long number = packed("13800138015", "=2+5");
    post(letters.warehouse("outbound_scanned", number, AT.plusSeconds(600), "=2+5"));
    awaitSent(number, "sms", "ACCEPTED");
    String month = YearMonth.now(ZONE).toString();
    String path = "/api/notices/audit/" + month + "/notices.";

    HttpResponse<byte[]> csv = file(path + "csv");
    HttpResponse<byte[]> book = file(path + "xlsx");

    String text = new String(csv.body(), StandardCharsets.UTF_8);
    assertThat(text).startsWith("\uFEFFid,gate,shop,number,parcel,gate_at,state,channel,");
    assertThat(text).contains(",'=2+5,").contains("138****8015").doesNotContain("13800138015");
    assertThat(sheet(book.body(), folder)).contains(">=2+5</t>").doesNotContain("<f>");
    for (HttpResponse<byte[]> file : List.of(csv, book)) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.body());
      assertThat(file.headers().firstValue("X-Export-SHA256"))
          .contains(HexFormat.of().formatHex(hash));
      assertThat(file.headers().firstValue("Content-Digest"))
          .contains("sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":");
    }
    assertThat(product.get("/api/notices/audit/" + month).body())
        .contains(csv.headers().firstValue("X-Export-SHA256").orElseThrow());
    assertThat(as("li", "GET", path + "csv", "").statusCode()).isEqualTo(403);
  }

  private HttpResponse<byte[]> file(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(product.uri(path))
            .header("Authorization", "Bearer token-of-ann")
            .build();
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private static String sheet(byte[] book, Path folder) throws IOException {
    Path file = Files.write(folder.resolve("notices.xlsx"), book);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry sheet = zip.getEntry("xl/worksheets/sheet1.xml");
      return new String(zip.getInputStream(sheet).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  @Tag("R23")
  void a_message_that_got_503_is_tried_again_on_time_although_the_product_was_killed() {
    // Given
    String phone = "13800138016";
    vendors.busy.add(phone);
    long number = shipped(phone);
    awaitSent(number, "sms", "PLANNED");
    JsonNode planned = sent(notice(number), "sms");
    assertThat(planned.path("tries").asInt()).isEqualTo(1);
    Instant due = Instant.parse(planned.path("dueAt").asText());
    assertThat(vendors.sms(phone)).hasSize(1);
    Instant first = vendors.arrivedAt(vendors.sms(phone).get(0));
    assertThat(Duration.between(first.plus(RETRY), due).abs()).isLessThan(LATE_MAX);

    // When
    product.killHard();
    vendors.busy.remove(phone);
    product.start();
    final Instant ready = Instant.now();

    // Then
    awaitSent(number, "sms", "ACCEPTED");
    List<Request> asked = vendors.sms(phone);
    assertThat(asked).hasSize(2);
    assertThat(asked)
        .extracting(one -> NoticeVendors.query(one).get("OutId"))
        .containsOnly(planned.path("id").asText());
    Instant last = due.isAfter(ready) ? due : ready;
    assertThat(vendors.arrivedAt(asked.get(1))).isBetween(due, last.plus(LATE_MAX));
    NoticeVendors.smsReceipts(product, null, planned.path("id").asText());
    awaitSent(number, "sms", "DELIVERED");
    assertThat(vendors.sms(phone)).hasSize(2);
  }
}
