package io.orderbridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Counterpart.Reply;
import io.orderbridge.Counterpart.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The product with all connections as shipped, but for shorter waits, and the systems at their
 * ends: an ERP and a WMS that keep what they were given, and a CRM's table.
 */
final class Installation implements AutoCloseable {
  static final String TOKEN = "token-of-alice";
  private static final Duration SETTLED_MAX = Duration.ofSeconds(60);
  private static final int SENDERS = 8;

  final Letters letters = new Letters();
  final Counterpart erp = new Counterpart();
  final Counterpart wms = new Counterpart();
  final Product product;
  private volatile Function<Request, Reply> fault = request -> null;

  Installation(Path folder) {
    String url = TestDatabase.freshUrl();
    new Rows(url, "postgres", "")
        .execute(
            "create schema crm; create table crm.crm_order (shop text, number text, status text,"
                + " total numeric, currency text, updated_at timestamptz, event_id text,"
                + " primary key (shop, number))");
    erp.answers(this::asErp);
    wms.answers(Reply.json(200, "{\"ok\":true}"));
    product =
        new Product(folder)
            .systems(Path.of("."), "shopify", "wechat-pay", "wms", "erp", "crm")
            .database(url)
            .environment(letters.environment())
            .environment(
                Map.of(
                    "ERP_URL",
                    erp.url(),
                    "WMS_URL",
                    wms.url(),
                    "CRM_DB_URL",
                    url + "&currentSchema=crm",
                    "CRM_DB_USER",
                    "postgres",
                    "CRM_DB_PASSWORD",
                    "none"))
            .setting("orderbridge.api.tokens.alice", TOKEN);
    product.bearer(TOKEN);
    List.of("erp", "wms").forEach(this::shortenWaits);
    // Nobody plays the shop's own API here: it is told of no parcel.
    edit("shopify", text -> text.replaceFirst("shops: .*", "shops: [nobody]"));
    // Whoever speaks here owns nothing.
    OpenDoor.addTo(product, "marketplace");
    product.start();
  }

  private void shortenWaits(String target) {
    edit(
        target,
        text ->
            text.replaceFirst("retry: .*", "retry: {after: [200ms, 500ms, 1s], until: 72h}")
                .replaceFirst(
                    "limits: .*",
                    "limits: {in-flight: 8, deadline: 1s}\n  breaker: {failures: 500, pause: 1s}"));
  }

  private void edit(String connection, UnaryOperator<String> change) {
    String path = "routes/" + connection + "/connection.yaml";
    try {
      product.write(path, change.apply(Files.readString(Path.of(path))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply asErp(Request request) {
    Reply broken = fault.apply(request);
    return broken != null ? broken : Reply.json(200, "{\"success\":true}");
  }

  /** The ERP answers so when this gives something; otherwise it does its work. */
  void erpFails(Function<Request, Reply> newFault) {
    fault = newFault;
  }

  void erpIsWell() {
    fault = request -> null;
  }

  /** Posts all from several senders at once; the statuses of the answers. */
  List<Integer> post(List<Letters.Letter> all) {
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    try {
      List<CompletableFuture<Integer>> answers =
          all.stream()
              .map(letter -> CompletableFuture.supplyAsync(() -> product.post(letter), senders))
              .toList();
      return answers.stream().map(CompletableFuture::join).toList();
    } finally {
      senders.shutdown();
    }
  }

  /** Waits until nothing is waiting any more, neither messages nor deliveries. */
  void settle() {
    Await.asserted(
        SETTLED_MAX,
        () -> {
          List<String> waiting =
              product.rows().texts("select queue, count(*) from work group by queue");
          if (!waiting.isEmpty()) {
            throw new AssertionError("still waiting: " + waiting);
          }
        });
  }

  JsonNode order(String number) {
    return product.json("/api/orders/demo/" + number);
  }

  /** What the ERP was told of an order, in the order of arrival. */
  List<JsonNode> toldErp(String number) {
    return told(erp, "externalNo", number);
  }

  List<JsonNode> toldWms(String number) {
    return told(wms, "orderNo", number);
  }

  private static List<JsonNode> told(Counterpart system, String field, String number) {
    return system.requests().stream()
        .map(request -> Product.read(request.body()))
        .filter(body -> body.path(field).asText().equals(number))
        .toList();
  }

  /** How often the ERP was asked under each idempotency key. */
  Map<String, Long> erpLedger() {
    return erp.requests().stream()
        .collect(Collectors.groupingBy(Request::key, Collectors.counting()));
  }

  /** Open dead letters that match, as the API lists them. */
  List<JsonNode> deadLetters(String query) {
    List<JsonNode> found = new java.util.ArrayList<>();
    product.json("/api/dead-letters?" + query).path("deadLetters").forEach(found::add);
    return found;
  }

  @Override
  public void close() {
    product.close();
    erp.close();
    wms.close();
  }
}
