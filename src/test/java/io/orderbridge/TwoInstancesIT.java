package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Counterpart.Request;
import io.orderbridge.OrderStream.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two products on one database share the work, and one of them may die. */
@Tag("R08")
@Tag("R86")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class TwoInstancesIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration SETTLED_MAX = Duration.ofSeconds(60);
  // As in the ledger's connection file.
  private static final int IN_FLIGHT = 16;
  private static final int STEPS = 4;

  private final Ledger ledger = new Ledger("ledger");
  private Product one;
  private Product two;

  @BeforeAll
  void start(@TempDir Path first, @TempDir Path second) {
    String database = TestDatabase.freshUrl();
    one = configured(first, database).start();
    two = configured(second, database).start();
  }

  private Product configured(Path folder, String database) {
    Product product = new Product(folder).database(database);
    OpenDoor.addTo(product, "stream");
    ledger.addTo(product);
    return product;
  }

  @AfterAll
  void stop() {
    one.close();
    two.close();
    ledger.close();
  }

  @Test
  void each_debt_is_paid_once_and_the_steps_of_an_order_in_their_order() {
    // Given
    try (OrderStream stream = stream("shared-")) {
      // When
      Await.until("some load", SOON, () -> stream.accepted() > 1000);
      Set<String> accepted = stream.end();

      // Then
      settle();
      assertThat(steps("shared-")).isEqualTo(accepted.size());
      assertThat(requests("shared-").stream().map(Request::key)).doesNotHaveDuplicates();
      inOrder("shared-");
      assertThat(List.of(delivered(one), delivered(two))).allMatch(count -> count > 100);
    }
  }

  @Test
  void when_one_is_killed_the_other_goes_on_and_nothing_is_lost() {
    // Given
    try (OrderStream stream = stream("killed-")) {
      Await.until("some load", SOON, () -> stream.accepted() > 300);

      // When
      two.killHard();
      int before = ledger.requests().size();
      Await.until("the other goes on", SOON, () -> ledger.requests().size() > before + 300);
      Set<String> accepted = stream.end();
      settle();

      // Then
      assertThat(steps("killed-")).isGreaterThanOrEqualTo(accepted.size());
      Map<String, Long> times =
          requests("killed-").stream()
              .collect(Collectors.groupingBy(Request::key, Collectors.counting()));
      long twice = times.values().stream().mapToLong(count -> count - 1).sum();
      assertThat(twice).as("delivered again").isLessThanOrEqualTo(IN_FLIGHT);
      inOrder("killed-");
    } finally {
      two.start();
    }
  }

  @Test
  @Tag("R81")
  void when_one_is_stopped_in_good_order_nothing_is_delivered_twice() {
    // Given
    try (OrderStream stream = stream("stopped-")) {
      Await.until("some load", SOON, () -> stream.accepted() > 300);

      // When
      Duration took = two.stop();
      int before = ledger.requests().size();
      Await.until("the other goes on", SOON, () -> ledger.requests().size() > before + 300);
      Set<String> accepted = stream.end();
      settle();

      // Then
      assertThat(took).isLessThan(Duration.ofSeconds(10));
      assertThat(steps("stopped-")).isGreaterThanOrEqualTo(accepted.size());
      assertThat(requests("stopped-").stream().map(Request::key)).doesNotHaveDuplicates();
      inOrder("stopped-");
    } finally {
      two.start();
    }
  }

  // Each order is told of in four messages, sent one after the other to either product.
  private OrderStream stream(String prefix) {
    Instant at = Instant.now().minusSeconds(600);
    return new OrderStream(
        4, Duration.ofMillis(4), i -> step(prefix, i, at), message -> post(message));
  }

  private static Message step(String prefix, int i, Instant at) {
    int step = i % STEPS;
    String number = prefix + i / STEPS;
    String facts =
        """
        {"order": {"shop": "demo", "number": "%s"}, "version": "%s", "raw": "step-%d", "facts": [
          {"milestone": "%s", "at": "%s"}]}\
        """
            .formatted(
                number,
                at.plusSeconds(step),
                step,
                List.of("CREATED", "PAID", "ACCEPTED", "COMPLETED").get(step),
                at.plusSeconds(step));
    return new Message("/in/stream", facts.getBytes(StandardCharsets.UTF_8), number + "/" + step);
  }

  private int post(Message message) {
    Product first = message.hashCode() % 2 == 0 ? one : two;
    int status = OrderStream.status(first, message);
    return status == 0 ? OrderStream.status(first == one ? two : one, message) : status;
  }

  private void settle() {
    Await.until("settled", SETTLED_MAX, () -> one.rows().number("select count(*) from work") == 0);
    assertThat(one.rows().number("select count(*) from dead_letter")).isZero();
  }

  // Milestones in the order book: one for each accepted message.
  private long steps(String prefix) {
    return one.rows()
        .number(
            "select count(*) from event where type <> 'order.updated' and subject like 'demo/"
                + prefix
                + "%'");
  }

  private List<Request> requests(String prefix) {
    return ledger.requests().stream()
        .filter(request -> request.body().contains("\"" + prefix))
        .toList();
  }

  // A repeat of the newest is no inversion: it changes nothing at the receiver.
  private void inOrder(String prefix) {
    Map<String, Long> last = new HashMap<>();
    Set<String> inverted = new TreeSet<>();
    for (Request request : requests(prefix)) {
      var body = Product.read(request.body());
      String number = body.path("number").asText();
      long revision = body.path("revision").asLong();
      if (last.merge(number, revision, Math::max) > revision) {
        inverted.add(number);
      }
    }
    assertThat(inverted).isEmpty();
  }

  private static double delivered(Product product) {
    return product
        .get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("orderbridge_delivered_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
