package io.orderbridge.mapping;

import io.orderbridge.kernel.Carried;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** Reads the body, applies the mapping, puts the result in its place; headers stay. */
class MappingProducer extends DefaultProducer {
  private final Mappings mappings;
  private final String mappingName;
  private final Output output;

  MappingProducer(Endpoint endpoint, Mappings mappings, String mappingName, Output output) {
    super(endpoint);
    this.mappings = mappings;
    this.mappingName = mappingName;
    this.output = output;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Object input = BodyReader.read(body(message), contentType(exchange));
    Object result = mappings.apply(mappingName, input, bindings(exchange));
    message.setBody(output.body(result, Mappings.FOLDER + mappingName + ".jsonata"));
    if (output.contentType() != null) {
      message.setHeader(Exchange.CONTENT_TYPE, output.contentType());
    }
  }

  private static Object body(Message message) {
    Object body = message.getBody();
    boolean known =
        body instanceof Map
            || body instanceof List
            || body instanceof String
            || body instanceof byte[];
    byte[] bytes = known ? null : message.getBody(byte[].class);
    return bytes == null ? body : bytes;
  }

  /** What came last says its own type; the received one is of the body the route began with. */
  private static String contentType(Exchange exchange) {
    String told = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
    if (told != null) {
      return told;
    }
    Object input = exchange.getProperty(Carried.INPUT);
    boolean received = input == null || input == exchange.getMessage().getBody();
    return received ? receivedType(exchange) : null;
  }

  private static String receivedType(Exchange exchange) {
    return exchange.getProperty(Carried.HEADERS) instanceof Map<?, ?> headers
            && headers.get("content-type") instanceof String type
        ? type
        : null;
  }

  private static Map<String, Object> bindings(Exchange exchange) {
    Message message = exchange.getMessage();
    Object headers = exchange.getProperty(Carried.HEADERS);
    Map<String, Object> bindings =
        MappingTrial.bindings(
            message.getHeader(Carried.KIND, String.class),
            message.getHeader(Carried.CONNECTION, String.class),
            headers == null ? Map.of() : headers);
    bindings.put("sent", exchange.getProperty(Carried.SENT));
    Object input = exchange.getProperty(Carried.INPUT);
    if (input != null) {
      Supplier<Object> parsed = () -> BodyReader.read(input, receivedType(exchange));
      bindings.put("input", parsed);
    }
    return bindings;
  }
}
