package io.orderbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The product as its neighbours see it: over HTTP only. */
final class Product {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
  private static final int PAGE = 1000;
  private static final int LETTERS = 500;
  private static final int OK = 200;
  private static final int MISSING = 404;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();
  private final String base;
  // The newest state of each order that the change feed told of.
  private final Map<String, JsonNode> book = new ConcurrentHashMap<>();
  private String cursor = "";

  Product(String base) {
    this.base = base;
  }

  /** Status of an answer, and its text. */
  record Answer(int status, String text) {}

  /** Sends to the door. */
  Answer post(String path, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return answer(request.build());
  }

  /**
   * Has the product compare what the payment system knows with its order book, and mend what was
   * lost. Returns when it has.
   */
  void verifyPayments() throws IOException, InterruptedException {
    String path = "/api/payments/verify";
    good(path, post(path, Map.of(), "{}".getBytes(StandardCharsets.UTF_8)));
  }

  /** Tells of a customer: where to reach them, what they allow. */
  void tellOfCustomer(byte[] document) throws IOException, InterruptedException {
    String path = "/api/notice-customers";
    good(path, post(path, Map.of(), document));
  }

  /** All notices with their messages, the newest first. */
  List<JsonNode> notices() throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    JsonNode page;
    do {
      String before = all.isEmpty() ? "" : "&before=" + all.get(all.size() - 1).path("id").asText();
      page = read("/api/notices?limit=%d%s".formatted(PAGE, before)).path("notices");
      page.forEach(all::add);
    } while (page.size() == PAGE);
    return all;
  }

  boolean ready() throws InterruptedException {
    try {
      return get("/q/health/ready").status() == OK;
    } catch (IOException e) {
      // Not listening yet.
      return false;
    }
  }

  /** Reads on in the change feed; whether something was new. */
  boolean follow() throws IOException, InterruptedException {
    JsonNode page =
        read("/api/changes?limit=%d%s".formatted(PAGE, cursor.isEmpty() ? "" : "&after=" + cursor));
    for (JsonNode event : page.path("events")) {
      book.put(event.path("subject").asText(), event.path("data"));
    }
    cursor = page.path("cursor").asText();
    return !page.path("events").isEmpty();
  }

  /** The order as the feed told last; null when it has not. */
  JsonNode told(String shop, String number) {
    return book.get(shop + "/" + number);
  }

  /** The order as the order book says now; empty when it is not known. */
  Optional<JsonNode> order(String shop, String number) throws IOException, InterruptedException {
    String path = "/api/orders/%s/%s".formatted(shop, number);
    Answer answer = get(path);
    return answer.status() == MISSING
        ? Optional.empty()
        : Optional.of(json.readTree(good(path, answer)));
  }

  /** Open dead letters since then, counted by queue and cause. */
  Map<String, Integer> deadLetters(Instant since) throws IOException, InterruptedException {
    Map<String, Integer> counts = new TreeMap<>();
    long after = 0;
    JsonNode letters;
    do {
      JsonNode page =
          read("/api/dead-letters?limit=%d&after=%d&from=%s".formatted(LETTERS, after, since));
      letters = page.path("deadLetters");
      for (JsonNode letter : letters) {
        counts.merge(
            letter.path("queue").asText() + "  " + letter.path("cause").asText(), 1, Integer::sum);
      }
      after = page.path("after").asLong();
    } while (letters.size() == LETTERS);
    return counts;
  }

  /** All metrics, as text; counters only grow, so two readings can be told apart. */
  Metrics metrics() throws IOException, InterruptedException {
    return new Metrics(get("/q/metrics").text());
  }

  /** A reading of the metrics. */
  record Metrics(String text) {
    /** The sum over all lines of this name whose labels hold the text; 0 when there is none. */
    long sum(String name, String label) {
      Matcher line = Pattern.compile("(?m)^" + name + "\\{([^}]*)}\\s+(\\S+)").matcher(text);
      BigDecimal sum = BigDecimal.ZERO;
      while (line.find()) {
        if (line.group(1).contains(label)) {
          sum = sum.add(new BigDecimal(line.group(2)));
        }
      }
      return sum.longValue();
    }
  }

  /** Asks for something to be done, JSON or nothing in the body; what was answered. */
  JsonNode ask(String path, String body) throws IOException, InterruptedException {
    Answer answer = post(path, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    if (answer.status() / 100 != 2) {
      throw new IOException(
          "POST %s answered %d: %s".formatted(path, answer.status(), answer.text().strip()));
    }
    return json.readTree(answer.text());
  }

  /** What is answered to a question. */
  JsonNode read(String path) throws IOException, InterruptedException {
    return json.readTree(good(path, get(path)));
  }

  private static String good(String path, Answer answer) throws IOException {
    if (answer.status() != OK) {
      throw new IOException("GET %s answered %d".formatted(path, answer.status()));
    }
    return answer.text();
  }

  private Answer get(String path) throws IOException, InterruptedException {
    return answer(request(path).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER_MAX);
  }

  private Answer answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Answer(response.statusCode(), response.body());
  }
}
