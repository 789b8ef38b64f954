package io.orderbridge.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.Await;
import io.orderbridge.Product;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;

/**
 * The product with every shipped connector switched on, as shipped but for shorter waits, and the
 * sandbox counterparts at their other ends. Thread-safe.
 */
final class Stage implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(25);
  private static final ObjectMapper JSON = new ObjectMapper();

  final Shortened files;
  final Product product;
  private final AtomicLong messages = new AtomicLong();

  Stage(Path folder) {
    product = new Product(folder).setting("orderbridge.sandbox", "true");
    files = new Shortened(product);
    files.write();
    product.environment(files.environment()).start();
  }

  /** Faults from now on, as {@code name, times, name, times, ...}. */
  void faults(String partner, Object... times) {
    Map<String, Object> faults = new LinkedHashMap<>();
    for (int i = 0; i < times.length; i += 2) {
      faults.put(times[i].toString(), times[i + 1]);
    }
    sandbox(partner, "faults", faults);
  }

  /** Faults that did not happen yet. */
  JsonNode faultsLeft(String partner) {
    return product.json("/sandbox/counterparts/" + partner + "/faults");
  }

  void orders(String partner, List<Map<String, Object>> orders) {
    sandbox(partner, "orders", orders);
  }

  void entries(String partner, String list, List<Map<String, Object>> entries) {
    sandbox(partner, "lists/" + list, entries);
  }

  private void sandbox(String partner, String what, Object body) {
    String path = "/sandbox/counterparts/" + partner + "/" + what;
    HttpResponse<String> answer = product.post(path, text(body));
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answers " + answer.statusCode() + " " + answer.body());
    }
  }

  /** What was done to a partner that an order is named in. */
  List<JsonNode> effects(String partner, String order) {
    return list(product.json("/sandbox/counterparts/" + partner + "/effects")).stream()
        .filter(effect -> effect.path("order").asText().endsWith(order))
        .toList();
  }

  /** All requests that a partner heard. */
  List<JsonNode> heard(String partner) {
    return list(product.json("/sandbox/counterparts/" + partner + "/heard"));
  }

  /** An order as the API shows it. */
  JsonNode order(String shop, String number) {
    return product.json("/api/orders/" + shop + "/" + number);
  }

  void awaitStatus(String shop, String number, String status) {
    Await.asserted(
        SOON,
        () -> {
          JsonNode order = order(shop, number);
          if (!order.path("status").asText().equals(status)) {
            throw new AssertionError(
                "%s/%s is %s, expected %s".formatted(shop, number, order, status));
          }
        });
  }

  /** The word of our own side: facts as they are, through a door of their own. */
  void feed(String shop, String number, String facts, String more) {
    String body =
        "{\"order\": {\"shop\": \"%s\", \"number\": \"%s\"}, \"facts\": [%s]%s}"
            .formatted(shop, number, facts, more);
    HttpResponse<String> answer =
        product.post(
            "/in/feed",
            body.getBytes(StandardCharsets.UTF_8),
            "X-Id",
            "feed-" + messages.incrementAndGet());
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError("/in/feed answers " + answer.statusCode());
    }
  }

  /** An order of a shop of our own that is paid; ERP and WMS are told of it. */
  void paidOrder(String shop, String number) {
    String at = Instant.now().minusSeconds(60).toString();
    String receiver =
        ", \"version\": \"%s\", \"details\": {\"currency\": \"CNY\", \"total\": \"199.00\","
            + " \"lines\": [{\"id\": \"1\", \"sku\": \"SKU-1\", \"title\": \"Thing\", \"quantity\":"
            + " 1, \"price\": \"199.00\"}]}, \"receiver\": {\"name\": \"*明\", \"phone\":"
            + " \"138****0000\", \"address\": {\"country\": \"CN\", \"province\": \"上海\", \"city\":"
            + " \"上海市\", \"district\": \"浦东新区\", \"detail\": \"**路\"}}";
    feed(shop, number, fact("CREATED", at) + ", " + fact("PAID", at), receiver.formatted(at));
  }

  /** A parcel of the order leaves the warehouse. */
  void leaves(String shop, String number, String tracking) {
    String at = Instant.now().toString();
    feed(
        shop,
        number,
        "{\"milestone\": \"TRACKING_ASSIGNED\", \"at\": \"%s\", \"parcel\": \"1\",".formatted(at)
            + " \"carrier\": \"SF\", \"trackingNo\": \""
            + tracking
            + "\"}, "
            + "{\"milestone\": \"OUTBOUND_SCANNED\", \"at\": \""
            + at
            + "\", \"parcel\": \"1\"}",
        "");
  }

  private static String fact(String milestone, String at) {
    return "{\"milestone\": \"%s\", \"at\": \"%s\"}".formatted(milestone, at);
  }

  /** Open dead letters of a queue, {@code inbox:..} or {@code outbox:..}, that name the text. */
  List<JsonNode> deadLetters(String queue, String text) {
    return list(product.json("/api/dead-letters?limit=500").path("deadLetters")).stream()
        .filter(letter -> letter.path("queue").asText().equals(queue))
        .filter(letter -> letter.toString().contains(text))
        .toList();
  }

  /** The deadline for telling a shop of an order. */
  JsonNode deadline(String target, String number) {
    return list(product.json("/api/upload-deadlines?state=all&target=" + target).path("deadlines"))
        .stream()
        .filter(deadline -> deadline.toString().contains(number))
        .findFirst()
        .orElse(JSON.createObjectNode());
  }

  /** A source as the API shows it. */
  JsonNode source(String key) {
    return list(product.json("/api/sources").path("sources")).stream()
        .filter(source -> source.path("source").asText().equals(key))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no source " + key));
  }

  /** The events of an order, in their order. */
  List<JsonNode> events(String order) {
    List<JsonNode> found = new ArrayList<>();
    String cursor = "";
    while (true) {
      JsonNode answer = product.json("/api/changes?limit=1000&after=" + cursor);
      for (JsonNode event : answer.path("events")) {
        if (event.path("subject").asText().endsWith("/" + order)) {
          found.add(event);
        }
      }
      if (answer.path("events").isEmpty()) {
        return found;
      }
      cursor = answer.path("cursor").asText();
    }
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    product.close();
  }
}
