package io.orderbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.sandbox.Planted.Difference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R58")
class BooksVerdictTest {
  private static final Instant EVENING = Instant.parse("2026-11-29T15:00:00Z");
  private static final String FINAL = "{\"id\": 5, \"final\": true}";
  private static final String FALL =
      """
      {"waterfalls": [{"currency": "USD", "left": {"total": "%s"}, "right": {"total": "90.00"},
        "gap": "10.00", "remainder": "%s", "bars": [
          {"id": "FEE", "items": 2, "gap": "%s"},
          {"id": "AMOUNT", "items": 1, "gap": "5.00"},
          {"id": "UNEXPLAINED", "items": 0, "gap": "%2$s"}]}]}\
      """;

  private final Planted planted =
      new Planted(Story.invent(60, 7, "CNY", EVENING, new Random(1)), "79999999");
  private final BooksVerdict verdict = new BooksVerdict(planted, Map.of("USD", 500L));
  private final List<JsonNode> items = new ArrayList<>();

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static JsonNode item(String key, Difference difference) {
    return json(
        "{\"key\": \"%s\", \"class\": \"%s\", \"currency\": \"%s\", \"left\": \"%s\"}"
            .formatted(
                key, difference.kind(), difference.currency(), Story.decimal(difference.gap())));
  }

  private List<String> wrong(String left, String remainder, String fee) {
    return verdict.wrong(json(FINAL), json(FALL.formatted(left, remainder, fee)), items);
  }

  private List<String> wrong() {
    return wrong("100.00", "0.00", "5.00");
  }

  @BeforeEach
  void find_what_is_planted() {
    planted.all().forEach((key, difference) -> items.add(item(key, difference)));
  }

  @Test
  void what_was_planted_and_nothing_else_is_right() {
    assertThat(wrong()).isEmpty();
  }

  @Test
  void what_was_planted_and_not_found_is_wrong() {
    String lost = items.remove(0).path("key").asText();

    assertThat(wrong()).singleElement().asString().contains(lost, "was not found");
  }

  @Test
  void what_was_found_and_not_planted_is_wrong() {
    items.add(item("4711", planted.all().get("79999999")));

    assertThat(wrong()).singleElement().asString().contains("4711", "planted was nothing");
  }

  @Test
  void another_class_and_a_cent_are_wrong() {
    Difference difference = planted.all().get("79999999");
    items.removeIf(item -> item.path("key").asText().equals("79999999"));
    items.add(
        item(
            "79999999",
            new Difference(difference.kind(), difference.currency(), difference.gap() + 1)));

    assertThat(wrong()).singleElement().asString().contains("-19.89 USD", "-19.90 USD");
  }

  @Test
  void what_remains_unexplained_is_wrong() {
    assertThat(wrong("100.00", "0.01", "4.99"))
        .anyMatch(line -> line.contains("0.01 remains unexplained"));
  }

  @Test
  void causes_that_do_not_add_up_to_the_gap_are_wrong() {
    assertThat(wrong("100.01", "0.00", "5.00")).singleElement().asString().contains("10.01");
    assertThat(wrong("100.00", "0.00", "5.01")).anyMatch(line -> line.contains("add up to 10.01"));
  }

  @Test
  void fees_that_nobody_kept_and_fees_that_are_not_there_are_wrong() {
    assertThat(wrong("100.00", "0.00", "5.01")).anyMatch(line -> line.contains("kept were 5.00"));
    assertThat(verdict.wrong(json(FINAL), json("{\"waterfalls\": []}"), items))
        .containsExactly("USD: no fees were found");
  }

  @Test
  void a_provisional_run_is_wrong() {
    assertThat(
            verdict.wrong(
                json("{\"final\": false, \"missing\": [\"a/b@2026-11-29\"]}"),
                json(FALL.formatted("100.00", "0.00", "5.00")),
                items))
        .singleElement()
        .asString()
        .contains("a/b@2026-11-29");
  }
}
