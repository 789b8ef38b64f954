package io.orderbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.orderbridge.kernel.Carried;
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
  void xml_and_forms_are_mapped_as_the_received_content_type_says() {
    String form = "charset=GBK&n=%B5%A5";
    Exchange result = sendReceived("mapping:shop/order", "application/x-www-form-urlencoded", form);
    assertThat(result.getMessage().getBody()).asInstanceOf(MAP).containsEntry("n", "单");
    files.load("shop/xml.jsonata", "order.line.sku");
    String xml = "<order><line><sku>A</sku></line><line><sku>B</sku></line></order>";
    assertThat(sendReceived("mapping:shop/xml", "text/xml", xml).getMessage().getBody())
        .isEqualTo(List.of("A", "B"));
    assertThat(refusal(sendReceived("mapping:shop/xml", "text/xml", "<!DOCTYPE a>" + xml)).why())
        .isEqualTo(Cause.BODY_BROKEN);
  }

  @Test
  void the_received_content_type_is_not_that_of_an_answer() {
    files.load("shop/answer.jsonata", "{'a': a, 'first': $input.order.id}");
    Exchange result =
        to.send(
            "mapping:shop/answer",
            exchange -> {
              exchange.setProperty(Carried.HEADERS, Map.of("content-type", "text/xml"));
              exchange.setProperty(Carried.INPUT, bytes("<order><id>7</id></order>"));
              exchange.getMessage().setBody(bytes("{\"a\":1}"));
            });
    assertThat(result.getMessage().getBody()).isEqualTo(Map.of("a", 1, "first", "7"));
  }

  @Test
  void what_the_route_began_with_is_parsed_only_for_a_mapping_that_names_it() {
    files.load("shop/began.jsonata", "{'id': $input.id, 'asked': $sent.query.page}");
    for (Object input : List.of(bytes("{\"id\":7}"), "{\"id\":7}", Map.of("id", 7))) {
      assertThat(began("mapping:shop/began", input).getMessage().getBody())
          .isEqualTo(Map.of("id", 7, "asked", 2));
    }
    assertThat(refusal(began("mapping:shop/began", "broken")).why()).isEqualTo(Cause.BODY_BROKEN);
    assertThat(began("mapping:shop/order", "broken").getException()).isNull();
    assertThat(send("mapping:shop/began", "{}").getMessage().getBody()).isEqualTo(Map.of());
  }

  @Test
  void xml_is_text_with_its_content_type() {
    files.load("shop/out.jsonata", "{'request': {'@v': 1, 'line': [{'sku': a}, b], 'no': none}}");
    Exchange result = send("mapping:shop/out?output=xml", "{\"a\":\"<单>\",\"b\":\"\"}");
    assertThat(result.getMessage().getBody())
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<request v=\"1\"><line><sku>&lt;单&gt;</sku></line></request>");
    assertThat(result.getMessage().getHeader(Exchange.CONTENT_TYPE))
        .isEqualTo("application/xml; charset=UTF-8");
  }

  @Test
  void a_form_is_text_with_its_content_type_and_nested_values_are_json() {
    files.load(
        "shop/out.jsonata",
        "{'a': a, 'n': 1.50, 'biz': {'id': big, 'l': [1]}, 'b': true, 'e': '', 'no': none}");
    Exchange result =
        send("mapping:shop/out?output=form", "{\"a\":\"单 &\",\"big\":9007199254740993}");
    assertThat(result.getMessage().getBody())
        .isEqualTo(
            "a=%E5%8D%95+%26&n=1.5"
                + "&biz=%7B%22id%22%3A%229007199254740993%22%2C%22l%22%3A%5B1%5D%7D&b=true");
    assertThat(result.getMessage().getHeader(Exchange.CONTENT_TYPE))
        .isEqualTo("application/x-www-form-urlencoded; charset=UTF-8");
  }

  @Test
  void what_cannot_be_written_that_way_fails_the_mapping_and_names_no_value() {
    files
        .and("shop/list.jsonata", "[a]")
        .and("shop/two.jsonata", "{'a': a, 'b': a}")
        .and("shop/control.jsonata", "{'r': {'f': a}}");
    String secret = "{\"a\":\"secret\\u0001\"}";
    for (String uri :
        List.of(
            "mapping:shop/list?output=xml",
            "mapping:shop/two?output=xml",
            "mapping:shop/control?output=xml",
            "mapping:shop/list?output=form",
            "mapping:shop/nothing?output=xml",
            "mapping:shop/nothing?output=form")) {
      Refusal refusal = refusal(send(uri, secret));
      assertThat(refusal.why()).as(uri).isEqualTo(Cause.MAPPING_FAILED);
      assertThat(refusal.place()).as(uri).startsWith("mappings/shop/");
      assertThat(refusal.getMessage()).as(uri).contains("output=").doesNotContain("secret");
    }
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
            "mapping:shop/order?output=yaml",
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

  private Exchange sendReceived(String uri, String contentType, String body) {
    return to.send(
        uri,
        exchange -> {
          byte[] received = bytes(body);
          exchange.getMessage().setBody(received);
          exchange.setProperty(Carried.INPUT, received);
          exchange.setProperty(Carried.HEADERS, Map.of("content-type", contentType));
        });
  }

  private Exchange began(String uri, Object input) {
    return to.send(
        uri,
        exchange -> {
          exchange.getMessage().setBody("{\"n\":1}");
          exchange.setProperty(Carried.INPUT, input);
          exchange.setProperty(Carried.SENT, Map.of("query", Map.of("page", 2)));
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Refusal refusal(Exchange exchange) {
    assertThat(exchange.getException()).isInstanceOf(Refusal.class);
    return (Refusal) exchange.getException();
  }
}
