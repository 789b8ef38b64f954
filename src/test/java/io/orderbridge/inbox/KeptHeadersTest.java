package io.orderbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptHeadersTest {
  private static Map<String, Object> kept(
      List<Map.Entry<String, String>> headers, Map<String, String> query) {
    return new JsonObject(KeptHeaders.json(headers, query)).getMap();
  }

  @Test
  void headers_are_kept_in_lower_case_and_parameters_behind_query() {
    assertThat(
            kept(
                List.of(Map.entry("X-Topic", "a\0b")),
                Map.of("method", "order.cancel", "customerId", "C1")))
        .isEqualTo(
            Map.of("x-topic", "a b", "query.method", "order.cancel", "query.customerId", "C1"));
  }

  @Test
  void proofs_of_identity_and_addresses_are_not_kept() {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (String name :
        List.of(
            "Authorization",
            "Cookie",
            "X-Forwarded-For",
            "X-Real-Ip",
            "X-Shop-Hmac-Sha256",
            "Pay-Signature",
            "sign",
            "X-Api-Key",
            "X-Access-Token")) {
      headers.add(Map.entry(name, "s"));
    }
    Map<String, String> query =
        Map.of(
            "sign", "s", "Sign_Method", "s", "access_token", "s", "appSecret", "s", "session", "s");
    assertThat(kept(headers, query)).isEmpty();
  }

  @Test
  void a_header_cannot_pass_for_a_parameter() {
    assertThat(
            kept(List.of(Map.entry("Query.Method", "forged")), Map.of("method", "order.confirm")))
        .isEqualTo(Map.of("query.method", "order.confirm"));
    assertThat(kept(List.of(Map.entry("query.method", "forged")), Map.of())).isEmpty();
  }

  @Test
  void number_and_length_are_bounded_and_headers_do_not_crowd_out_parameters() {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    Map<String, String> query = new LinkedHashMap<>();
    headers.add(Map.entry("long", "x".repeat(501)));
    query.put("n".repeat(101), "1");
    for (int i = 0; i < 100; i++) {
      headers.add(Map.entry("h" + i, "1"));
      query.put("q" + i, "1");
    }
    assertThat(kept(headers, query))
        .hasSize(60)
        .containsKeys("h0", "h39", "query.q0", "query.q19")
        .doesNotContainKeys("long", "h40");
  }
}
