package io.orderbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MappingComponentTest {
  private final MappingFiles files =
      MappingFiles.with(
              "shop/order.jsonata",
              "{'n': n, 'k': $kind, 'c': $connection, 'h': $headers.'x-shop-domain'}")
          .and("shop/nothing.jsonata", "nope");
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private ProducerTemplate to;

  @BeforeEach
  void start() {
    camel.addComponent("mapping", new MappingComponent(files.mappings()));
    camel.start();
    to = camel.createProducerTemplate();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void bytes_text_streams_and_maps_are_mapped_with_their_bindings() {
    byte[] bytes = "{\"n\":\"单\"}".getBytes(StandardCharsets.UTF_8);
    for (Object body :
        List.of(
            bytes,
            new String(bytes, StandardCharsets.UTF_8),
            new ByteArrayInputStream(bytes),
            Map.of("n", "单"))) {
      Exchange result = send("mapping:shop/order", body);
      assertThat(result.getMessage().getBody())
          .isEqualTo(Map.of("n", "单", "k", "orders/paid", "c", "shop", "h", "demo"));
      assertThat(result.getMessage().getHeader("Keep")).isEqualTo("me");
    }
  }

  @Test
  void json_is_text_with_its_content_type() {
    Exchange result = send("mapping:shop/order?output=json", "{\"n\":1.50}");
    assertThat(result.getMessage().getBody(String.class)).startsWith("{\"n\":1.50,");
    assertThat(result.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
  }

  @Test
  void undefined_is_nothing_to_record_but_no_json() {
    assertThat(send("mapping:shop/nothing", "{}").getMessage().getBody()).isEqualTo(List.of());
    assertThat(refusal(send("mapping:shop/nothing?output=json", "{}")).why())
        .isEqualTo(Cause.MAPPING_FAILED);
  }

  @Test
  void a_missing_file_refuses_the_message_and_not_the_route() {
    MappingEndpoint endpoint = camel.getEndpoint("mapping:shop/later", MappingEndpoint.class);
    assertThat(endpoint.mappingName()).isEqualTo("shop/later");
    assertThat(files.mappings().has("shop/later")).isFalse();
    assertThat(refusal(send("mapping:shop/later", "{}")).why()).isEqualTo(Cause.MAPPING_MISSING);
    files.load("shop/later.jsonata", "{'now': 'here'}");
    assertThat(send("mapping:shop/later", "{}").getMessage().getBody())
        .isEqualTo(Map.of("now", "here"));
  }

  @Test
  void a_body_that_is_none_is_broken() {
    assertThat(refusal(send("mapping:shop/order", null)).why()).isEqualTo(Cause.BODY_BROKEN);
    assertThat(refusal(send("mapping:shop/order", "{")).why()).isEqualTo(Cause.BODY_BROKEN);
  }

  @Test
  void a_wrong_name_or_option_fails_when_the_route_is_built() {
    for (String uri :
        List.of(
            "mapping:order",
            "mapping:shop/../order",
            "mapping:shop/order/x",
            "mapping:shop/order?output=xml",
            "mapping:shop/order?outputs=json")) {
      assertThatThrownBy(() -> camel.getEndpoint(uri)).as(uri).isNotNull();
    }
    assertThatThrownBy(() -> camel.getEndpoint("mapping:order"))
        .hasStackTraceContaining("expected mapping:<system>/<name>");
  }

  private Exchange send(String uri, Object body) {
    return to.send(
        uri,
        exchange -> {
          exchange.getMessage().setBody(body);
          exchange.getMessage().setHeader("OrderbridgeKind", "orders/paid");
          exchange.getMessage().setHeader("OrderbridgeConnection", "shop");
          exchange.getMessage().setHeader("Keep", "me");
          exchange.setProperty("OrderbridgeHeaders", Map.of("x-shop-domain", "demo"));
        });
  }

  private static Refusal refusal(Exchange exchange) {
    assertThat(exchange.getException()).isInstanceOf(Refusal.class);
    return (Refusal) exchange.getException();
  }
}
