package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Content that is too large, broken or absurd: stored and named, and it stops nobody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class BadContentIT {
  private static final int BODY_LIMIT = 1_048_576;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Instant AT = Instant.now().minusSeconds(600);

  private final Letters letters = new Letters();
  private Product product;

  @BeforeAll
  void start(@TempDir Path folder) {
    product =
        new Product(folder)
            .systems(Path.of("."), "shopify")
            .database(TestDatabase.freshUrl())
            .environment(letters.environment());
    OpenDoor.addTo(product, "open", "answer: json").start();
  }

  @AfterAll
  void stop() {
    product.close();
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
  void every_kind_of_bad_content_is_stored_and_named_and_stops_nobody() {
    // Given
    String year1999 = "1999-12-31T23:59:59Z";
    String now = AT.toString();
    Map<String, String> bodies =
        Map.ofEntries(
            Map.entry("BODY_BROKEN line 2, column 8", "{\"a\": 1,\n  \"b\": }"),
            Map.entry("BODY_TOO_COMPLEX line 1,", "[".repeat(10_000) + "]".repeat(10_000)),
            Map.entry("BODY_TOO_COMPLEX line 2,", "{\n\"n\": " + "7".repeat(1_000_000) + "}"),
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
        SOON,
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

  private HttpResponse<String> knock(String connection, byte[] body, String... headers) {
    return Stranger.knock(product, connection, body, headers);
  }

  private long stored() {
    return product.rows().number("select count(*) from inbox_message");
  }

  private void awaitOrder(String number) {
    Await.until(
        "order " + number,
        SOON,
        () -> product.get("/api/orders/demo/" + number).statusCode() == 200);
  }
}
