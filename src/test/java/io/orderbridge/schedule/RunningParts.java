package io.orderbridge.schedule;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderbridge.Heart;
import io.orderbridge.SteppedClock;
import io.orderbridge.inbox.Doors;
import io.orderbridge.kernel.Carried;
import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import io.orderbridge.order.OrdersComponent;
import io.orderbridge.outbox.Owing;
import io.orderbridge.runtime.Intakes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The product without HTTP: routes from the real {@code inbox:} to the real {@code orders:record},
 * and {@code windows:} consumers that are cranked by hand, because their clock is.
 */
final class RunningParts implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final long SETTLED_MAX_S = 60;
  private static final Map<String, List<String>> MILESTONES =
      Map.of(
          "created", List.of("CREATED"),
          "paid", List.of("PAID"),
          "shipped", List.of("TRACKING_ASSIGNED", "OUTBOUND_SCANNED"),
          "delivered", List.of("DELIVERED"),
          "completed", List.of("COMPLETED"),
          "cancelled", List.of("CANCELLED"));

  final Heart heart = Heart.fresh();
  final SteppedClock clock;
  final Sources sources = new Sources();
  final SourceStates states = new SourceStates(heart.database);

  /** When the order book knew of each word on each order: {@code <shop>/<id> <word>}. */
  final Map<String, Instant> known = new ConcurrentHashMap<>();

  private final Doors doors = new Doors(heart);
  private final OrderBook book;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Set<Long> stored = new HashSet<>();
  private final Set<Long> applied = new HashSet<>();

  RunningParts(SteppedClock clock) {
    this.clock = clock;
    this.book = Books.open(heart, Owing.debts(heart), clock);
    Intake intake = counted(Intakes.of(heart, doors.streams()));
    SourceRound round =
        new SourceRound(new Windows(heart.database), new WindowItems(heart.database), intake);
    camel.addComponent("inbox", doors.component());
    camel.addComponent("orders", new OrdersComponent(book, new SimpleMeterRegistry()));
    camel.addComponent(
        "windows", new WindowsComponent(sources, round, new SourceRows(heart.database), clock));
    camel.start();
  }

  private Intake counted(Intake product) {
    return new Intake() {
      @Override
      public List<Long> store(String stream, List<Arrived> items) {
        List<Long> ids = product.store(stream, items);
        stored.addAll(ids);
        return ids;
      }

      @Override
      public Map<Long, Fate> fates(String stream, Collection<Long> inboxIds) {
        return product.fates(stream, inboxIds);
      }

      @Override
      public Set<Long> firstWords(Collection<Long> inboxIds) {
        return product.firstWords(inboxIds);
      }
    };
  }

  /** Adds a connection with its two routes; what reads its source. */
  WindowsConsumer connect(Source source, Processor partner) throws Exception {
    sources.replace(source.connection(), List.of(source));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            for (String stream : List.of(source.connection(), source.into())) {
              from("inbox:" + stream)
                  .process(RunningParts.this::map)
                  .to("orders:record")
                  .process(RunningParts.this::recorded);
            }
          }
        });
    return (WindowsConsumer) camel.getEndpoint("windows:" + source.key()).createConsumer(partner);
  }

  // What a mapping does.
  private void map(Exchange exchange) throws IOException {
    Map<String, Object> item = JSON.readValue(exchange.getMessage().getBody(byte[].class), OBJECT);
    String shop = exchange.getMessage().getHeader(Carried.CONNECTION, String.class);
    List<Object> facts = new ArrayList<>();
    List<String> words = new ArrayList<>();
    MILESTONES.forEach(
        (word, milestones) -> {
          if (item.containsKey(word)) {
            words.add(word);
            milestones.forEach(m -> facts.add(Map.of("milestone", m, "at", item.get(word))));
          }
        });
    if (item.get("refund") instanceof Map<?, ?> refund) {
      words.add("refund " + refund.get("status"));
      Map<String, Object> step =
          Map.of("id", "R1", "status", refund.get("status"), "amount", "9.90", "currency", "CNY");
      facts.add(Map.of("refund", step, "at", refund.get("at")));
    }
    exchange.setProperty("words", words);
    exchange.setProperty("order", shop + "/" + item.get("id"));
    exchange
        .getMessage()
        .setBody(
            Map.of(
                "order", Map.of("shop", shop, "number", item.get("id")),
                "version", item.get("version"),
                "facts", facts));
  }

  private void recorded(Exchange exchange) {
    String order = exchange.getProperty("order", String.class);
    for (Object word : exchange.getProperty("words", List.class)) {
      known.putIfAbsent(order + " " + word, clock.instant());
    }
    synchronized (applied) {
      applied.add(exchange.getMessage().getHeader(Carried.MESSAGE, Long.class));
      applied.notifyAll();
    }
  }

  void push(List<Crowd.Push> pushes) {
    List<CompletableFuture<Optional<Long>>> answers =
        pushes.stream().map(p -> doors.push(p.shop(), p.id(), p.told().body())).toList();
    answers.forEach(answer -> answer.join().ifPresent(stored::add));
  }

  /** Returns when everything stored has reached the order book. */
  void settle() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLED_MAX_S);
    synchronized (applied) {
      while (applied.size() < stored.size()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError(
              "%d of %d messages were applied, dead letters: %s"
                  .formatted(
                      applied.size(),
                      stored.size(),
                      heart.texts("select cause || ' ' || message from dead_letter limit 3")));
        }
        applied.wait(left);
      }
    }
  }

  int messages() {
    return stored.size();
  }

  @Override
  public void close() {
    camel.stop();
    Books.close(book);
    doors.close();
    heart.close();
  }
}
