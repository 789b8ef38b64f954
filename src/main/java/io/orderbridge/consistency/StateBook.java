package io.orderbridge.consistency;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.store.Database;
import io.orderbridge.store.GroupCommit;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * What each connected system shows of each order, as it was last read there. Readings may come
 * late, twice, split and at once: the newest wins. Thread-safe.
 */
@Singleton
public class StateBook {
  private static final int WAITING_MAX = 4_096;
  // 256 writes share a commit: 25,600 rows at most, some hundred milliseconds.
  private static final int CHUNK = 100;

  private final Clock clock;
  private final GroupCommit<List<StateTold>, Integer> writer;

  public StateBook(Database database, Clock clock) {
    this.clock = clock;
    this.writer = new GroupCommit<>("states", database, WAITING_MAX, StateBook::write);
  }

  /**
   * Records what a mapping made of a system's answer.
   *
   * @param mapped one object or a list of them, see {@code states:record} in docs/components.md
   * @param system the connection that was read
   * @param readAt not later than the reading; null for now
   * @param inboxId number of the message, or null
   * @return how many states there were, after the commit; fails as {@link GroupCommit#submit} does,
   *     and then a part of a long list may be recorded: recorded again it changes nothing
   * @throws Refusal when what was mapped is no state; nothing is recorded
   */
  public CompletableFuture<Integer> record(
      Object mapped, String system, Instant readAt, Long inboxId) {
    Instant now = clock.instant();
    List<StateTold> states =
        new StateReader(system, readAt == null ? now : readAt, inboxId, now).read(mapped);
    return from(states, 0);
  }

  // One chunk after the other: a long file leaves room in the writer for others.
  private CompletableFuture<Integer> from(List<StateTold> states, int at) {
    int to = Math.min(at + CHUNK, states.size());
    if (at >= to) {
      return CompletableFuture.completedFuture(states.size());
    }
    CompletableFuture<Integer> written = writer.submit(states.subList(at, to));
    return to == states.size()
        ? written.thenApply(any -> states.size())
        : written.thenComposeAsync(any -> from(states, to));
  }

  private static List<Integer> write(Connection connection, List<List<StateTold>> chunks)
      throws SQLException {
    // A statement must not meet a row twice.
    Map<String, Map<OrderKey, StateTold>> newest = new TreeMap<>();
    Map<String, Instant> begun = new TreeMap<>();
    for (List<StateTold> chunk : chunks) {
      for (StateTold told : chunk) {
        newest
            .computeIfAbsent(told.system(), system -> new LinkedHashMap<>())
            .merge(told.order(), told, StateTold::newer);
        begun.merge(told.system(), told.readAt(), (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    List<StateTold> all = new ArrayList<>();
    newest.values().forEach(states -> all.addAll(states.values()));
    begun(connection, begun);
    upsert(connection, all.stream().filter(told -> !told.isAbsent()).toList());
    remove(connection, all.stream().filter(StateTold::isAbsent).toList());
    return chunks.stream().map(List::size).toList();
  }

  private static void begun(Connection connection, Map<String, Instant> begun) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(StateSql.BEGUN)) {
      insert.setArray(1, array(connection, "text", begun.keySet(), system -> system));
      insert.setArray(2, array(connection, "timestamptz", begun.values(), Instant::toString));
      insert.executeUpdate();
    }
  }

  private static void upsert(Connection connection, Collection<StateTold> states)
      throws SQLException {
    if (states.isEmpty()) {
      return;
    }
    try (PreparedStatement upsert = connection.prepareStatement(StateSql.UPSERT)) {
      keys(connection, upsert, states);
      upsert.setArray(4, array(connection, "text", states, StateTold::status));
      upsert.setArray(5, array(connection, "text", states, StateTold::raw));
      upsert.setArray(6, array(connection, "timestamptz", states, told -> text(told.at())));
      upsert.setArray(7, array(connection, "timestamptz", states, told -> text(told.createdAt())));
      upsert.setArray(8, array(connection, "timestamptz", states, told -> text(told.readAt())));
      upsert.setArray(9, array(connection, "bigint", states, StateTold::inboxId));
      upsert.executeUpdate();
    }
  }

  private static void remove(Connection connection, Collection<StateTold> states)
      throws SQLException {
    if (states.isEmpty()) {
      return;
    }
    try (PreparedStatement remove = connection.prepareStatement(StateSql.REMOVE)) {
      keys(connection, remove, states);
      remove.setArray(4, array(connection, "timestamptz", states, told -> text(told.readAt())));
      remove.executeUpdate();
    }
  }

  private static void keys(
      Connection connection, PreparedStatement statement, Collection<StateTold> states)
      throws SQLException {
    statement.setArray(1, array(connection, "text", states, StateTold::system));
    statement.setArray(2, array(connection, "text", states, told -> told.order().shop()));
    statement.setArray(3, array(connection, "text", states, told -> told.order().number()));
  }

  private static String text(Instant at) {
    return at == null ? null : at.toString();
  }

  @PreDestroy
  void close() {
    writer.close();
  }
}
