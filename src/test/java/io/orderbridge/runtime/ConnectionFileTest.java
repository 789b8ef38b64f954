package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.call.AnswerRule;
import io.orderbridge.call.Limits;
import io.orderbridge.call.Meaning;
import io.orderbridge.inbox.Part;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Milestone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionFileTest {
  private static final String FILE = "routes/shop/connection.yaml";
  private static final Map<String, String> ENVIRONMENT = Map.of("SECRET", "s3cr3t", "EMPTY", "");

  @TempDir Path folder;

  @Test
  void a_full_file_becomes_a_connection() throws IOException {
    Files.writeString(folder.resolve("token"), "from-a-file\n");

    Connection connection =
        read("""
        description: A shop
        settings:
          base-url: "${env:SHOP_URL:http://127.0.0.1:8080/shop}"
          token: "${file:token}"
        receives:
          signature: shopify
          secrets: ["${env:SECRET}", "${env:SECRET_OLD:}"]
          message-id: header:X-Id
          kind: header:X-Topic
          order-by: json:/order/id
          body-limit: 64KB
        owns: [CREATED, PAID]
        owed:
          events: [order.paid]
          order-by: event:/data/order/shop
          retry: {after: [1s, 5m], until: 2h}
          limits: {in-flight: 2, rate: 120/m, deadline: 3s, answer: 1MB}
          breaker: {failures: 3, pause: 500ms}
          moot: never
          answers:
            - {status: 200, json: /success, equals: "false", then: refused}
        database: {url: "jdbc:postgresql:x", user: u, password: "${env:SECRET}"}
        """)
            .connection()
            .orElseThrow();

    assertThat(connection.settings())
        .containsEntry("base-url", "http://127.0.0.1:8080/shop")
        .containsEntry("token", "from-a-file");
    assertThat(connection.receiving().messageId()).isEqualTo(new Part.Header("x-id"));
    assertThat(connection.receiving().bodyLimit()).isEqualTo(65_536);
    assertThat(connection.owns()).containsExactlyInAnyOrder(Milestone.CREATED, Milestone.PAID);
    assertThat(connection.target().orderBy()).hasToString("/data/order/shop");
    assertThat(connection.target().retry().after())
        .containsExactly(Duration.ofSeconds(1), Duration.ofMinutes(5));
    assertThat(connection.target().limits().rate())
        .isEqualTo(new Limits.Rate(120, Duration.ofMinutes(1)));
    assertThat(connection.target().answers())
        .extracting(AnswerRule::then)
        .containsExactly(Meaning.REFUSED);
    assertThat(connection.database().user()).isEqualTo("u");
    assertThat(connection.toString() + connection.database()).doesNotContain("s3cr3t", "file");
  }

  @Test
  void defaults_are_those_of_the_manual() {
    Connection connection = read("owed: {events: ['order.*']}").connection().orElseThrow();

    assertThat(connection.receiving()).isNull();
    assertThat(connection.target().orderBy()).isNull();
    assertThat(connection.target().retry().until()).isEqualTo(Duration.ofHours(72));
    assertThat(connection.target().retry().after()).hasSize(6);
    assertThat(connection.target().limits().inFlight()).isEqualTo(8);
  }

  @Test
  void all_problems_of_a_file_are_told_at_once_with_their_lines() {
    List<FileProblem> problems =
        read("""
        receives:
          signature: none
          body-limit: 1 mega
        owns: [SOLD]
        ovned: []
        owed:
          events: [order.payed]
        """)
            .problems();

    assertThat(problems).extracting(FileProblem::line).contains(2, 3, 4, 5, 7);
    assertThat(problems).allSatisfy(p -> assertThat(p.file()).isEqualTo(FILE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "receives: {signature: md5} | expected one of 17track, alipay",
        "receives: {} | 'receives' has no 'signature'",
        "receives: {signature: shopify} | needs a shared secret",
        "receives: {signature: shopify, secrets: ['${env:EMPTY}']} | needs a shared secret",
        "receives: {signature: none} | write 'internal: true'",
        "receives: {signature: shopify, secrets: ['${env:NO}']} | variable NO, which is not set",
        "receives: {signature: shopify, secrets: ['${file:no.pem}']} | file no.pem, which cannot",
        "receives: {signature: shopify, secrets: ['${vault:x}']} | none of ${env:NAME}",
        "receives: {signature: none, internal: maybe} | expected true or false",
        "receives: {signature: none, internal: true, message-id: 'text:1'} | header:<name>, json:",
        "receives: {signature: none, internal: true, kind: topic} | text:<constant>",
        "receives: {signature: none, internal: true, order-by: body} | one of header:<name>, json:",
        "receives: {signature: none, internal: true, answer: xml} | empty, json, wechat-pay",
        "receives: {signature: none, internal: true, backlog-mark: -1} | a whole number from 1",
        "owns: CREATED | 'owns' is not a list",
        "owns: [created] | one of CREATED, PAID",
        "owed: {} | 'owed' has no 'events'",
        "owed: {events: [order.sold]} | expected one of order.*, order.accepted",
        "owed: {events: ['order.*'], order-by: shop} | event:/<pointer>",
        "owed: {events: ['order.*'], retry: {after: [soon]}} | such as 500ms, 10s",
        "owed: {events: ['order.*'], retry: {after: []}} | 'owed.retry.after' is empty",
        "owed: {events: ['order.*'], retry: {times: 3}} | unknown key 'times' in 'owed.retry'",
        "owed: {events: ['order.*'], limits: {rate: 5}} | 50/s or 10/m",
        "owed: {events: ['order.*'], limits: {rate: 0/s}} | leave the rate out",
        "owed: {events: ['order.*'], limits: {in-flight: 1000}} | from 1 to 256",
        "owed: {events: ['order.*'], limits: {deadline: 0s}} | more than nothing",
        "owed: {events: ['order.*'], answers: [{then: done}]} | matches every answer",
        "owed: {events: ['order.*'], answers: [{status: 200, json: /a, then: done}]} | needs one of"
            + " equals",
        "owed: {events: ['order.*'], answers: [{status: 700, then: done}]} | from 100 to 599",
        "owed: {events: ['order.*'], answers: [{status: 200, then: maybe}]} | already, busy, done,"
            + " refused, slow-down",
        "settings: {Base_URL: x} | small letters, digits and hyphens",
        "settings: [a] | not a mapping",
        "database: {url: x} | 'database' has no 'user'",
        "owns: [CREATED | is not YAML",
        "`` | is empty",
      })
  void what_is_wrong_is_refused_with_what_is_allowed(String yaml, String expected) {
    ConnectionFile.Result result = read(yaml == null ? "" : yaml);

    assertThat(result.connection()).isEmpty();
    assertThat(result.problems()).extracting(FileProblem::what).anyMatch(w -> w.contains(expected));
    assertThat(result.problems().toString()).doesNotContain("s3cr3t");
  }

  private ConnectionFile.Result read(String yaml) {
    return new ConnectionFile(ENVIRONMENT::get, ConnectionFile.milestoneEvents())
        .read(FILE, "shop", folder, yaml.getBytes(StandardCharsets.UTF_8));
  }
}
