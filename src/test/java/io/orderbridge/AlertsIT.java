package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Counterpart.Reply;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole product tells a robot, and whoever holds the link of the message answers it. */
@Tag("R76")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class AlertsIT {
  // Two looks of a second each; the rest is for a machine that has more to do.
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final String TOKEN = "token-of-alice";
  private static final String[] FORM = {"Content-Type", "application/x-www-form-urlencoded"};

  private final Counterpart robot = new Counterpart();
  private final String url = TestDatabase.freshUrl();
  private Product product;

  @BeforeAll
  void start(@TempDir Path folder) {
    robot.answers(Reply.json(200, "{\"errcode\":0,\"errmsg\":\"ok\"}"));
    product =
        new Product(folder)
            .systems(Path.of("."), "wecom")
            .database(url)
            .environment(
                Map.of("WECOM_ENABLED", "true", "WECOM_URL", robot.url(), "WECOM_KEY", "k"))
            .setting("orderbridge.alerts.public-url", "https://oms.example.com/")
            .setting("orderbridge.api.tokens.alice", TOKEN);
    Product.copy(Path.of("mappings/rules"), product.mappings().resolve("rules"));
    product.bearer(TOKEN);
    product.start();
  }

  @AfterAll
  void stop() {
    product.close();
    robot.close();
  }

  // As a feature raises it in its transaction.
  private void raise(String key, String cause) {
    new Rows(url, "postgres", "")
        .execute(
            """
            with raised as (
              insert into alert (key, cause, level, subject, owner, zh, en, count, link, raised_at)
              values ('%s', '%s', 'BREACH', 'tb/1', 'ops', '%2$s 卡住了', '%2$s is stuck', 1, '',
                      now()) returning id)
            insert into alert_unsorted select id, '{wecom}' from raised\
            """
                .formatted(key, cause));
  }

  private String link(String cause) {
    Await.asserted(
        SOON,
        () -> assertThat(robot.requests()).anySatisfy(r -> assertThat(r.body()).contains(cause)));
    String text =
        robot.requests().stream()
            .map(request -> Caller.read(request.body()).at("/text/content").asText())
            .filter(content -> content.contains(cause))
            .findFirst()
            .orElseThrow();
    return text.substring(text.indexOf("/alerts/")).strip();
  }

  private JsonNode alert(String cause) {
    return product.json("/api/alerts?cause=" + cause).path("alerts").path(0);
  }

  @Test
  void a_message_comes_within_seconds_and_its_link_acknowledges_without_a_sign_in() {
    raise("k1", "cause-1");
    String link = link("cause-1");

    HttpResponse<String> look = product.get(link);
    assertThat(look.statusCode()).isEqualTo(200);
    assertThat(look.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
    assertThat(look.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(look.body()).contains("cause-1 卡住了");
    assertThat(alert("cause-1").path("state").asText()).isEqualTo("TOLD");

    HttpResponse<String> press =
        product.post(link, "action=acknowledge".getBytes(StandardCharsets.UTF_8), FORM);
    assertThat(press.statusCode()).isEqualTo(200);
    assertThat(press.body()).contains("已确认");
    assertThat(alert("cause-1").path("state").asText()).isEqualTo("ACKNOWLEDGED");
    assertThat(product.get("/alerts/AAAAAAAAAAAAAAAAAAAAAA").statusCode()).isEqualTo(404);
  }

  @Test
  void the_api_acknowledges_and_silences_under_the_callers_name() {
    raise("k2", "cause-2");
    link("cause-2");
    long id = alert("cause-2").path("id").asLong();

    assertThat(product.post("/api/alerts/" + id + "/acknowledge", "").statusCode()).isEqualTo(204);
    assertThat(product.post("/api/alerts/999999/acknowledge", "").statusCode()).isEqualTo(404);
    assertThat(alert("cause-2").path("acknowledgedBy").asText()).isEqualTo("alice");

    String body = "{\"cause\": \"cause-2\", \"hours\": %d, \"reason\": \"known\"}";
    assertThat(product.post("/api/alerts/silence", body.formatted(4)).statusCode()).isEqualTo(204);
    assertThat(product.post("/api/alerts/silence", body.formatted(999)).statusCode())
        .isEqualTo(400);
    assertThat(product.json("/api/alerts/silences").at("/silences/0/by").asText())
        .isEqualTo("alice");
    assertThat(product.get("/api/alerts?state=none").statusCode()).isEqualTo(400);
  }

  @Test
  void channels_messages_and_metrics_tell_what_was_sent() {
    raise("k3", "cause-3");
    link("cause-3");
    Await.asserted(
        SOON, () -> assertThat(alert("cause-3").path("state").asText()).isEqualTo("TOLD"));

    JsonNode channel = product.json("/api/alerts/channels").path("channels").path(0);
    assertThat(channel.path("robot").asText()).isEqualTo("wecom");
    assertThat(channel.path("used").asInt()).isPositive();
    assertThat(product.json("/api/alerts/messages?limit=1").at("/messages/0/text").asText())
        .contains("https://oms.example.com/alerts/…");
    assertThat(product.get("/q/metrics").body())
        .contains("orderbridge_alerts_told_total{channel=\"wecom\",level=\"BREACH\"")
        .contains("orderbridge_alerts_waiting");
  }
}
