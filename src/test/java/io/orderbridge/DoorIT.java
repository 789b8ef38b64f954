package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Letters.Letter;
import io.orderbridge.signing.Secret;
import io.orderbridge.signing.Signer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the door takes, refuses, and says; the running product, its routes as shipped. */
@Tag("R53")
@Tag("R71")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class DoorIT {
  private static final int BODY_LIMIT = 1_048_576;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
  // What an answer to a stranger never tells.
  private static final String INSIDE =
      "(?is).*(exception|\\bat (io|java)\\.|\\b(select|insert) |127\\.0\\.0|localhost|postgres).*";
  private static final Instant AT = Instant.now().minusSeconds(600);

  private final Letters letters = new Letters();
  private Product product;

  @BeforeAll
  void start(@TempDir Path folder) {
    product =
        new Product(folder)
            .systems(Path.of("."), "shopify", "wechat-pay")
            .database(TestDatabase.freshUrl())
            .environment(letters.environment());
    OpenDoor.addTo(product, "open", "answer: json").start();
  }

  @AfterAll
  void stop() {
    product.close();
  }

  @Test
  void a_connection_that_does_not_exist_is_not_found() {
    assertThat(knock("nobody", "{}".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(404);
    assertThat(knock("shopify%2F..%2Fopen", new byte[] {'x'}).statusCode()).isEqualTo(404);
  }

  @Test
  void whatever_is_not_signed_as_agreed_is_refused_and_not_stored() {
    // Given
    Letter genuine = letters.shop("orders/create", "forged", Letters.order(1001, AT));
    byte[] body = genuine.body();
    byte[] flipped = body.clone();
    flipped[body.length / 2] ^= 1;
    byte[] spaced =
        new String(body, StandardCharsets.UTF_8)
            .replaceFirst(":", ": ")
            .getBytes(StandardCharsets.UTF_8);
    long before = stored();

    // When
    List<HttpResponse<String>> answers =
        List.of(
            knock("shopify", body),
            knock("shopify", body, "X-Shopify-Hmac-Sha256", ""),
            knock("shopify", body, "X-Shopify-Hmac-Sha256", "not base64"),
            knock("shopify", flipped, genuine.headers()),
            knock("shopify", spaced, genuine.headers()),
            knock("shopify", Arrays.copyOf(body, body.length - 1), genuine.headers()),
            knock("shopify", new byte[0], genuine.headers()),
            knock(letters.shop("orders/create", "other", body, "secret of another shop")));

    // Then
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(401);
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void a_payment_notice_that_is_old_or_changed_is_refused_in_the_senders_dialect() {
    // Given
    Letter genuine = letters.payment(1101, AT);
    String[] later = genuine.headers().clone();
    later[3] = Long.toString(Long.parseLong(later[3]) + 1);
    String[] otherNonce = genuine.headers().clone();
    otherNonce[5] = "999999999999";
    long before = stored();

    // When
    List<HttpResponse<String>> answers =
        List.of(
            knock("wechat-pay", genuine.body(), later),
            knock("wechat-pay", genuine.body(), otherNonce),
            knock(letters.payment(1101, AT, Instant.now().minusSeconds(301))),
            knock(letters.payment(1101, AT, Instant.now().plusSeconds(305))));

    // Then
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(401);
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(Product.read(answer.body()).path("code").asText()).isEqualTo("FAIL"));
    assertThat(stored()).isEqualTo(before);
    assertThat(product.post(letters.payment(1102, AT, Instant.now().minusSeconds(290))))
        .isEqualTo(200);
    assertThat(product.post(letters.payment(1103, AT, Instant.now().plusSeconds(290))))
        .isEqualTo(200);
  }

  @Test
  void during_a_rotation_both_secrets_are_good() {
    byte[] body = Letters.json(Letters.order(1201, AT));
    assertThat(product.post(letters.shop("orders/create", "new", body, Letters.SHOP_SECRET)))
        .isEqualTo(200);
    assertThat(product.post(letters.shop("orders/create", "old", body, Letters.OLD_SHOP_SECRET)))
        .isEqualTo(200);
  }

  @Test
  void the_shops_second_dialect_of_headers_is_understood() {
    // Given
    byte[] body = Letters.json(Letters.order(1301, AT));
    String signature = Signer.shopify(Secret.of(Letters.SHOP_SECRET), body);

    // When
    HttpResponse<String> answer =
        knock(
            "shopify",
            body,
            "shopify-topic",
            "orders/create",
            "shopify-webhook-id",
            "events-1301",
            "shopify-shop-domain",
            "demo.myshopify.com",
            "shopify-hmac-sha256",
            signature);

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    awaitOrder("1301");
    assertThat(product.rows().number(count("message_id = 'events-1301'"))).isOne();
  }

  @Test
  void a_body_over_the_limit_is_refused_and_one_at_the_limit_taken() {
    // Given
    long before = stored();
    byte[] atLimit = new byte[BODY_LIMIT];
    Arrays.fill(atLimit, (byte) ' ');
    byte[] over = Arrays.copyOf(atLimit, BODY_LIMIT + 1);

    // When
    HttpResponse<String> declared = knock("open", over, "X-Id", "over");
    HttpResponse<String> chunked =
        product.send(
            "POST",
            "/in/open",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(over)),
            "X-Id",
            "over");

    // Then
    assertThat(declared.statusCode()).isEqualTo(413);
    assertThat(chunked.statusCode()).isEqualTo(413);
    assertThat(stored()).isEqualTo(before);
    assertThat(knock("open", atLimit, "X-Id", "limit").statusCode()).isEqualTo(202);
    assertThat(stored()).isEqualTo(before + 1);
  }

  @Test
  void one_message_sent_fifty_times_at_once_is_stored_once_and_always_accepted() {
    // Given
    Letter letter = letters.shop("orders/create", "fifty", Letters.order(1401, AT));
    ExecutorService senders = Executors.newFixedThreadPool(25);

    // When
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 50)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> product.post(letter), senders))
            .toList();

    // Then
    assertThat(answers).extracting(CompletableFuture::join).containsOnly(200);
    assertThat(product.post(letter)).isEqualTo(200);
    assertThat(product.rows().number(count("message_id = 'fifty'"))).isOne();
    senders.shutdown();
  }

  @Test
  void a_message_id_with_other_content_is_kept_for_a_person() {
    // Given
    product.post(letters.shop("orders/create", "reused", Letters.order(1501, AT)));

    // When
    int again = product.post(letters.shop("orders/create", "reused", Letters.order(1502, AT)));

    // Then
    assertThat(again).isEqualTo(200);
    assertThat(product.rows().number(count("message_id like 'reused%'"))).isEqualTo(2);
    assertThat(
            product
                .rows()
                .number(
                    "select count(*) from dead_letter where cause = 'MESSAGE_ID_REUSED'"
                        + " and subject like 'reused%' and position('1502' in"
                        + " encode(payload, 'escape')) > 0"))
        .isOne();
  }

  @Test
  void every_kind_of_bad_content_is_stored_and_named_and_stops_nobody() {
    // Given
    String year1999 = "1999-12-31T23:59:59Z";
    String now = AT.toString();
    Map<String, String> bodies =
        Map.ofEntries(
            Map.entry("BODY_BROKEN line 2, column 8", "{\"a\": 1,\n  \"b\": }"),
            Map.entry("BODY_TOO_COMPLEX", "[".repeat(10_000) + "]".repeat(10_000)),
            Map.entry("BODY_TOO_COMPLE", "{\n\"n\": " + "7".repeat(1_000_000) + "}"),
            Map.entry("MONEY_INVALID /facts/1/payment/amount", money("-1.00", "CNY", now)),
            Map.entry("MONEY_INVALID /facts/1/payment/amoun", money("1.001", "CNY", now)),
            Map.entry("CURRENCY_UNKNOWN /facts/1/payment/currency", money("1.00", "XXY", now)),
            Map.entry("TIME_IMPLAUSIBLE /version", money("1.00", "CNY", year1999)),
            Map.entry("TIME_IMPLAUSIBLE /versio", money("1.00", "CNY", "2100-01-01T00:00:00Z")),
            Map.entry("FACTS_INVALID /surprise", "{\"surprise\": 1}"),
            Map.entry("FACTS_INVALID /", "[7]"));

    // When
    bodies.forEach(
        (id, body) ->
            assertThat(
                    knock("open", body.getBytes(StandardCharsets.UTF_8), "X-Id", id).statusCode())
                .isEqualTo(202));

    // Then
    Await.asserted(
        ANSWER_MAX.multipliedBy(4),
        () ->
            assertThat(
                    product
                        .rows()
                        .texts(
                            "select subject from dead_letter where queue = 'inbox:open'"
                                + " and starts_with(cause || ' ' || place, subject)"))
                .containsAll(bodies.keySet()));
    knock("open", money("1.00", "CNY", now).getBytes(StandardCharsets.UTF_8), "X-Id", "good");
    awaitOrder("1601");
    assertThat(product.get("/q/health/live").statusCode()).isEqualTo(200);
  }

  private static String money(String amount, String currency, String at) {
    return OpenDoor.facts("1601", amount, currency, at);
  }

  @Test
  void a_number_beyond_the_exact_doubles_stays_exact() {
    product.post(letters.shop("orders/create", "big", Letters.order(820_982_911_946_154_509L, AT)));
    awaitOrder("820982911946154509");
  }

  @Test
  void a_form_is_stored_as_it_came() {
    // Given
    String form = "order=1&name=%E5%BC%A0&empty=&x=a+b";

    // When
    HttpResponse<String> answer =
        knock(
            "open",
            form.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "X-Id",
            "form");

    // Then
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(
            product
                .rows()
                .texts(
                    "select encode(body, 'escape') from inbox_message where message_id = 'form'"))
        .containsExactly(form);
  }

  @Test
  void without_tokens_the_api_serves_programs_on_this_machine_and_no_web_page() {
    assertThat(product.get("/api/changes").statusCode()).isEqualTo(200);
    assertThat(product.get("/api/changes", "Origin", "http://evil.example").statusCode())
        .isEqualTo(401);
    assertThat(product.get("/api/changes", "X-Forwarded-For", "10.0.0.7").statusCode())
        .isEqualTo(401);
  }

  private HttpResponse<String> knock(Letter letter) {
    return knock(letter.connection(), letter.body(), letter.headers());
  }

  // Every answer in this class is also looked at for what must stay inside.
  private HttpResponse<String> knock(String connection, byte[] body, String... headers) {
    HttpResponse<String> answer = product.post("/in/" + connection, body, headers);
    assertThat(answer.body()).doesNotMatch(INSIDE);
    assertThat(answer.headers().map().toString()).doesNotMatch("(?i).*(quarkus|vert|java).*");
    return answer;
  }

  private long stored() {
    return product.rows().number(count("true"));
  }

  private static String count(String condition) {
    return "select count(*) from inbox_message where " + condition;
  }

  private void awaitOrder(String number) {
    Await.until(
        "order " + number,
        ANSWER_MAX.multipliedBy(2),
        () -> product.get("/api/orders/demo/" + number).statusCode() == 200);
  }
}
