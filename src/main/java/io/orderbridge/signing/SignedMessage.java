package io.orderbridge.signing;

import java.util.function.UnaryOperator;

/**
 * A received message before anything of it is believed.
 *
 * @param headers answers a header's value by its name in any case, or null
 * @param body the raw bytes exactly as received
 * @param query the raw query string as received, without the question mark; empty when there was
 *     none
 */
public record SignedMessage(UnaryOperator<String> headers, byte[] body, String query) {
  public SignedMessage {
    query = query == null ? "" : query;
  }

  /** A message without a query. */
  public SignedMessage(UnaryOperator<String> headers, byte[] body) {
    this(headers, body, "");
  }

  String header(String name) {
    return headers.apply(name);
  }

  /** Only the size: headers, body and query may hold whatever a sender put there. */
  @Override
  public String toString() {
    return "SignedMessage[%d bytes]".formatted(body.length);
  }
}
