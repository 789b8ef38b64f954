package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What senders hear when the database breaks, and that it is true. */
@Tag("R53")
@ExtendWith(Product.LogOfFailure.class)
class BrokenDatabaseIT {
  private static final Duration AWAY_MAX = Duration.ofSeconds(20);
  private static final int SENDERS = 4;
  private static final String TICK =
      """
      - route:
          id: clock-tick
          description: Does nothing, each second.
          from:
            uri: quartz:clock/clock-tick
            parameters:
              cron: "* * * * * ?"
              trigger.timeZone: UTC
              recoverableJob: "true"
            steps:
              - setProperty:
                  name: ticked
                  expression:
                    constant:
                      expression: "yes"
      """;

  private final Set<String> accepted = new ConcurrentSkipListSet<>();
  private final Set<HttpResponse<String>> refused = ConcurrentHashMap.newKeySet();

  @Test
  void while_the_database_is_away_nothing_is_accepted_and_nothing_accepted_is_lost(
      @TempDir Path folder) throws IOException {
    // Given
    Letters letters = new Letters();
    Product product =
        new Product(folder).systems(Path.of("."), "shopify").environment(letters.environment());
    try (product) {
      product.start();
      CountDownLatch stop = new CountDownLatch(1);
      List<Thread> senders = senders(product, letters, stop);
      Await.until("a stream", AWAY_MAX, () -> accepted.size() > 100);

      // When: PostgreSQL dies as in a crash, and for now it cannot be started again.
      Path needed = product.databaseFolder().resolve("data").resolve("PG_VERSION");
      Path aside = Files.move(needed, folder.resolve("aside"));
      kill(product, "-QUIT");
      Await.until("refusals", AWAY_MAX, () -> refused.size() > 2 * SENDERS);
      stop.countDown();
      join(senders);

      // Then
      assertThat(refused)
          .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(503))
          .allSatisfy(answer -> assertThat(answer.headers().firstValue("retry-after")).isPresent());
      assertThat(product.get("/q/health/live").statusCode()).isEqualTo(200);
      Await.until("not ready", AWAY_MAX, () -> product.get("/q/health/ready").statusCode() == 503);
      assertThat(product.get("/api/changes").statusCode()).isEqualTo(503);
      Files.move(aside, needed);
      Await.until("ready", AWAY_MAX, () -> product.get("/q/health/ready").statusCode() == 200);
      assertThat(stored(product)).containsAll(accepted);
    }
  }

  @Test
  @Tag("R85")
  void a_database_that_somebody_killed_comes_back_without_a_restart_of_the_product(
      @TempDir Path folder) throws IOException {
    // Given
    Letters letters = new Letters();
    Product product =
        new Product(folder)
            .systems(Path.of("."), "shopify")
            .write("routes/clock/clock-tick.camel.yaml", TICK)
            .environment(letters.environment());
    try (product) {
      product.start();
      CountDownLatch stop = new CountDownLatch(1);
      List<Thread> senders = senders(product, letters, stop);
      Await.until("a stream", AWAY_MAX, () -> accepted.size() > 100);
      Await.until("a tick", AWAY_MAX, () -> ticks(product) > 0);

      // When
      kill(product, "-KILL");
      Await.until("refusals", AWAY_MAX, () -> !refused.isEmpty());
      Await.until("revived", AWAY_MAX, () -> product.log().contains("database.revived"));
      int before = accepted.size();
      Await.until("a stream again", AWAY_MAX, () -> accepted.size() > before + 100);
      long ticked = ticks(product);
      Await.until("ticks again", AWAY_MAX, () -> ticks(product) > ticked + 1);
      stop.countDown();
      join(senders);

      // Then
      assertThat(refused).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(503));
      assertThat(stored(product)).containsAll(accepted);
      assertThat(product.log()).as("Quartz's own lines").doesNotContain("org.quartz", "[org.qua.");
    }
  }

  private static long ticks(Product product) {
    return product.log().lines().filter(line -> line.contains("outcome=DONE tries=")).count();
  }

  private static Set<String> stored(Product product) {
    return new TreeSet<>(product.rows().texts("select message_id from inbox_message"));
  }

  private List<Thread> senders(Product product, Letters letters, CountDownLatch stop) {
    return IntStream.range(0, SENDERS)
        .mapToObj(i -> new Thread(() -> send(product, letters, i, stop), "sender-" + i))
        .peek(Thread::start)
        .toList();
  }

  private void send(Product product, Letters letters, int sender, CountDownLatch stop) {
    Instant at = Instant.now().minusSeconds(600);
    for (int i = 0; stop.getCount() > 0; i++) {
      String id = "m-%d-%d".formatted(sender, i);
      Letters.Letter letter =
          letters.shop("orders/create", id, Letters.order(1000L * (sender + 1) + i % 50, at));
      HttpResponse<String> answer =
          product.post("/in/" + letter.connection(), letter.body(), letter.headers());
      if (answer.statusCode() / 100 == 2) {
        accepted.add(id);
      } else {
        refused.add(answer);
      }
    }
  }

  private static void join(List<Thread> threads) {
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // SIGQUIT: PostgreSQL's immediate shutdown, which keeps nothing that was not on disk.
  private static void kill(Product product, String signal) throws IOException {
    Path pid = product.databaseFolder().resolve("data").resolve("postmaster.pid");
    new ProcessBuilder("kill", signal, Files.readAllLines(pid).get(0).strip()).start();
  }
}
