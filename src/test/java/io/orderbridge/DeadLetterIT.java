package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Counterpart.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What fails is tried again by itself or kept for a person, who mends and replays it. */
@Tag("R11")
@Tag("R84")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class DeadLetterIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Instant AT = Instant.now().minusSeconds(3600);

  private Installation all;

  @BeforeAll
  void start(@TempDir Path folder) {
    all = new Installation(folder);
  }

  @AfterEach
  void mend() {
    all.erpIsWell();
  }

  @AfterAll
  void stop() {
    all.close();
  }

  @Test
  void a_refusal_is_kept_at_once_with_the_attempt_and_the_start_of_the_answer() {
    // Given
    all.erpFails(request -> Reply.json(400, "{\"why\":\"" + "no ".repeat(1000) + "\"}"));

    // When
    create(1001);

    // Then
    JsonNode letter = letter("target=erp&subject=demo/1001");
    assertThat(letter.path("cause").asText()).isEqualTo("TARGET_REFUSED");
    assertThat(letter.path("attempts").asInt()).isOne();
    JsonNode opened = all.product.json("/api/dead-letters/" + letter.path("id").asLong());
    assertThat(opened.path("payload").asText()).contains("order.created", "1001");
    assertThat(opened.path("tries")).hasSize(1);
    JsonNode attempt = opened.path("tries").get(0);
    assertThat(attempt.path("status").asInt()).isEqualTo(400);
    assertThat(attempt.path("answer").asText()).startsWith("{\"why\":\"no no").hasSize(1024);
    assertThat(attempt.path("tookMs").isNumber()).isTrue();
  }

  @Test
  void a_redirect_is_not_followed_but_kept() {
    // Given
    try (Counterpart elsewhere = new Counterpart()) {
      all.erpFails(request -> Reply.json(302, "").with("Location", elsewhere.url()));

      // When
      create(1002);

      // Then
      assertThat(letter("target=erp&subject=demo/1002").path("cause").asText())
          .isEqualTo("TARGET_MOVED");
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void an_answer_that_has_no_end_is_cut_off_and_the_delivery_repeated() {
    // Given: the first answer never ends, the second comes byte by byte.
    AtomicInteger asked = new AtomicInteger();
    all.erpFails(
        request ->
            !request.body().contains("\"1003\"")
                ? null
                : switch (asked.incrementAndGet()) {
                  case 1 -> Reply.endless();
                  case 2 -> Reply.dribbling();
                  default -> null;
                });

    // When
    create(1003);

    // Then
    Await.asserted(SOON, () -> assertThat(asked.get()).isEqualTo(3));
    all.settle();
    List<String> attempts =
        all.product
            .rows()
            .texts(
                "select outcome, took_ms < 3000 from attempt"
                    + " where queue = 'outbox:erp' and subject = 'demo/1003' order by number");
    assertThat(attempts).containsExactly("AGAIN|t", "AGAIN|t", "DONE|t");
    assertThat(
            all.erp.requests().stream()
                .filter(r -> r.body().contains("\"1003\""))
                .map(Counterpart.Request::key)
                .distinct())
        .as("one idempotency key over all attempts")
        .hasSize(1);
  }

  @Test
  void a_missing_line_of_a_code_table_is_added_while_it_runs_and_all_is_replayed()
      throws IOException {
    // Given: a topic that nobody has entered yet.
    for (long number = 2001; number <= 2005; number++) {
      all.product.post(
          all.letters.shop("orders/edited", "edited-" + number, Letters.order(number, AT)));
    }
    Await.asserted(SOON, () -> assertThat(all.deadLetters("cause=UNMAPPED_VALUE")).hasSize(5));

    // When
    Path table = all.product.mappings().resolve("shopify/topics.csv");
    all.product.write(
        "mappings/shopify/topics.csv", Files.readString(table) + "orders/edited,order\n");

    // Then: until the table is read, what is replayed only dies again.
    Await.asserted(
        SOON,
        () -> {
          replay("{\"filter\": {\"cause\": \"UNMAPPED_VALUE\"}, \"perSecond\": 100}");
          all.settle();
          assertThat(all.deadLetters("cause=UNMAPPED_VALUE")).isEmpty();
        });
    for (int number = 2001; number <= 2005; number++) {
      String order = Integer.toString(number);
      assertThat(all.order(order).path("status").asText()).isEqualTo("CREATED");
      assertThat(all.toldErp(order)).hasSize(1);
      assertThat(
              all.product
                  .rows()
                  .texts("select status from crm.crm_order where number = '" + order + "'"))
          .containsExactly("CREATED");
    }
    assertThat(audit("dead-letter.replayed")).isNotEmpty().allMatch("alice"::equals);
  }

  @Test
  void a_payload_is_corrected_and_replayed() {
    // Given
    String wrong = OpenDoor.facts("3001", "1.00", "QQQ", AT.toString());
    postFacts("wrong", wrong);
    long id = letter("connection=marketplace&cause=CURRENCY_UNKNOWN").path("id").asLong();

    // When
    int edited =
        all.product
            .send(
                "PUT",
                "/api/dead-letters/" + id + "/payload",
                BodyPublishers.ofString(wrong.replace("QQQ", "CNY")),
                "Content-Type",
                "application/json")
            .statusCode();
    int replayed = all.product.post("/api/dead-letters/" + id + "/replay", "").statusCode();

    // Then
    assertThat(List.of(edited, replayed)).containsExactly(204, 202);
    Await.until("order 3001", SOON, () -> all.order("3001").has("status"));
    assertThat(all.product.json("/api/dead-letters/" + id).at("/letter/state").asText())
        .isEqualTo("REPLAYED");
    assertThat(all.product.post("/api/dead-letters/" + id + "/replay", "").statusCode())
        .isEqualTo(404);
    assertThat(audit("dead-letter.edited")).containsExactly("alice");
  }

  @Test
  void a_letter_is_discarded_only_with_a_reason() {
    // Given
    postFacts("discarded", "{\"surprise\": 1}");
    long id = letter("connection=marketplace&subject=discarded").path("id").asLong();
    String path = "/api/dead-letters/" + id + "/discard";

    // When
    int without = all.product.post(path, "{}").statusCode();
    int with = all.product.post(path, "{\"reason\": \"sent by mistake\"}").statusCode();

    // Then
    assertThat(List.of(without, with)).containsExactly(400, 204);
    assertThat(all.deadLetters("connection=marketplace&subject=discarded")).isEmpty();
    assertThat(
            all.product
                .rows()
                .texts(
                    "select actor, reason from audit where action = 'dead-letter.discarded'"
                        + " and subject = '"
                        + id
                        + "'"))
        .containsExactly("alice|sent by mistake");
  }

  @Test
  void a_later_delivery_settles_the_older_letter_of_the_same_order() {
    // Given
    all.erpFails(request -> Reply.json(400, "{}"));
    create(4001);
    long id = letter("target=erp&subject=demo/4001").path("id").asLong();
    all.erpIsWell();

    // When
    all.product.post(all.letters.payment(4001, AT));

    // Then
    Await.until(
        "moot",
        SOON,
        () ->
            all.product
                .json("/api/dead-letters/" + id)
                .at("/letter/state")
                .asText()
                .equals("MOOT"));
  }

  @Test
  void without_a_token_nothing_is_told() {
    all.product.bearer(null);
    try {
      assertThat(
              List.of(
                  all.product.get("/api/dead-letters").statusCode(),
                  all.product.get("/api/orders/demo/1001").statusCode(),
                  all.product.get("/api/changes").statusCode(),
                  all.product.get("/api/changes", "Authorization", "Bearer wrong").statusCode(),
                  all.product.post("/api/dead-letters/replay", "{\"filter\":{}}").statusCode()))
          .containsOnly(401);
    } finally {
      all.product.bearer(Installation.TOKEN);
    }
  }

  private void create(long number) {
    all.product.post(all.letters.shop("orders/create", "c-" + number, Letters.order(number, AT)));
  }

  private void postFacts(String id, String facts) {
    all.product.post("/in/marketplace", facts.getBytes(StandardCharsets.UTF_8), "X-Id", id);
  }

  private JsonNode letter(String query) {
    Await.asserted(SOON, () -> assertThat(all.deadLetters(query)).hasSize(1));
    return all.deadLetters(query).get(0);
  }

  private void replay(String request) {
    assertThat(all.product.post("/api/dead-letters/replay", request).statusCode()).isEqualTo(202);
  }

  private List<String> audit(String action) {
    return all.product.rows().texts("select actor from audit where action = '" + action + "'");
  }
}
