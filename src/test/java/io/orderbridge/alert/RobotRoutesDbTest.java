package io.orderbridge.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.Await;
import io.orderbridge.Counterpart;
import io.orderbridge.Counterpart.Reply;
import io.orderbridge.Heart;
import io.orderbridge.call.CallComponent;
import io.orderbridge.call.TokenStore;
import io.orderbridge.call.Tokens;
import io.orderbridge.kernel.Level;
import io.orderbridge.runtime.LoadedFolder;
import io.orderbridge.signing.RequestSigners;
import io.orderbridge.signing.SignableRequest;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.component.direct.DirectComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped routes, mappings and connection files of the robots tell their partners. */
@Tag("R76")
@Timeout(60)
class RobotRoutesDbTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final Heart heart = Heart.fresh();
  private final Tokens tokens = new Tokens(new TokenStore(heart.database), heart.clock);
  private final LoadedFolder product = new LoadedFolder(heart, tokens);
  private final Desk desk = new Desk(heart, product.policies, product.channels);
  private final Counterpart robot = new Counterpart();
  private final Map<String, String> environment = new HashMap<>();

  @AfterEach
  void end() {
    product.close();
    robot.close();
    heart.close();
  }

  private void start(String... systems) throws IOException {
    copy(Path.of("mappings/rules"), folder.resolve("mappings/rules"));
    for (String system : systems) {
      copy(Path.of("routes", system), folder.resolve("routes").resolve(system));
      copy(Path.of("mappings", system), folder.resolve("mappings").resolve(system));
      String prefix = system.toUpperCase();
      environment.put(prefix + "_ENABLED", "true");
      environment.put(prefix + "_URL", robot.url());
    }
    edit(
        "mappings/rules/people.csv", "ops,,,,", "ops,zhang-ops,13800000000,ou_ops,ops@example.com");
    if (List.of(systems).contains("mail")) {
      // The shipped route speaks TLS from the first byte; the server of this test does not.
      edit("routes/mail/mail-alerts.camel.yaml", "smtps:", "smtp:");
    }
    // Mail also reaches customers; nobody gives that route a message here.
    product.camel.addComponent("notices", new DirectComponent());
    product.camel.addComponent("call", new CallComponent(product.calls, tokens, heart.clock));
    product.camel.addComponent(
        "alerts", new AlertsComponent(product.channels, desk.messages, heart.clock));
    assertThat(product.load(folder, environment::get)).isEmpty();
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private void raise(String key) {
    desk.raise(Desk.alert(key, "cause:" + key, Level.BREACH), heart.clock.instant());
    desk.round.run(heart.clock.instant());
  }

  private Counterpart.Request asked() {
    Await.asserted(SOON, () -> assertThat(robot.requests()).isNotEmpty());
    return robot.requests().get(0);
  }

  private void waitFor(String state) {
    Await.asserted(
        SOON, () -> assertThat(heart.texts("select state from alert_message")).contains(state));
  }

  @Test
  void a_wecom_robot_is_told_with_its_key_and_names_who_is_in_charge() throws IOException {
    environment.put("WECOM_KEY", "k-e-y");
    robot.answers(Reply.json(200, "{\"errcode\":0,\"errmsg\":\"ok\"}"));
    start("wecom");

    raise("1");

    Counterpart.Request asked = asked();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.path()).isEqualTo("/cgi-bin/webhook/send?key=k-e-y");
    JsonNode body = JSON.readTree(asked.body());
    assertThat(body.path("msgtype").asText()).isEqualTo("text");
    assertThat(body.at("/text/content").asText()).contains("【超限】cause:1", Desk.URL);
    assertThat(body.at("/text/mentioned_list/0").asText()).isEqualTo("zhang-ops");
    waitFor("TOLD");
    assertThat(desk.count("told")).isOne();
  }

  @Test
  void a_200_that_says_no_pauses_the_robot_and_the_alert_waits() throws IOException {
    environment.put("WECOM_KEY", "k");
    robot.answers(Reply.json(200, "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}"));
    start("wecom");

    raise("1");

    waitFor("FAILED");
    assertThat(desk.count("waiting")).isOne();
    Map<String, Object> channel =
        desk.list.channels(desk.lines.waiting(), heart.clock.instant()).get(0);
    assertThat(channel).containsKey("pausedUntil").doesNotContainKey("refusesSince");
    assertThat(channel.get("why").toString()).startsWith("TARGET_BUSY").contains("45009");
  }

  @Test
  void a_robot_with_a_wrong_key_is_replaced_by_the_mail() throws Exception {
    environment.put("WECOM_KEY", "k");
    robot.answers(Reply.json(200, "{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}"));
    try (MailServer mail = new MailServer()) {
      environment.put("MAIL_SERVER", mail.server());
      List.of("USER", "PASSWORD").forEach(name -> environment.put("MAIL_" + name, "x"));
      environment.put("MAIL_FROM", "orders@example.com");
      environment.put("MAIL_TO", "all@example.com");
      start("wecom", "mail");
      desk.policies.replace(onlyWecom(desk.policies.inForce()));

      raise("1");
      waitFor("FAILED");
      Await.asserted(
          SOON,
          () -> {
            desk.round.run(heart.clock.instant());
            assertThat(mail.mails()).isNotEmpty();
          });

      MailServer.Mail first = mail.mails().get(0);
      assertThat(first.to()).containsExactlyInAnyOrder("all@example.com", "ops@example.com");
      MimeMessage message =
          new MimeMessage(
              null, new ByteArrayInputStream(first.text().getBytes(StandardCharsets.US_ASCII)));
      assertThat(message.getSubject()).startsWith("订单告警：超限 ");
      assertThat(message.getContent().toString()).contains("【超限】cause:1", "拒收");
      assertThat(message.getFrom()[0].toString()).isEqualTo("orders@example.com");
    }
  }

  private static Policy onlyWecom(Policy shipped) {
    return new Policy(
        shipped.language(),
        shipped.zone(),
        List.of("wecom"),
        shipped.owner(),
        shipped.gather(),
        false,
        null,
        List.of());
  }

  @Test
  void a_dingtalk_robot_is_told_with_time_and_signature_in_the_query() throws IOException {
    environment.put("DINGTALK_SECRET", "this is secret");
    environment.put("DINGTALK_ACCESS_TOKEN", "t-o-k");
    robot.answers(Reply.json(200, "{\"errcode\":0,\"errmsg\":\"ok\"}"));
    start("dingtalk");

    raise("1");

    Counterpart.Request asked = asked();
    assertThat(asked.path()).startsWith("/robot/send?access_token=t-o-k&timestamp=");
    assertThat(
            RequestSigners.fits(
                Map.of("scheme", "dingtalk", "secret", "this is secret"), received(asked)))
        .isTrue();
    JsonNode body = JSON.readTree(asked.body());
    assertThat(body.at("/text/content").asText()).contains("cause:1");
    assertThat(body.at("/at/atMobiles/0").asText()).isEqualTo("13800000000");
    waitFor("TOLD");
  }

  @Test
  void a_feishu_robot_is_told_with_time_and_signature_in_the_body() throws IOException {
    environment.put("FEISHU_SECRET", "demo");
    environment.put("FEISHU_HOOK", "h-o-o-k");
    robot.answers(Reply.json(200, "{\"code\":0,\"msg\":\"success\",\"data\":{}}"));
    start("feishu");

    raise("1");

    Counterpart.Request asked = asked();
    assertThat(asked.path()).isEqualTo("/open-apis/bot/v2/hook/h-o-o-k");
    assertThat(RequestSigners.fits(Map.of("scheme", "feishu", "secret", "demo"), received(asked)))
        .isTrue();
    JsonNode body = JSON.readTree(asked.body());
    assertThat(body.at("/content/text").asText())
        .contains("cause:1")
        .endsWith("<at user_id=\"ou_ops\"></at>");
    waitFor("TOLD");
  }

  private static SignableRequest received(Counterpart.Request asked) {
    Map<String, String> query = new HashMap<>();
    int mark = asked.path().indexOf('?');
    if (mark >= 0) {
      for (String pair : asked.path().substring(mark + 1).split("&")) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return new SignableRequest(
        "POST",
        "http://robot/",
        query,
        Map.of(),
        null,
        asked.body().getBytes(StandardCharsets.UTF_8));
  }
}
