package io.orderbridge;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A connection without signature whose messages are order facts as they are: for tests that look at
 * what comes after the door.
 */
final class OpenDoor {
  private OpenDoor() {}

  /** Adds connection, route and mapping under the name. */
  static Product addTo(Product product, String name, String... receivesLines) {
    StringBuilder more = new StringBuilder();
    for (String line : receivesLines) {
      more.append("  ").append(line).append((char) 10);
    }
    return product
        .write(
            "routes/" + name + "/connection.yaml",
            """
            description: Takes order facts as they are
            receives:
              signature: none
              internal: true
              message-id: header:X-Id
            """
                + more)
        .write("mappings/" + name + "/facts.jsonata", "/* Facts come as facts, revision 1. */ $\n")
        .write(
            "routes/%s/%s-receive.camel.yaml".formatted(name, name),
            """
            - route:
                id: %1$s-receive
                description: Facts become facts.
                from:
                  uri: inbox:%1$s
                  steps:
                    - to:
                        uri: mapping:%1$s/facts
                    - to:
                        uri: orders:record
            """
                .formatted(name));
  }

  /** An order that was created and paid. */
  static String facts(String number, String amount, String currency, String at) {
    return """
    {"order": {"shop": "demo", "number": "%s"}, "version": "%s",
     "facts": [
       {"milestone": "CREATED", "at": "%s"},
       {"milestone": "PAID", "at": "%s",
        "payment": {"id": "pay-%s", "amount": "%s", "currency": "%s"}}],
     "details": {"currency": "CNY", "total": "1.00",
        "lines": [{"id": "1", "sku": "SKU-1", "quantity": 1}]}}\
    """
        .formatted(number, at, at, at, number, amount, currency);
  }

  /**
   * Posts an order whose money went back, which its customer is told of, to a door.
   *
   * @param receiver JSON: by which the customer is known
   * @return the status of the answer
   */
  static int refunded(Product product, String door, String shop, String number, String receiver) {
    String facts =
        """
        {"order": {"shop": "%1$s", "number": "%2$s"}, "version": "%3$s",
         "facts": [
           {"milestone": "CREATED", "at": "%3$s"},
           {"refund": {"id": "R-%2$s", "status": "REFUNDED", "amount": "1.00", "currency": "CNY"},
            "at": "%3$s"}],
         "details": {"currency": "CNY", "total": "1.00",
           "lines": [{"id": "1", "sku": "SKU-1", "title": "Thing", "quantity": 1}]},
         "receiver": %4$s}\
        """
            .formatted(shop, number, Instant.now(), receiver);
    return product
        .post("/in/" + door, facts.getBytes(StandardCharsets.UTF_8), "X-Id", number)
        .statusCode();
  }
}
