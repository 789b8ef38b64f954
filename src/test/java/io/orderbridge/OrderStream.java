package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Senders that post new orders without a break and remember which of them were accepted. */
final class OrderStream implements AutoCloseable {
  private final Set<String> accepted = new ConcurrentSkipListSet<>();
  private final List<Thread> senders;
  private volatile boolean ending;
  private volatile int refused;

  /** A message that is sent again until it is accepted, as partners do. */
  record Message(String path, byte[] body, String id) {}

  /**
   * @param between how long a sender rests after each message
   * @param posts gives the status, or 0 when there is no answer
   */
  OrderStream(
      int threads, Duration between, IntFunction<Message> next, ToIntFunction<Message> posts) {
    AtomicInteger number = new AtomicInteger();
    senders =
        IntStream.range(0, threads)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          while (!ending) {
                            send(next.apply(number.incrementAndGet()), posts);
                            Await.pause(between);
                          }
                        },
                        "order-stream-" + i))
            .toList();
    senders.forEach(Thread::start);
  }

  /** New orders, each created and nothing more, posted to an {@link OpenDoor}. */
  static OrderStream of(String prefix, String door, int threads, Product product) {
    Instant at = Instant.now().minusSeconds(60);
    return new OrderStream(
        threads,
        Duration.ofMillis(10),
        i -> created(door, prefix + i, at),
        message -> status(product, message));
  }

  static Message created(String door, String number, Instant at) {
    String facts =
        """
        {"order": {"shop": "demo", "number": "%s"},
         "facts": [{"milestone": "CREATED", "at": "%s"}]}\
        """
            .formatted(number, at);
    return new Message("/in/" + door, facts.getBytes(StandardCharsets.UTF_8), number);
  }

  /** The status of the answer, 0 when there is none. */
  static int status(Product product, Message message) {
    try {
      return product.post(message.path(), message.body(), "X-Id", message.id()).statusCode();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  private void send(Message message, ToIntFunction<Message> posts) {
    while (!ending) {
      if (posts.applyAsInt(message) / 100 == 2) {
        accepted.add(message.id());
        return;
      }
      refused++;
      Await.pause(Duration.ofMillis(20));
    }
  }

  int accepted() {
    return accepted.size();
  }

  int refused() {
    return refused;
  }

  /** Ends the stream; what was accepted. */
  Set<String> end() {
    close();
    return accepted;
  }

  @Override
  public void close() {
    ending = true;
    for (Thread sender : senders) {
      try {
        sender.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    assertThat(senders).noneMatch(Thread::isAlive);
  }
}
