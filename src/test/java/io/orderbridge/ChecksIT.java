package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The checks of orders in the running product, by the files as shipped. */
@Tag("R06")
@Tag("R13")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class ChecksIT {
  private static final Duration WITHIN = Duration.ofMinutes(1);
  private static final int EACH = 3;

  private final Instant hourAgo = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3_600);
  private Product product;

  @BeforeAll
  void start(@TempDir Path folder) {
    product = new Product(folder).database(TestDatabase.freshUrl());
    Product.copy(Path.of("mappings/rules"), product.mappings().resolve("rules"));
    // Their names play the roles of the shipped rules; nobody owns anything here.
    for (String system : List.of("jd", "wms", "erp")) {
      OpenDoor.addTo(product, system);
    }
    product.start();
  }

  @AfterAll
  void stop() {
    product.close();
  }

  private void say(String system, String number, String facts) {
    String body =
        "{\"order\": {\"shop\": \"demo\", \"number\": \"%s\"}, \"version\": \"%s\", %s}"
            .formatted(number, hourAgo, facts);
    assertThat(product.post("/in/" + system, body).statusCode()).isBetween(200, 299);
  }

  private String reached(String... milestones) {
    List<String> facts = new ArrayList<>();
    for (String milestone : milestones) {
      facts.add("{\"milestone\": \"%s\", \"at\": \"%s\"}".formatted(milestone, hourAgo));
    }
    return "\"facts\": [" + String.join(",", facts) + "]";
  }

  private List<String> subjects(String code) {
    List<String> subjects = new ArrayList<>();
    product
        .json("/api/findings?code=" + code)
        .path("findings")
        .forEach(finding -> subjects.add(finding.path("subject").asText()));
    return subjects;
  }

  @Test
  void both_symptoms_are_found_within_a_minute_at_exactly_their_orders() {
    List<String> unpacked = new ArrayList<>();
    List<String> unreceived = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      say("wms", "60000" + i, reached("CREATED", "PAID", "ACCEPTED"));
      say(
          "jd",
          "60000" + i,
          "\"details\": {\"currency\": \"CNY\", \"total\": \"1.00\","
              + " \"tags\": {\"platform\": \"SHIPPED\"}}");
      unpacked.add("demo/60000" + i);
      say("wms", "70000" + i, reached("CREATED", "PAID", "ACCEPTED"));
      say("erp", "70000" + i, reached("COMPLETED"));
      unreceived.add("demo/70000" + i);
      say("wms", "80000" + i, reached("CREATED", "PAID", "ACCEPTED"));
    }
    Await.asserted(
        WITHIN,
        () -> {
          assertThat(subjects("SHOP_SHIPPED_NOT_PACKED"))
              .containsExactlyInAnyOrderElementsOf(unpacked);
          assertThat(subjects("FINANCE_DONE_NOT_RECEIVED"))
              .containsExactlyInAnyOrderElementsOf(unreceived);
        });
    JsonNode finding =
        product.json("/api/findings?code=SHOP_SHIPPED_NOT_PACKED").path("findings").get(0);
    assertThat(finding.path("cause").asText()).isNotEmpty();
    assertThat(finding.path("evidence").path("values")).hasSize(2);
  }

  @Test
  void an_order_that_stands_is_on_the_list_with_age_and_limit() {
    product
        .rows()
        .execute(
            "insert into customer_order (shop, number, status, revision, state, since) values"
                + " ('demo', 'stands', 'PAID', 1, '{}', now() - interval '5 hours')");
    JsonNode list = product.json("/api/stuck?status=PAID");
    assertThat(list.path("stuck").get(0).path("number").asText()).isEqualTo("stands");
    assertThat(list.path("stuck").get(0).path("limitSeconds").asLong()).isEqualTo(14_400);
    assertThat(list.path("counts").path("PAID").path("BREACH").asLong()).isEqualTo(1);
    assertThat(product.get("/api/stuck?status=LOST").statusCode()).isEqualTo(400);
    assertThat(product.json("/api/upload-deadlines").has("counts")).isTrue();
  }

  @Test
  @Tag("R19")
  void a_broken_link_is_told_within_two_looks() {
    product
        .rows()
        .execute(
            "insert into dead_letter (work_id, queue, lane, ref, ref_at, subject, key, cause,"
                + " place, message, payload, attempts, since) values (1, 'outbox:crm', 'l', 1,"
                + " now(), 'demo/900001', 'k', 'TARGET_REFUSED', '', 'm', '', 1, now())");
    Await.asserted(
        WITHIN.multipliedBy(2),
        () -> assertThat(subjects("LINK_BROKEN")).contains("crm", "demo/900001"));
  }
}
