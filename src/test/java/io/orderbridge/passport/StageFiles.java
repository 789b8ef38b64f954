package io.orderbridge.passport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a small installation: a shop, a payment system, a warehouse, a carrier, an ERP. */
final class StageFiles {
  private static final String RETRY =
      "  retry: {after: [50ms, 100ms, 1h], until: 72h}\n"
          + "  breaker: {failures: 1000, pause: 100ms}\n";
  private static final String ROUTE_IN =
      """
      - route:
          id: %1$s-receive
          description: What %1$s tells becomes facts.
          from:
            uri: inbox:%1$s
            steps:
              - to:
                  uri: mapping:%1$s/facts
              - to:
                  uri: orders:record
      """;
  private static final String ROUTE_OUT =
      """
      - route:
          id: %1$s-deliver
          description: '%1$s is told of orders.'
          from:
            uri: outbox:%1$s
            steps:
              - to:
                  uri: mapping:%1$s/order
              - to:
                  uri: call:%1$s/api
      """;
  // Passes the facts on; a code goes through the code table.
  private static final String MAPPING_IN =
      """
      /* Facts as they are, revision 2026-11-20. */
      {
        'order': order,
        'version': version,
        'facts': [facts],
        'details': details,
        'raw': code ? $table('%1$s/codes', code)
      }
      """;
  private static final String MAPPING_OUT =
      """
      /* The order as it is, revision 2026-11-20. */
      {'path': '/%1$s', 'body': {'number': data.order.number, 'status': data.status}}
      """;
  // The shop wants shipments only.
  private static final String ROUTE_SHOP =
      """
      - route:
          id: shop-deliver
          description: The shop is told of shipments that have a number.
          from:
            uri: outbox:shop
            steps:
              - to:
                  uri: mapping:shop/order
              - filter:
                  expression:
                    simple:
                      expression: "${body[skip]} == null"
                  steps:
                    - to:
                        uri: call:shop/api
      """;
  private static final String MAPPING_SHOP =
      """
      /* The shipment, revision 2026-11-20. */
      data.details.tags.silent
        ? {'skip': true}
        : {'path': '/shop', 'body': {'number': data.order.number}}
      """;

  private final Path folder;
  private final String url;

  StageFiles(Path folder, String url) {
    this.folder = folder;
    this.url = url;
  }

  void writeAll() {
    shop("");
    pay("");
    wms("");
    erp("");
    carrier();
    in("shop");
    in("pay");
    in("wms");
    in("carrier");
    write("routes/shop/shop-deliver.camel.yaml", ROUTE_SHOP);
    write("mappings/shop/order.jsonata", MAPPING_SHOP);
    out("wms");
    out("erp");
  }

  void shop(String more) {
    write(
        "routes/shop/connection.yaml",
        "receives: {signature: none, internal: true, message-id: 'header:id'}\n"
            + "owns: [CREATED, CANCELLED, COMPLETED]\n"
            + "owed:\n"
            + "  shops: [demo]\n"
            + "  events: [order.tracking-assigned, order.shipped]\n"
            + "  upload-deadline: {after: PAID, within: 48h, warn: 12h}\n"
            + RETRY
            + call("shop", "")
            + more);
  }

  void pay(String more) {
    write(
        "routes/pay/connection.yaml",
        "receives: {signature: none, internal: true, message-id: 'header:id'}\n"
            + "owns: [PAID]\n"
            + more);
  }

  /**
   * @param owed further lines of {@code owed:}, or {@code off}
   */
  void wms(String owed) {
    write(
        "routes/wms/connection.yaml",
        "enabled: "
            + (owed.equals("off") ? "false" : "true")
            + "\n"
            + "receives: {signature: none, internal: true, message-id: 'header:id'}\n"
            + "owns: [ACCEPTED, PACKED, TRACKING_ASSIGNED, OUTBOUND_SCANNED]\n"
            + "owed:\n"
            + "  events: [order.created, order.paid, order.accepted, order.cancelled]\n"
            + (owed.startsWith("  needs") ? owed : "  needs: [CREATED, PAID]\n")
            + RETRY
            + call("wms", "    token: true\n    answers: [{status: 401, then: refresh}]\n")
            + "token: {access: good}\n");
  }

  void erp(String more) {
    write(
        "routes/erp/connection.yaml",
        "owed:\n  events: ['order.*']\n  needs: [CREATED]\n" + RETRY + call("erp", "") + more);
  }

  private void carrier() {
    write(
        "routes/carrier/connection.yaml",
        "receives: {signature: none, internal: true, message-id: 'header:id'}\n"
            + "owns: [PICKED_UP, IN_TRANSIT, DELIVERED]\n");
  }

  private String call(String name, String more) {
    return "calls:\n  api:\n    url: \""
        + url
        + "\"\n    method: POST\n    send: json\n"
        + "    breaker: {failures: 1000, pause: 100ms}\n"
        + more;
  }

  private void in(String name) {
    write("routes/" + name + "/" + name + "-receive.camel.yaml", ROUTE_IN.formatted(name));
    write("mappings/" + name + "/facts.jsonata", MAPPING_IN.formatted(name));
    write("mappings/" + name + "/codes.csv", "code,word\nok,OK\n");
  }

  private void out(String name) {
    write("routes/" + name + "/" + name + "-deliver.camel.yaml", ROUTE_OUT.formatted(name));
    write("mappings/" + name + "/order.jsonata", MAPPING_OUT.formatted(name));
  }

  void write(String file, String text) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String file) {
    try {
      Files.delete(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
