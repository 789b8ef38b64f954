package io.orderbridge.work;

import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How much waits in each queue. Counting a million rows costs a tenth of a second, so the count is
 * a look back of a few seconds; it is never exact and never zero by mistake.
 */
@Singleton
public class Backlog {
  // Counting may take this share of the time: a larger backlog is counted less often.
  private static final int PAUSE_FACTOR = 50;

  /**
   * @param waiting pieces of work, those being done included
   * @param oldest when the oldest of them was put
   */
  public record Waiting(long waiting, Instant oldest) {}

  private final Database database;
  private volatile Map<String, Waiting> queues = Map.of();
  private volatile Map<String, Long> deadLetters = Map.of();
  private long countedNanos;
  private long tookNanos;

  public Backlog(Database database) {
    this.database = database;
  }

  /** Counts again, unless that would take too much of the time. Called every second or so. */
  public synchronized void refresh() {
    long now = System.nanoTime();
    if (countedNanos != 0 && now - countedNanos < tookNanos * PAUSE_FACTOR) {
      return;
    }
    database.run(
        connection -> {
          Map<String, Waiting> counted = new HashMap<>();
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "select queue, count(*), min(since) from work group by queue");
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              counted.put(
                  rows.getString(1),
                  new Waiting(rows.getLong(2), rows.getTimestamp(3).toInstant()));
            }
          }
          Map<String, Long> dead = new HashMap<>();
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "select queue, count(*) from dead_letter where state = 'OPEN' group by"
                          + " queue");
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              dead.put(rows.getString(1), rows.getLong(2));
            }
          }
          queues = counted;
          deadLetters = dead;
        });
    countedNanos = System.nanoTime();
    tookNanos = countedNanos - now;
  }

  /** Whether more than the mark waits in the queue. */
  public boolean over(String queue, long mark) {
    Waiting waiting = queues.get(queue);
    return waiting != null && waiting.waiting() > mark;
  }

  /** What waits, by queue; queues without work are missing. */
  public Map<String, Waiting> queues() {
    return queues;
  }

  /** Open dead letters, by queue. */
  public Map<String, Long> deadLetters() {
    return deadLetters;
  }

  /** How long ago the oldest waiting work was put; zero when nothing waits. */
  public Duration oldestAge(Instant now) {
    return queues.values().stream()
        .map(waiting -> Duration.between(waiting.oldest(), now))
        .max(Duration::compareTo)
        .filter(age -> !age.isNegative())
        .orElse(Duration.ZERO);
  }
}
