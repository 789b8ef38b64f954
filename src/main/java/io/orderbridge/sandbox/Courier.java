package io.orderbridge.sandbox;

import io.orderbridge.sandbox.Product.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Sends letters as the partners do: several at once, and again until the door has taken them. */
final class Courier implements AutoCloseable {
  private static final int AT_ONCE = 8;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int TRIES = 30;
  private static final int BUSY = 503;
  private static final int FORGED = 401;

  private final Words words;
  private final Partners partners;
  private final Product product;
  private final Clock clock;
  private final ExecutorService pool;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicReference<String> trouble = new AtomicReference<>("");

  Courier(Words words, Partners partners, Product product, Clock clock) {
    this.words = words;
    this.partners = partners;
    this.product = product;
    this.clock = clock;
    this.pool =
        Executors.newFixedThreadPool(
            AT_ONCE,
            work -> {
              Thread thread = new Thread(work, "demo-courier");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Takes a letter; waits while all hands are full. */
  void take(Letter letter) throws InterruptedException {
    free.acquire();
    pool.execute(
        () -> {
          try {
            send(letter);
          } catch (IOException e) {
            trouble.compareAndSet("", "the door does not answer: " + e.getMessage());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            free.release();
          }
        });
  }

  /** Waits until everything that was taken is answered. */
  void flush() throws InterruptedException {
    free.acquire(AT_ONCE);
    free.release(AT_ONCE);
  }

  /** Letters that the door has taken, repeats included. */
  int accepted() {
    return accepted.get();
  }

  /** What went wrong for good; empty when nothing has. */
  String trouble() {
    return trouble.get();
  }

  private void send(Letter letter) throws IOException, InterruptedException {
    for (int tried = 1; ; tried++) {
      Map<String, String> headers = partners.headers(letter, clock.instant());
      Answer answer = post(letter, headers, tried);
      if (answer.status() / 100 == 2) {
        accepted.incrementAndGet();
        return;
      }
      if (answer.status() != BUSY || tried == TRIES) {
        trouble.compareAndSet(
            "",
            "POST %s answered %d: %s"
                .formatted(path(letter), answer.status(), answer.text().strip()));
        return;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
  }

  // No answer is a reason to send again: the door knows the letter by its id.
  private Answer post(Letter letter, Map<String, String> headers, int tried)
      throws IOException, InterruptedException {
    try {
      return product.post(path(letter), headers, letter.body());
    } catch (IOException e) {
      if (tried == TRIES) {
        throw e;
      }
      return new Answer(BUSY, "");
    }
  }

  /** Sends a letter that somebody changed on its way; whether the door refused it. */
  boolean refusesForged(Letter letter) throws IOException, InterruptedException {
    Map<String, String> headers = new HashMap<>(partners.headers(letter, clock.instant()));
    byte[] changed =
        (new String(letter.body(), StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
    return product.post(path(letter), headers, changed).status() == FORGED;
  }

  /** Switches on a fault of a sandbox system. */
  void fault(String wish) throws IOException, InterruptedException {
    Answer answer =
        product.post("/sandbox/faults", Map.of(), wish.getBytes(StandardCharsets.UTF_8));
    if (answer.status() != 200) {
      throw new IOException(
          "POST /sandbox/faults answered %d; look at /q/health/ready for refused files"
              .formatted(answer.status()));
    }
  }

  private String path(Letter letter) {
    return "/in/" + letter.sender().word(words, "connection");
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
