package io.orderbridge.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Lets many small writes share one commit. One thread takes all that has gathered while the last
 * commit ran, writes it with multi-row statements, commits once, and then answers all. A write that
 * makes its batch fail is tried again alone, so it fails by itself.
 *
 * <p>A result is given only after its commit. After a crash whatever had no result was either
 * committed or not: the caller repeats it, so writes have to be repeatable.
 *
 * @param <T> what one caller writes
 * @param <R> what one caller gets back
 */
public final class GroupCommit<T, R> implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(GroupCommit.class);
  // Rows of some KB each: a batch stays below a few MB and one commit below some ten milliseconds.
  private static final int BATCH_MAX = 256;
  private static final long LINGER_NANOS = 3_000_000;

  private final String name;
  private final Database database;
  private final Batch<T, R> batch;
  private final BlockingQueue<Entry<T, R>> waiting;
  private final Thread writer;
  private volatile boolean closing;
  private int lastBatch;

  /** Writes the items of one batch; answers one result per item, in their order. */
  @FunctionalInterface
  public interface Batch<T, R> {
    List<R> write(Connection connection, List<T> items) throws SQLException;
  }

  private record Entry<T, R>(T item, CompletableFuture<R> result) {}

  /**
   * @param name of the thread and in the log
   * @param capacity writes that may wait; one more is refused, so memory stays bounded
   */
  public GroupCommit(String name, Database database, int capacity, Batch<T, R> batch) {
    this.name = name;
    this.database = database;
    this.batch = batch;
    this.waiting = new ArrayBlockingQueue<>(capacity);
    this.writer = new Thread(this::writeAll, name);
    this.writer.setDaemon(true);
    this.writer.start();
  }

  /**
   * Hands a write over. The future completes after the commit, on the writer's thread: whoever
   * continues with more than a few instructions hops to a thread of its own.
   *
   * @return fails with {@link StoreUnavailable} when the database is away or the queue is full, and
   *     with {@link StoreRefused} when this write cannot be written
   */
  public CompletableFuture<R> submit(T item) {
    CompletableFuture<R> result = new CompletableFuture<>();
    if (closing || !waiting.offer(new Entry<>(item, result))) {
      result.completeExceptionally(new StoreUnavailable(name + " has too many writes waiting"));
    }
    return result;
  }

  /** Finishes what was handed over, then ends. A second call waits for the same end. */
  @Override
  public void close() {
    closing = true;
    writer.interrupt();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeAll() {
    List<Entry<T, R>> entries = new ArrayList<>(BATCH_MAX);
    while (gather(entries)) {
      write(entries);
      entries.clear();
    }
  }

  private boolean gather(List<Entry<T, R>> entries) {
    while (entries.isEmpty()) {
      if (closing && waiting.isEmpty()) {
        return false;
      }
      try {
        entries.add(waiting.take());
      } catch (InterruptedException e) {
        // Only close() interrupts: what still waits is drained without blocking.
        waiting.drainTo(entries, BATCH_MAX);
      }
    }
    linger();
    waiting.drainTo(entries, BATCH_MAX - entries.size());
    lastBatch = entries.size();
    return true;
  }

  // Under load a commit of twenty writes costs little more than one of ten. A write that comes
  // alone does not wait.
  private void linger() {
    if (lastBatch > 1 && !closing && waiting.size() < lastBatch * 2) {
      LockSupport.parkNanos(LINGER_NANOS);
    }
  }

  private void write(List<Entry<T, R>> entries) {
    List<T> items = entries.stream().map(Entry::item).toList();
    try {
      List<R> results = database.inTransaction(connection -> batch.write(connection, items));
      for (int i = 0; i < entries.size(); i++) {
        entries.get(i).result().complete(results.get(i));
      }
    } catch (StoreUnavailable e) {
      entries.forEach(entry -> entry.result().completeExceptionally(e));
    } catch (RuntimeException | Error e) {
      // An Error too: without its thread every later write would wait for ever.
      if (entries.size() == 1) {
        entries.get(0).result().completeExceptionally(e);
        return;
      }
      LOG.warnf("commit.split writer=%s batch=%d why=%s", name, entries.size(), e.getMessage());
      entries.forEach(entry -> write(List.of(entry)));
    }
  }
}
