package io.orderbridge.payment;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.Refusal;
import io.orderbridge.payment.Told.Key;
import io.orderbridge.store.Database;
import io.orderbridge.store.GroupCommit;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * What the payment systems say of their payments and refunds. Bill, list and query of one payment
 * are one record, whichever comes first and however often; the word that counts is the newest, the
 * others stay as evidence. Thread-safe; several processes may record at once.
 */
@Singleton
public class PaymentRecords {
  // A few batches of 256, as in the order book.
  private static final int WAITING_MAX = 4096;

  private final PaymentPolicy policy;
  private final Clock clock;
  private final GroupCommit<List<Told>, Integer> writer;

  public PaymentRecords(Database database, PaymentPolicy policy, Clock clock) {
    this.policy = policy;
    this.clock = clock;
    this.writer =
        new GroupCommit<>("payment-records", database, WAITING_MAX, PaymentRecords::write);
  }

  /**
   * Records what a mapping made of a bill, a list or an answer.
   *
   * @param mapped one transaction or a list of them, see {@code docs/payments.md}
   * @param connection the payment system
   * @param source kind of the message that says so
   * @param inboxId number of that message, or null
   * @return completes after the commit, with how many records are new or say something new
   */
  public CompletableFuture<Integer> record(
      Object mapped, String connection, String source, Long inboxId) {
    try {
      ZoneId zone = policy.rules().zone(connection);
      List<Told> told =
          new TransactionReader(clock.instant())
              .read(mapped).stream()
                  .map(
                      what ->
                          new Told(
                              connection,
                              what,
                              what.at().atZone(zone).toLocalDate(),
                              source,
                              inboxId == null ? 0 : inboxId))
                  .toList();
      return told.isEmpty() ? CompletableFuture.completedFuture(0) : writer.submit(told);
    } catch (Refusal e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @PreDestroy
  public void close() {
    writer.close();
  }

  /** A record while a batch works on it. */
  private static final class Entry {
    final long id;
    final String recordedAt;
    final Told before;
    Told told;
    String earlier;

    Entry(long id, String recordedAt, Told told, String earlier) {
      this.id = id;
      this.recordedAt = recordedAt;
      this.before = id == 0 ? null : told;
      this.told = told;
      this.earlier = earlier;
    }

    /** Takes one more word; whether it says something new. */
    boolean take(Told word) {
      if (word.newerThan(told) && !word.saysTheSame(told)) {
        earlier = told.addedTo(earlier);
        told = word;
        return true;
      }
      boolean repeated = word.saysTheSame(told) && word.source().equals(told.source());
      earlier = repeated ? earlier : word.addedTo(earlier);
      return false;
    }
  }

  private static List<Integer> write(Connection connection, List<List<Told>> batches)
      throws SQLException {
    List<Told> all = batches.stream().flatMap(List::stream).toList();
    queueUp(connection, all);
    Map<Key, Entry> entries = find(connection, all);
    Map<Key, String> earlierBefore = new HashMap<>();
    entries.forEach((key, entry) -> earlierBefore.put(key, entry.earlier));
    List<Integer> news = new ArrayList<>();
    for (List<Told> batch : batches) {
      int changed = 0;
      for (Told word : batch) {
        Entry known = entries.get(word.key());
        if (known == null) {
          entries.put(word.key(), new Entry(0, null, word, null));
        }
        changed += known == null || known.take(word) ? 1 : 0;
      }
      news.add(changed);
    }
    save(connection, entries.values(), earlierBefore);
    return news;
  }

  private static void queueUp(Connection connection, List<Told> all) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(RecordSql.QUEUE_UP)) {
      lock.setArray(1, array(connection, "text", all, Told::connection));
      lock.execute();
    }
  }

