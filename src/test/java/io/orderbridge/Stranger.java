package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/** Whoever knocks at the door from outside, and looks for what an answer should not tell. */
final class Stranger {
  private static final String INSIDE =
      "(?is).*(exception|\\bat (io|java)\\.|\\b(select|insert) |127\\.0\\.0|localhost|postgres).*";
  private static final String PRODUCTS = "(?is).*(quarkus|vert\\.x|java|camel).*";

  private Stranger() {}

  /** Posts to a connection; fails when the answer tells of the inside. */
  static HttpResponse<String> knock(
      Product product, String connection, byte[] body, String... headers) {
    HttpResponse<String> answer = product.post("/in/" + connection, body, headers);
    assertThat(answer.body()).doesNotMatch(INSIDE);
    assertThat(answer.headers().map().toString()).doesNotMatch(PRODUCTS);
    return answer;
  }
}
