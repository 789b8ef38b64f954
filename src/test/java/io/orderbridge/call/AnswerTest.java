package io.orderbridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.call.AnswerRule.Condition;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R50")
@Tag("R57")
class AnswerTest {
  private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
  private static final JsonPointer CODE = JsonPointer.compile("/error/code");

  private static final List<AnswerRule> RULES =
      List.of(
          rule(new Condition(CODE, null, Set.of("7"), null, null), Meaning.SLOW_DOWN),
          rule(new Condition(CODE, null, Set.of("26", "27"), null, null), Meaning.REFRESH),
          rule(
              new Condition(
                  JsonPointer.compile("/error/sub"), null, null, Pattern.compile("isp\\..*"), null),
              Meaning.BUSY),
          rule(
              new Condition(JsonPointer.compile("/error"), null, null, null, true),
              Meaning.REFUSED),
          rule(
              new Condition(
                  JsonPointer.compile("/result/data/code"), null, Set.of("A1"), null, null),
              Meaning.ALREADY),
          rule(
              new Condition(
                  JsonPointer.compile("/response/flag"), null, Set.of("failure"), null, null),
              Meaning.REFUSED),
          rule(new Condition(null, "should-retry", Set.of("true"), null, null), Meaning.BUSY),
          rule(new Condition(null, "gone", null, null, true), Meaning.EMPTY),
          rule(
              new Condition(
                  null, null, null, Pattern.compile("response_error:.*", Pattern.DOTALL), null),
              Meaning.REFUSED));

  private static AnswerRule rule(Condition condition, Meaning then) {
    return new AnswerRule(0, condition, then, null, JsonPointer.compile("/error/msg"), null);
  }

  private static Answer.Meant meant(int status, String body, Map<String, String> headers) {
    return Answer.of(status, body, headers).meaning(RULES, true, NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"error\":{\"code\":7}} | SLOW_DOWN",
        "200 | {\"error\":{\"code\":\"27\"}} | REFRESH",
        "200 | {\"error\":{\"code\":15,\"sub\":\"isp.top-timeout\"}} | BUSY",
        "200 | {\"error\":{\"code\":15,\"sub\":\"isv.x\"}} | REFUSED",
        "200 | {\"error\":null} | DONE",
        "200 | {\"error\":{}} | REFUSED",
        "200 | {\"result\":\"{\\\"data\\\":\\\"{\\\\\\\"code\\\\\\\":\\\\\\\"A1\\\\\\\"}\\\"}\"} |"
            + " ALREADY",
        "200 | {\"result\":{\"data\":\"{\\\"code\\\":\\\"A1\\\"}\"}} | ALREADY",
        "200 | {\"result\":\"{broken\"} | DONE",
        "200 | <response><flag>failure</flag></response> | REFUSED",
        "200 | <response><flag>success</flag></response> | DONE",
        "200 | <error><code>27</code></error> | REFRESH",
        "200 | <!DOCTYPE x []><error><code>27</code></error> | DONE",
        "500 | 'response_error:\nline' | REFUSED",
        "200 | 'x response_error:' | DONE",
        "401 | '' | REFRESH",
        "403 | '' | REFUSED",
        "429 | '' | BUSY",
        "302 | '' | REFUSED"
      })
  void an_answer_means_what_its_first_rule_or_its_status_says(
      int status, String body, Meaning meaning) {
    assertThat(meant(status, body, Map.of()).meaning()).isEqualTo(meaning);
  }

  @Test
  void headers_are_looked_at_by_any_case() {
    assertThat(meant(400, "", Map.of("Should-Retry", "true")).meaning()).isEqualTo(Meaning.BUSY);
    assertThat(meant(404, "", Map.of("GONE", "")).meaning()).isEqualTo(Meaning.EMPTY);
  }

  @Test
  void without_a_token_401_is_a_refusal() {
    assertThat(Answer.of(401, "", Map.of()).meaning(List.of(), false, NOW).meaning())
        .isEqualTo(Meaning.REFUSED);
  }

  @Test
  void xml_in_gbk_is_read_as_it_declares() {
    String xml = "<?xml version='1.0' encoding='GBK'?><error><code>27</code><m>错误</m></error>";
    Answer answer = new Answer(200, xml.getBytes(Charset.forName("GBK")), Map.of());
    assertThat(answer.meaning(RULES, true, NOW).meaning()).isEqualTo(Meaning.REFRESH);
  }

  @Test
  void the_wait_is_the_first_number_in_the_words_of_the_partner() {
    String told = "{\"error\":{\"code\":7,\"msg\":\"This ban will last for 3 more seconds\"}}";
    assertThat(meant(200, told, Map.of()).asked()).contains(Duration.ofSeconds(3));
    assertThat(meant(200, told.replace(" 3 ", " 99999999 "), Map.of()).asked())
        .as("bounded")
        .contains(Duration.ofHours(6));
    assertThat(meant(200, "{\"error\":{\"code\":7}}", Map.of()).asked())
        .contains(Duration.ofMinutes(1));
    assertThat(meant(200, "{\"error\":{\"code\":7}}", Map.of("Retry-After", "9")).asked())
        .contains(Duration.ofSeconds(9));
    AnswerRule known =
        new AnswerRule(429, null, Meaning.SLOW_DOWN, Duration.ofSeconds(30), null, null);
    assertThat(Answer.of(429, "", Map.of()).meaning(List.of(known), false, NOW).asked())
        .contains(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "{\"a\": [1, {\"b\": \"]}\\\"\"}]}; false",
        " [ ]; false",
        "success; false",
        "<a>{</a>; false",
        "{\"a\": [1, {\"b\": \"]}\\\"\"}; true",
        "{\"a\": \"half; true",
        "{; true"
      })
  void an_answer_that_ends_before_its_json_does_is_cut_off(String body, boolean cutOff) {
    assertThat(Answer.of(200, body, Map.of()).isCutOff()).isEqualTo(cutOff);
  }
}