  private static Map<Key, Entry> find(Connection connection, List<Told> all) throws SQLException {
    Map<Key, Entry> entries = new LinkedHashMap<>();
    List<Key> keys = all.stream().map(Told::key).distinct().toList();
    try (PreparedStatement find = connection.prepareStatement(RecordSql.FIND)) {
      find.setArray(1, array(connection, "text", keys, Key::connection));
      find.setArray(2, array(connection, "text", keys, key -> key.kind().name()));
      find.setArray(3, array(connection, "text", keys, Key::id));
      find.setArray(4, array(connection, "text", keys, Key::refund));
      try (ResultSet rows = find.executeQuery()) {
        while (rows.next()) {
          Told told = RecordRows.told(rows, 4);
          String at = rows.getTimestamp(2).toInstant().toString();
          entries.put(told.key(), new Entry(rows.getLong(1), at, told, rows.getString(3)));
        }
      }
    }
    return entries;
  }

  private static void save(
      Connection connection, Collection<Entry> entries, Map<Key, String> earlierBefore)
      throws SQLException {
    List<Told> changed = new ArrayList<>();
    List<Entry> added = new ArrayList<>();
    List<Entry> updated = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.before == null) {
        added.add(entry);
        changed.add(entry.told);
      } else if (!entry.told.equals(entry.before)) {
        updated.add(entry);
        changed.add(entry.before);
        changed.add(entry.told);
      } else if (!Objects.equals(entry.earlier, earlierBefore.get(entry.told.key()))) {
        updated.add(entry);
      }
    }
    insert(connection, added);
    update(connection, updated);
    markDays(connection, changed);
  }

  private static void insert(Connection connection, List<Entry> added) throws SQLException {
    if (added.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(RecordSql.INSERT)) {
      insert.setArray(1, array(connection, "text", added, e -> e.told.connection()));
      insert.setArray(2, array(connection, "text", added, e -> e.told.what().kind().name()));
      insert.setArray(3, array(connection, "text", added, e -> e.told.what().id()));
      insert.setArray(4, array(connection, "text", added, e -> e.told.what().refund()));
      said(connection, insert, 5, added);
      insert.executeUpdate();
    }
  }

  private static void update(Connection connection, List<Entry> updated) throws SQLException {
    if (updated.isEmpty()) {
      return;
    }
    try (PreparedStatement update = connection.prepareStatement(RecordSql.UPDATE)) {
      int place = said(connection, update, 1, updated);
      update.setArray(place, array(connection, "text", updated, e -> e.earlier));
      update.setArray(
          place + 1, array(connection, "boolean", updated, e -> !e.told.equals(e.before)));
      update.setArray(place + 2, array(connection, "bigint", updated, e -> e.id));
      update.setArray(place + 3, array(connection, "timestamptz", updated, e -> e.recordedAt));
      update.executeUpdate();
    }
  }

  private static int said(Connection connection, PreparedStatement write, int from, List<Entry> e)
      throws SQLException {
    int place = from;
    write.setArray(place++, array(connection, "text", e, one -> one.told.what().shop()));
    write.setArray(place++, array(connection, "text", e, one -> one.told.what().number()));
    write.setArray(place++, array(connection, "numeric", e, one -> decimal(one.told)));
    write.setArray(place++, array(connection, "text", e, one -> RecordRows.currency(one.told)));
    write.setArray(place++, array(connection, "text", e, one -> one.told.what().state()));
    write.setArray(
        place++, array(connection, "timestamptz", e, one -> one.told.what().at().toString()));
    write.setArray(place++, array(connection, "date", e, one -> one.told.day().toString()));
    write.setArray(place++, array(connection, "text", e, one -> one.told.source()));
    write.setArray(place++, array(connection, "bigint", e, one -> one.told.inboxId()));
    return place;
  }

  private static BigDecimal decimal(Told told) {
    return new BigDecimal(told.what().amount().toDecimal());
  }

  private static void markDays(Connection connection, List<Told> changed) throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    record Day(String connection, String day) {}
    List<Day> days =
        changed.stream().map(t -> new Day(t.connection(), t.day().toString())).distinct().toList();
    try (PreparedStatement mark = connection.prepareStatement(RecordSql.CHANGED)) {
      mark.setArray(1, array(connection, "text", days, Day::connection));
      mark.setArray(2, array(connection, "date", days, Day::day));
      mark.executeUpdate();
    }
  }
}
