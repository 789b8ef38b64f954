package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.call.AnswerRule;
import io.orderbridge.call.CallSpec;
import io.orderbridge.call.CallSpec.Send;
import io.orderbridge.call.Limits;
import io.orderbridge.call.Meaning;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.FileProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R57")
class CallsSectionTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SECRET", "s3cr3t-of-shop", "URL", "https://u:p4ss@example.com/");

  private static ConnectionFile.Result read(String yaml) {
    return new ConnectionFile(ENVIRONMENT::get, ConnectionFile.milestoneEvents())
        .read(
            "routes/shop/connection.yaml",
            "shop",
            Path.of("."),
            yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static String problems(String yaml) {
    return read(yaml).problems().stream()
        .map(FileProblem::toString)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void a_full_file_is_read() {
    ConnectionFile.Result result =
        read(
            """
            calls:
              api:
                url: https://api.example.com/router/rest
                hosts: [files.example.com, "*.example.net"]
                method: POST
                send: form
                token: true
                headers: {Accept: application/json}
                limits: {in-flight: 2, rate: 10/m, deadline: 3s, answer: 1MB}
                breaker: {failures: 3, pause: 5s}
                answers:
                  - {json: /error/code, equals: "7", then: slow-down, wait-json: /error/msg}
                  - {json: /error/code, in: ["26", "27"], then: refresh}
                  - {json: /error/sub, matches: "isp\\\\..*", then: busy}
                  - {json: /error/code, equals: "9", then: refused, cause: TEMPLATE_INVALID}
                  - {json: /error, exists: true, then: refused}
                  - {status: 400, json: /code, equals: NONE, then: empty}
                  - {status: 429, then: slow-down, wait: 30s}
                  - {header: X-Retry, equals: "true", then: already}
                  - {text: "response_error:.*", then: refused}
              bills:
                url: sftp://shop@files.example.com:2222/out
                login: {password: "${env:SECRET}", known-hosts: "files.example.com ssh-ed25519 AA"}
              drop: {url: "file:/var/drop"}
            token:
              access: t-1
              refresh: "${env:SECRET}"
              expires: 2026-11-20T10:00:00+08:00
              renew-before: 24h
              alarm-before: 72h
            """);
    assertThat(result.problems()).isEmpty();
    Connection connection = result.connection().orElseThrow();
    CallSpec api = connection.calls().get(0);
    assertThat(api.id()).isEqualTo("shop/api");
    assertThat(api.send()).isEqualTo(Send.FORM);
    assertThat(api.limits().rate()).isEqualTo(new Limits.Rate(10, Duration.ofMinutes(1)));
    assertThat(api.answers())
        .extracting(AnswerRule::then)
        .containsExactly(
            Meaning.SLOW_DOWN,
            Meaning.REFRESH,
            Meaning.BUSY,
            Meaning.REFUSED,
            Meaning.REFUSED,
            Meaning.EMPTY,
            Meaning.SLOW_DOWN,
            Meaning.ALREADY,
            Meaning.REFUSED);
    assertThat(api.answers())
        .extracting(AnswerRule::cause)
        .containsOnly(null, Cause.TEMPLATE_INVALID);
    assertThat(api.answers().get(2).condition().matches().pattern()).isEqualTo("isp\\..*");
    assertThat(connection.calls().get(1).login().user()).isEqualTo("shop");
    assertThat(connection.token().expires()).isEqualTo(Instant.parse("2026-11-20T02:00:00Z"));
    assertThat(connection.token().renewBefore()).isEqualTo(Duration.ofHours(24));
    assertThat(connection.toString() + connection.calls() + connection.token())
        .doesNotContain("s3cr3t", "t-1");
  }

  @Test
  void defaults_are_those_of_the_manual() {
    Connection connection =
        read("calls: {api: {url: 'http://127.0.0.1:1'}}").connection().orElseThrow();
    CallSpec api = connection.calls().get(0);
    assertThat(api.limits())
        .isEqualTo(new Limits(4, Limits.Rate.NONE, Duration.ofSeconds(10), 4_194_304));
    assertThat(api.send()).isEqualTo(Send.JSON);
    assertThat(api.signer()).isNull();
    assertThat(connection.token()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "calls: {api: {}} | 'calls.api' has no 'url'",
        "calls: {Api: {url: 'http://h'}} | is no name",
        "calls: {api: {url: 'ftp://h/x'}} | no address that can be called",
        "calls: {api: {url: '${env:URL}'}} | no address that can be called",
        "calls: {api: {url: 'http://h/?a=b'}} | no address that can be called",
        "calls: {api: {url: 'http://h', hosts: ['http://x']}} | a host such as",
        "calls: {api: {url: 'http://h', send: soap}} | one of form, json, text, xml",
        "calls: {api: {url: 'http://h', method: TRACE}} | one of GET, POST",
        "calls: {api: {url: 'http://h', sign: {scheme: rot13}}} | rot13",
        "calls: {api: {url: 'http://h', token: true}} | no 'token' section",
        "calls: {api: {url: 'sftp://u@h/x'}} | 'login' goes with",
        "calls: {api: {url: 'http://h', login: {user: u}}} | 'login' goes with",
        "calls: {api: {url: 'sftp://u@h/x', login: {known-hosts: k}}} | a password or a",
        "calls: {api: {url: 'http://h', key: x}} | unknown key 'key'",
        "calls: {api: {url: 'http://h', answers: [{status: 1, then: done}]}} | from 100 to 599",
        "calls: {api: {url: 'http://h', answers: [{json: /a, then: done}]}} | needs one of equals",
        "calls: {api: {url: 'http://h', answers: [{status: 401, then: refresh}]}} | one of already",
        "calls: {api: {url: 'http://h', answers: [{text: '(', then: done}]}} | regular expression",
        "calls: {api: {url: 'http://h', answers: [{json: /a, header: b, equals: c, then: done}]}} |"
            + " not at several",
        "calls: {api: {url: 'http://h', answers: [{status: 400, wait: 3s, then: done}]}} | goes"
            + " with",
        "calls: {api: {url: 'http://h', answers: [{status: 400, then: busy, cause:"
            + " CHANNEL_QUOTA}]}} | 'cause' goes with 'then: refused'",
        "calls: {api: {url: 'http://h', answers: [{status: 400, then: refused, cause:"
            + " PROCESS_CRASH}]}} | CHANNEL_AUTH_EXPIRED, CHANNEL_QUOTA, NUMBER_INVALID,"
            + " TARGET_REFUSED, TEMPLATE_INVALID, USER_BLOCKED",
        "token: {} | nothing to seal",
        "token: {access: a, expires: tomorrow} | a time with its offset",
        "token: {access: a, renew: 1h} | unknown key 'renew'"
      })
  void a_problem_names_what_to_write(String yaml, String told) {
    assertThat(problems(yaml)).contains(told).doesNotContain("p4ss");
  }
}
