package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Counterpart.Reply;
import io.orderbridge.Letters.Letter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Shop, payment and warehouse in; ERP, warehouse and CRM out: the same state everywhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class MainJobIT {
  private static final long SEED = 20_261_123L;
  private static final int ORDERS = 60;
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Instant AT = Instant.now().minusSeconds(7200);
  private static final Map<String, String> ERP_WORDS =
      Map.of("CREATED", "DRAFT", "SHIPPED", "SHIPPED", "CANCELLED", "CANCELLED");

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
  @Tag("R01")
  @Tag("R08")
  @Tag("R57")
  @Tag("R72")
  void sixty_orders_end_alike_in_all_systems_however_their_messages_come() {
    // Given
    List<Long> numbers = LongStream.range(100_000, 100_000 + ORDERS).boxed().toList();
    List<Letter> letters = new ArrayList<>();
    numbers.forEach(number -> letters.addAll(lettersOf(number)));
    int once = letters.size();
    letters.addAll(List.copyOf(letters));
    letters.addAll(letters.subList(0, once / 2));
    Collections.shuffle(letters, new Random(SEED));
    AtomicInteger asked = new AtomicInteger();
    all.erpFails(request -> fault(asked.incrementAndGet()));

    // When
    List<Integer> answers = all.post(letters);
    all.settle();

    // Then
    assertThat(answers).allMatch(status -> status / 100 == 2);
    assertThat(all.deadLetters("limit=10")).isEmpty();
    assertThat(numbers).allSatisfy(this::endsAlike);
    assertThat(asked.get()).as("the ERP failed").isGreaterThan(ORDERS);
    assertThat(acceptedKeys(numbers)).isEqualTo(owedKeys(numbers, "erp"));
  }

  private List<Letter> lettersOf(long number) {
    Letters letters = all.letters;
    Map<String, Object> order = Letters.order(number, AT);
    return switch (ending(number)) {
      case "CREATED" -> List.of(letters.shop("orders/create", "c-" + number, order));
      case "CANCELLED" -> {
        Map<String, Object> cancelled = new LinkedHashMap<>(order);
        cancelled.put("financial_status", "voided");
        cancelled.put("cancelled_at", AT.plusSeconds(99).toString());
        cancelled.put("updated_at", AT.plusSeconds(99).toString());
        yield List.of(
            letters.shop("orders/create", "c-" + number, order),
            letters.shop("orders/cancelled", "x-" + number, cancelled));
      }
      default -> letters.life(number, AT);
    };
  }

  private static String ending(long number) {
    return number % 6 == 4 ? "CREATED" : number % 6 == 5 ? "CANCELLED" : "SHIPPED";
  }

  // A bad half minute of the ERP: unavailable, busy in its own words, and asking to be left alone.
  private static Reply fault(int asked) {
    if (asked == 20 || asked == 90) {
      return Reply.json(429, "{}").with("Retry-After", "1");
    }
    if (asked % 7 == 0 && asked < 300) {
      return Reply.json(503, "{}");
    }
    return asked % 11 == 0 && asked < 300
        ? Reply.json(200, "{\"success\":false,\"code\":\"BUSY\"}")
        : null;
  }

  private void endsAlike(long number) {
    String order = Long.toString(number);
    String status = ending(number);
    assertThat(all.order(order).path("status").asText()).isEqualTo(status);
    List<JsonNode> erp = all.toldErp(order);
    assertThat(erp.get(erp.size() - 1).path("status").asText()).isEqualTo(ERP_WORDS.get(status));
    assertThat(erp)
        .extracting(told -> Instant.parse(told.path("updatedAt").asText()))
        .as("the ERP hears of %s in order", order)
        .isSorted();
    assertThat(
            all.product
                .rows()
                .texts("select status, total from crm.crm_order where number = '" + order + "'"))
        .containsExactly(status + "|199.00");
    List<JsonNode> wms = all.toldWms(order);
    if (status.equals("SHIPPED")) {
      assertThat(wms).isNotEmpty();
      assertThat(wms.get(wms.size() - 1).at("/receiver/name").asText()).isEqualTo("Test Buyer");
    } else {
      assertThat(wms).isEmpty();
    }
  }

  // The debts of the feed: each event of an order that the shop has told of.
  private Set<String> owedKeys(List<Long> numbers, String target) {
    Set<String> keys = new TreeSet<>();
    for (JsonNode event : feed(1000)) {
      if (numbers.contains(event.at("/data/order/number").asLong())
          && event.at("/data/milestones").has("CREATED")) {
        keys.add(event.path("id").asText() + ":" + target);
      }
    }
    return keys;
  }

  private Set<String> acceptedKeys(List<Long> numbers) {
    Set<String> keys = new TreeSet<>();
    all.erp.requests().stream()
        .filter(
            request -> numbers.contains(Product.read(request.body()).path("externalNo").asLong()))
        .forEach(request -> keys.add(request.key()));
    return keys;
  }

  private List<JsonNode> feed(int page) {
    List<JsonNode> events = new ArrayList<>();
    String cursor = "";
    while (true) {
      JsonNode answer = all.product.json("/api/changes?limit=" + page + "&after=" + cursor);
      answer.path("events").forEach(events::add);
      if (answer.path("events").isEmpty()) {
        return events;
      }
      cursor = answer.path("cursor").asText();
    }
  }

  @Test
  @Tag("R04")
  void five_hundred_events_three_times_each_at_once_are_five_hundred_effects() {
    // Given
    List<Letter> letters = new ArrayList<>();
    LongStream.range(200_000, 200_500)
        .mapToObj(n -> all.letters.shop("orders/create", "e-" + n, Letters.order(n, AT)))
        .forEach(letter -> letters.addAll(List.of(letter, letter, letter)));
    Collections.shuffle(letters, new Random(SEED));
    double repeatedBefore = repeated();

    // When
    List<Integer> answers = all.post(letters);
    all.settle();

    // Then
    assertThat(answers).containsOnly(200);
    assertThat(
            all.product
                .rows()
                .number("select count(*) from inbox_message where message_id like 'e-200%'"))
        .isEqualTo(500);
    assertThat(repeated() - repeatedBefore).isEqualTo(1000);
    assertThat(all.erp.requests().stream().filter(r -> r.body().contains("\"externalNo\":\"200")))
        .hasSize(500);
  }

  private double repeated() {
    return all.product
        .get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("orderbridge_") && line.contains("duplicate"))
        .filter(line -> line.contains("shopify"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  @Tag("R01")
  void a_payment_that_comes_first_waits_for_its_order() {
    // When
    all.product.post(all.letters.payment(300_001, AT));
    Await.until("paid", SOON, () -> all.order("300001").path("status").asText().equals("PAID"));

    // Then
    all.settle();
    assertThat(all.toldErp("300001")).isEmpty();
    all.product.post(all.letters.shop("orders/create", "late", Letters.order(300_001, AT)));
    Await.asserted(
        SOON,
        () ->
            assertThat(all.toldErp("300001"))
                .anySatisfy(
                    told -> {
                      assertThat(told.path("status").asText()).isEqualTo("CONFIRMED");
                      assertThat(told.path("total").asText()).isEqualTo("199.00");
                    }));
  }

  @Test
  @Tag("R07")
  void a_claim_on_what_another_system_owns_is_recorded_and_changes_nothing() {
    // Given
    all.product.post(all.letters.shop("orders/create", "own", Letters.order(300_002, AT)));
    Await.until("created", SOON, () -> all.order("300002").has("status"));

    // When: the warehouse owns ACCEPTED.
    String claim =
        """
        {"order": {"shop": "demo", "number": "300002"},
         "facts": [{"milestone": "ACCEPTED", "at": "%s"}]}\
        """
            .formatted(AT);
    all.product.post("/in/marketplace", claim.getBytes(StandardCharsets.UTF_8), "X-Id", "claim");

    // Then
    Await.asserted(
        SOON,
        () ->
            assertThat(all.product.rows().texts("select system, field, owners from foreign_write"))
                .containsExactly("marketplace|ACCEPTED|wms"));
    assertThat(all.order("300002").path("status").asText()).isEqualTo("CREATED");
    assertThat(feed(1000))
        .anySatisfy(
            event -> {
              assertThat(event.path("type").asText()).isEqualTo("order.foreign-write");
              assertThat(event.path("subject").asText()).isEqualTo("demo/300002");
            });
  }

  @Test
  @Tag("R70")
  void who_reads_the_changes_page_by_page_sees_each_once_and_in_the_same_order() {
    // Given
    all.post(all.letters.life(300_003, AT));
    all.settle();

    // When
    List<String> small = feed(3).stream().map(event -> event.path("id").asText()).toList();

    // Then
    assertThat(small).doesNotHaveDuplicates();
    assertThat(feed(1000)).extracting(event -> event.path("id").asText()).isEqualTo(small);
  }
}
