package io.orderbridge;

import io.orderbridge.Counterpart.Request;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A target by REST that is owed every order, and what it was given. */
final class Ledger implements AutoCloseable {
  static final String MAPPING =
      "/* What the ledger of the tests takes, revision 1. */\n"
          + "{'number': data.order.number, 'status': data.status, 'revision': data.revision}\n";

  final Counterpart counterpart = new Counterpart();
  private final String name;

  Ledger(String name) {
    this.name = name;
  }

  String connectionFile() {
    return """
    description: A ledger
    settings:
      base-url: "%s"
    owed:
      events: ["order.*"]
      retry: {after: [200ms, 1s], until: 72h}
      limits: {in-flight: 16, deadline: 5s}
    """
        .formatted(counterpart.url());
  }

  String routeFile() {
    return """
    - route:
        id: %1$s-deliver
        description: The ledger is told of every order.
        from:
          uri: outbox:%1$s
          steps:
            - to:
                uri: mapping:%1$s/order
                parameters:
                  output: json
            - setHeader:
                name: X-Version
                expression:
                  constant:
                    expression: one
            - to:
                uri: "{{connection:%1$s/base-url}}"
                parameters:
                  httpMethod: POST
                  throwExceptionOnFailure: false
    """
        .formatted(name);
  }

  String routePath() {
    return "routes/%1$s/%1$s-deliver.camel.yaml".formatted(name);
  }

  String connectionPath() {
    return "routes/" + name + "/connection.yaml";
  }

  String mappingPath() {
    return "mappings/" + name + "/order.jsonata";
  }

  /** Writes the three files of this system. */
  void addTo(Product product) {
    product
        .write(mappingPath(), MAPPING)
        .write(connectionPath(), connectionFile())
        .write(routePath(), routeFile());
  }

  List<Request> requests() {
    return counterpart.requests();
  }

  /** The numbers of the orders it was told of. */
  Set<String> numbers() {
    return requests().stream()
        .map(request -> Product.read(request.body()).path("number").asText())
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    counterpart.close();
  }
}
