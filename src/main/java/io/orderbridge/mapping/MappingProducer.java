package io.orderbridge.mapping;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** Reads the body, applies the mapping, puts the result in its place; headers stay. */
class MappingProducer extends DefaultProducer {
  private static final String KIND = "OrderbridgeKind";
  private static final String CONNECTION = "OrderbridgeConnection";
  private static final String HEADERS = "OrderbridgeHeaders";

  private final Mappings mappings;
  private final String mappingName;
  private final boolean json;

  MappingProducer(Endpoint endpoint, Mappings mappings, String mappingName, boolean json) {
    super(endpoint);
    this.mappings = mappings;
    this.mappingName = mappingName;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Object result = mappings.apply(mappingName, input(message), bindings(exchange));
    if (!json) {
      // Undefined means that there is nothing to record.
      message.setBody(result == null ? List.of() : result);
      return;
    }
    if (result == null) {
      throw new Refusal(
          Cause.MAPPING_FAILED,
          Mappings.FOLDER + mappingName + ".jsonata",
          "the mapping gives nothing for this body, but the route wants JSON (output=json)");
    }
    message.setBody(Json.write(result));
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
  }

  private static Object input(Message message) {
    Object body = message.getBody();
    if (body instanceof Map || body instanceof List) {
      return body;
    }
    if (body instanceof String text) {
      return Json.read(text);
    }
    byte[] bytes = body instanceof byte[] raw ? raw : message.getBody(byte[].class);
    if (bytes == null) {
      throw new Refusal(
          Cause.BODY_BROKEN,
          "",
          "a mapping takes JSON as bytes or text, or a map or list; the body is "
              + (body == null ? "empty" : body.getClass().getSimpleName()));
    }
    return Json.read(bytes);
  }

  private static Map<String, Object> bindings(Exchange exchange) {
    Map<String, Object> bindings = new HashMap<>();
    bindings.put("kind", exchange.getMessage().getHeader(KIND, String.class));
    bindings.put("connection", exchange.getMessage().getHeader(CONNECTION, String.class));
    Object headers = exchange.getProperty(HEADERS);
    bindings.put("headers", headers == null ? Map.of() : headers);
    return bindings;
  }
}
