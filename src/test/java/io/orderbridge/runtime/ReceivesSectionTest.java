package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.inbox.Dialect;
import io.orderbridge.inbox.Dialect.Said;
import io.orderbridge.inbox.Part;
import io.orderbridge.inbox.Receiving;
import io.orderbridge.kernel.FileProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.nodes.Node;

class ReceivesSectionTest {
  private static final String FILE = "routes/shop/connection.yaml";
  private static final String OPEN = "{signature: none, internal: true, %s}";

  private final List<FileProblem> problems = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void an_answer_may_have_the_senders_own_words() {
    Dialect answer =
        receiving("answer: {type: text/plain, accepted: success, refused: fail}").answer();
    assertThat(answer.accepted(7)).isEqualTo(new Said(200, "text/plain", "success"));
    assertThat(answer.refused(503, "later")).isEqualTo(new Said(503, "text/plain", "fail"));
    assertThat(receiving("answer: {type: text/xml; charset=utf-8, accepted: <a/>}").answer())
        .isEqualTo(new Dialect.Literal("text/xml; charset=utf-8", "<a/>", ""));
    assertThat(receiving("answer: {accepted: '${env:WORD}'}").answer())
        .isEqualTo(new Dialect.Literal("text/plain", "ok", ""));
  }

  @Test
  void the_names_of_before_still_stand_for_their_dialects() {
    assertThat(receiving("body-limit: 1MB").answer()).isEqualTo(Dialect.Common.EMPTY);
    assertThat(receiving("answer: json").answer()).isEqualTo(Dialect.Common.JSON);
    assertThat(receiving("answer: wechat-pay").answer()).isEqualTo(Dialect.Common.WECHAT_PAY);
  }

  @Test
  void ids_and_kinds_may_stand_in_xml_in_a_form_or_in_the_address() {
    Receiving receiving =
        receiving(
            "message-id: 'query:customer+xml:/request/order/code', kind: 'query:method',"
                + " order-by: 'form:no'");
    assertThat(receiving.messageId())
        .isEqualTo(
            new Part.Joined(
                List.of(
                    new Part.Query("customer"),
                    new Part.Xml(List.of("request", "order", "code")))));
    assertThat(receiving.kind()).isEqualTo(new Part.Query("method"));
    assertThat(receiving.orderBy()).isEqualTo(new Part.Form("no"));
    assertThat(receiving("kind: 'text:bill+form:kind'").kind()).isInstanceOf(Part.Joined.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "answer: {} | 'receives.answer' has no 'accepted'",
        "answer: {accepted: ok, status: 201} | unknown key 'status' in 'receives.answer'",
        "answer: {accepted: ok, type: text} | a content type such as text/plain",
        "answer: {accepted: ok, type: \"text/plain\\r\\nX: y\"} | a content type such as",
        "answer: [a] | 'receives.answer' is not a single value",
        "answer: {accepted: [a]} | 'receives.answer.accepted' is not a single value",
        "answer: text | expected one of empty, json, wechat-pay",
        "message-id: 'xml:order' | xml:/<path>, form:<field>, query:<name> or body",
        "message-id: 'text:a+text:b' | query:<name> or body",
        "kind: 'form:a+body' | query:<name> or text:<constant>",
        "order-by: 'form:a+body' | one of header:<name>",
        "order-by: 'text:a' | one of header:<name>",
      })
  void what_is_wrong_is_refused_with_what_is_allowed(String receives, String expected) {
    read(receives);
    assertThat(problems).extracting(FileProblem::what).anyMatch(w -> w.contains(expected));
  }

  @Test
  void an_answer_of_more_than_a_page_is_refused() {
    read("answer: {accepted: %s}".formatted("x".repeat(4097)));
    assertThat(problems.toString()).contains("has 4097 characters, at most 4096");
  }

  private Receiving receiving(String keys) {
    Receiving receiving = read(keys).orElseThrow();
    assertThat(problems).isEmpty();
    return receiving;
  }

  private Optional<Receiving> read(String keys) {
    Node node = YamlText.compose(FILE, OPEN.formatted(keys), problems).orElseThrow();
    References references = new References(Map.of("WORD", "ok")::get, folder);
    return ReceivesSection.read("shop", new Section(FILE, "receives", node, references, problems));
  }
}
