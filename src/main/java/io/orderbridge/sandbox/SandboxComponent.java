package io.orderbridge.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code sandbox:<partner>/hear}, {@code /answer} and {@code /tell}: the three steps of a
 * counterpart between its two mappings. Hear makes a map of the request, answer asks what the
 * partner knows, tell writes the answer out. Only the routes of {@code routes/sandbox/} may use it.
 */
@Singleton
@Named("sandbox")
public class SandboxComponent extends DefaultComponent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final int OK = 200;
  private static final int AWAY = 503;

  private final Counterparts counterparts;

  SandboxComponent(Counterparts counterparts) {
    this.counterparts = counterparts;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.matches("[a-z0-9-]+/(hear|answer|tell)")) {
      throw new IllegalArgumentException(
          "sandbox:%s is not known; write sandbox:<partner>/hear, /answer or /tell"
              .formatted(remaining));
    }
    String[] parts = remaining.split("/");
    return new SandboxEndpoint(uri, this, parts[0], parts[1]);
  }

  private static final class SandboxEndpoint extends DefaultEndpoint {
    private final SandboxComponent component;
    private final String partner;
    private final String step;

    SandboxEndpoint(String uri, SandboxComponent component, String partner, String step) {
      super(uri, component);
      this.component = component;
      this.partner = partner;
      this.step = step;
    }

    @Override
    public Producer createProducer() {
      return new Step(this, component.counterparts.of(partner), step);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("nothing comes from sandbox:, it answers");
    }
  }

  private static final class Step extends DefaultProducer {
    private final Counterpart counterpart;
    private final String step;

    Step(Endpoint endpoint, Counterpart counterpart, String step) {
      super(endpoint);
      this.counterpart = counterpart;
      this.step = step;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
      switch (step) {
        case "hear" -> hear(exchange);
        case "answer" -> answer(exchange);
        default -> tell(exchange);
      }
    }

    private void hear(Exchange exchange) {
      Message message = exchange.getMessage();
      Map<String, Object> request = request(message);
      counterpart.hear(request);
      message.removeHeaders("*");
      message.setBody(request);
      if (counterpart.faults().strikes("down")) {
        finish(exchange, AWAY, "text/plain", "");
        exchange.setRouteStop(true);
      }
    }

    private void answer(Exchange exchange) {
      Map<String, Object> answer = counterpart.answer(map(exchange.getMessage().getBody()));
      exchange.getMessage().setBody(answer);
      // It was done, and the answer is lost: the caller cannot know.
      if (counterpart.faults().strikes("lost-answer")) {
        finish(exchange, AWAY, "text/plain", "");
        exchange.setRouteStop(true);
      }
    }

    private void tell(Exchange exchange) throws JsonProcessingException {
      Object told = exchange.getMessage().getBody();
      int status = OK;
      String type =
          exchange.getMessage().getHeader("Content-Type", "application/json", String.class);
      Object body = told;
      if (told instanceof Map<?, ?> map && map.containsKey("status") && map.containsKey("body")) {
        status = Integer.parseInt(String.valueOf(map.get("status")));
        type = map.get("type") == null ? type : String.valueOf(map.get("type"));
        body = map.get("body");
      }
      String text =
          body instanceof String || body == null ? (String) body : JSON.writeValueAsString(body);
      if (text != null && counterpart.faults().strikes("garbage")) {
        text = text.substring(0, text.length() / 2);
      }
      finish(exchange, status, type, text == null ? "" : text);
    }

    private static void finish(Exchange exchange, int status, String type, String text) {
      Message message = exchange.getMessage();
      message.removeHeaders("*");
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
      message.setHeader(Exchange.CONTENT_TYPE, type);
      message.setBody(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Map<String, Object> request(Message message) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("method", message.getHeader(Exchange.HTTP_METHOD, String.class));
    request.put("path", message.getHeader(Exchange.HTTP_PATH, String.class));
    request.put("query", decoded(message.getHeader(Exchange.HTTP_RAW_QUERY, String.class)));
    request.put("rawQuery", message.getHeader(Exchange.HTTP_RAW_QUERY, String.class));
    Map<String, Object> headers = new LinkedHashMap<>();
    message.getHeaders().forEach((name, value) -> header(headers, name, value));
    request.put("headers", headers);
    byte[] bytes = message.getBody(byte[].class);
    String text = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    request.put("text", text);
    String type = String.valueOf(headers.get("content-type"));
    request.put("form", type.contains("x-www-form-urlencoded") ? decoded(text) : Map.of());
    request.put("body", type.contains("json") ? json(text) : null);
    return request;
  }

  private static void header(Map<String, Object> headers, String name, Object value) {
    if (!name.startsWith("Camel") && value instanceof String) {
      headers.put(name.toLowerCase(Locale.ROOT), value);
    }
  }

  private static Map<String, Object> decoded(String form) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String pair : form == null ? new String[0] : form.split("&")) {
      String[] parts = pair.split("=", 2);
      if (!parts[0].isEmpty()) {
        fields.put(plain(parts[0]), parts.length == 1 ? "" : plain(parts[1]));
      }
    }
    return fields;
  }

  private static String plain(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }

  private static Object json(String text) {
    try {
      return JSON.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static Map<String, Object> map(Object body) {
    return JSON.convertValue(body, OBJECT);
  }
}
