package io.orderbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Counterpart.Reply;
import io.orderbridge.signing.Secret;
import io.orderbridge.signing.SignatureSchemes;
import io.orderbridge.signing.SignedMessage;
import io.orderbridge.signing.SigningSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The played vendors tell the door what they delivered, with what the door asks for. */
@Tag("R58")
class PushTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Map<String, Object> RECEIPT = Map.of("id", "S-1", "order", "N1");

  private final io.orderbridge.Counterpart door = new io.orderbridge.Counterpart();
  private final Counterparts counterparts = new Counterparts(Clock.fixed(NOW, ZoneOffset.UTC));
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private ProducerTemplate template;

  @BeforeEach
  void begin() {
    camel.addComponent("sandbox", new SandboxComponent(counterparts));
    camel.start();
    template = camel.createProducerTemplate();
  }

  @AfterEach
  void end() {
    camel.stop();
    door.close();
  }

  private void push(String scheme, String key) {
    Map<String, Object> made =
        Map.of(
            "receipts",
            List.of(RECEIPT),
            "requests",
            List.of(Map.of("status", 200, "type", "text/xml", "body", "<xml>单</xml>")));
    template.sendBody(
        "sandbox:vendor/push?to=%s/in/vendor&sign=%s&key=RAW(%s)"
            .formatted(door.url(), scheme, key),
        made);
  }

  private boolean genuine(String scheme, String secret) {
    String path = door.requests().get(0).path();
    return SignatureSchemes.of(
            scheme, new SigningSettings(List.of(Secret.of(secret)), Map.of(), null, null))
        .verify(
            new SignedMessage(name -> null, new byte[0], path.substring(path.indexOf('?') + 1)),
            NOW)
        .genuine();
  }

  private Object waiting() {
    return counterparts.of("vendor").answer(Map.of("do", "take")).get("receipts");
  }

  @Test
  void a_secret_stands_in_the_address() {
    push("query-secret", "h+sh");

    assertThat(genuine("query-secret", "h+sh")).isTrue();
    assertThat(door.requests().get(0).body()).isEqualTo("<xml>单</xml>");
    assertThat(door.requests().get(0).headers()).containsEntry("content-type", "text/xml");
    assertThat(waiting()).isEqualTo(List.of());
  }

  @Test
  void a_service_account_signs_time_and_nonce() {
    push("wechat-mp", "t");

    assertThat(genuine("wechat-mp", "t")).isTrue();
  }

  @Test
  void what_the_door_does_not_take_waits_for_the_next_time() {
    door.answers(Reply.json(503, "{}"));

    push("query-secret", "hush");

    assertThat(door.requests()).hasSize(1);
    assertThat(waiting()).isEqualTo(List.of(RECEIPT));
  }

  @Test
  void nothing_is_told_while_no_key_is_set() {
    push("query-secret", "");

    assertThat(door.requests()).isEmpty();
    assertThat(waiting()).isEqualTo(List.of(RECEIPT));
  }
}
