package io.orderbridge.passport;

import io.orderbridge.inbox.MessageTrace;
import io.orderbridge.inbox.MessageTrace.Arrived;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.OrderTrace;
import io.orderbridge.work.Backlog;
import io.orderbridge.work.WorkTrace;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Finds the messages about an order: applied ones, dead ones, and those that wait. */
@Singleton
class MailReader {
  private static final String INBOX = "inbox";
  private static final String PREFIX = INBOX + ":";
  // So many queues with a backlog are looked into; each connection has one or a few.
  private static final int QUEUES_MAX = 8;
  // A message is stored at most so long before its facts are recorded; both clocks are ours.
  private static final Duration BEFORE = Duration.ofDays(3);

  private final MessageTrace messages;
  private final WorkTrace work;
  private final Backlog backlog;

  MailReader(MessageTrace messages, WorkTrace work, Backlog backlog) {
    this.messages = messages;
    this.work = work;
    this.backlog = backlog;
  }

  /**
   * @param order null when the order book does not know it
   */
  Mail read(Connection connection, OrderKey key, OrderTrace order) throws SQLException {
    List<Long> ids =
        order == null
            ? List.of()
            : order.history().stream()
                .map(OrderTrace.Said::message)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    Instant from =
        order == null || order.history().isEmpty()
            ? Instant.EPOCH
            : order.history().get(0).recordedAt().minus(BEFORE);
    return new Mail(
        messages.arrived(connection, ids, from),
        work.about(connection, INBOX, ids),
        work.naming(connection, key.number()),
        waiting(connection, key.number()),
        byConnection());
  }

  private List<Arrived> waiting(Connection connection, String number) throws SQLException {
    List<Arrived> waiting = new ArrayList<>();
    List<String> queues =
        work.queues(connection).stream()
            .filter(queue -> queue.startsWith(PREFIX))
            .limit(QUEUES_MAX)
            .toList();
    for (String queue : queues) {
      waiting.addAll(messages.waiting(connection, queue, number));
    }
    return waiting;
  }

  // The door and the sources of a connection fill queues of their own.
  private Map<String, Backlog.Waiting> byConnection() {
    Map<String, Backlog.Waiting> waiting = new TreeMap<>();
    backlog
        .queues()
        .forEach(
            (queue, count) -> {
              if (queue.startsWith(PREFIX)) {
                waiting.merge(
                    queue.substring(PREFIX.length()).split("/", 2)[0], count, MailReader::both);
              }
            });
    return waiting;
  }

  private static Backlog.Waiting both(Backlog.Waiting one, Backlog.Waiting other) {
    Instant oldest = one.oldest().isBefore(other.oldest()) ? one.oldest() : other.oldest();
    return new Backlog.Waiting(one.waiting() + other.waiting(), oldest);
  }
}
