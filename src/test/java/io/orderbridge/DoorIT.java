package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Letters.Letter;
import io.orderbridge.signing.Secret;
import io.orderbridge.signing.Signer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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
  private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
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
    OpenDoor.addTo(product, "open", "answer: json");
    OpenDoor.addTo(product, "own", "answer: {accepted: success, refused: fail}").start();
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
  void a_sender_with_words_of_its_own_hears_them_and_nothing_compressed_is_taken() {
    // Given
    String facts = OpenDoor.facts("1601", "10.00", "CNY", AT.toString());
    byte[] body = facts.getBytes(StandardCharsets.UTF_8);

    // When
    HttpResponse<String> packed = knock("own", body, "X-Id", "own-1", "Content-Encoding", "gzip");
    HttpResponse<String> first = knock("own", body, "X-Id", "own-1");
    HttpResponse<String> again = knock("own", body, "X-Id", "own-1");

    // Then
    assertThat(packed.statusCode()).isEqualTo(415);
    assertThat(packed.body()).isEqualTo("fail");
    assertThat(List.of(first, again))
        .allSatisfy(
            answer -> {
              assertThat(answer.statusCode()).isEqualTo(200);
              assertThat(answer.body()).isEqualTo("success");
              assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain");
            });
    assertThat(product.rows().number(count("message_id = 'own-1'"))).isOne();
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

  private HttpResponse<String> knock(String connection, byte[] body, String... headers) {
    return Stranger.knock(product, connection, body, headers);
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
