package io.orderbridge.inbox;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.Cause;
import io.orderbridge.store.Database;
import io.orderbridge.store.GroupCommit;
import io.orderbridge.work.DeadLetters;
import io.orderbridge.work.Settlement;
import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.Work.Item;
import io.orderbridge.work.WorkQueue;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Stores raw messages, once per sender's id, and queues them in the same transaction. What
 * completes without failure is on disk.
 */
@Singleton
public class Inbox {
  private static final int CHECKSUM_BYTES = 12;
  // 2,000 messages of 1 MB would be too much memory; the door bounds bytes, this bounds count.
  private static final int WAITING_MAX = 4096;
  // Lanes of a connection whose messages have no order to keep: enough for all processors.
  private static final int LANES = 64;
  private static final int CHANGED_ID_BYTES = CHECKSUM_BYTES;

  private final WorkQueue queue;
  private final DeadLetters deadLetters;
  private final GroupCommit<Hashed, Stored> writer;

  // merging: whether the same id with other content is one more message.
  private record Hashed(Arrival arrival, byte[] hash, boolean merging) {
    Key key() {
      return new Key(arrival.connection(), arrival.messageId());
    }
  }

  private record Key(String connection, String messageId) {}

  private record Known(long inboxId, byte[] hash) {}

  private record Numbered(long id, Hashed message) {}

  public Inbox(Database database, WorkQueue queue, DeadLetters deadLetters) {
    this.queue = queue;
    this.deadLetters = deadLetters;
    this.writer = new GroupCommit<>("inbox", database, WAITING_MAX, this::write);
  }

  /**
   * Stores a message.
   *
   * @return completes after the commit; fails with {@link io.orderbridge.store.StoreUnavailable}
   *     when the database is away or too much waits
   */
  CompletableFuture<Stored> store(Arrival arrival) {
    return writer.submit(hashed(arrival, false));
  }

  /**
   * Stores messages in the caller's transaction. The same id with other content is kept under an id
   * made of the content, and queued like any other.
   */
  List<Stored> writeMerging(Connection connection, List<Arrival> arrivals) throws SQLException {
    return write(connection, arrivals.stream().map(arrival -> hashed(arrival, true)).toList());
  }

  private static Hashed hashed(Arrival arrival, boolean merging) {
    Arrival storable =
        new Arrival(
            arrival.connection(),
            storable(arrival.messageId()),
            storable(arrival.kind()),
            storable(arrival.headers()),
            arrival.orderBy() == null ? null : storable(arrival.orderBy()),
            arrival.body());
    return new Hashed(storable, checksum(arrival.body()), merging);
  }

  // PostgreSQL keeps no NUL, and half a surrogate pair comes back from it as something else: an id
  // with one would never be found again.
  static String storable(String text) {
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return whole.replace('\0', ' ');
  }

  @PreDestroy
  void close() {
    writer.close();
  }

  // Tells a sender's mistake, not an attack: whoever can send here has the secret. So it may be
  // quick.
  private static byte[] checksum(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    CRC32 other = new CRC32();
    other.update(body);
    return ByteBuffer.allocate(CHECKSUM_BYTES)
        .putInt((int) crc.getValue())
        .putInt((int) other.getValue())
        .putInt(body.length)
        .array();
  }

  static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String queueName(String connection) {
    return "inbox:" + connection;
  }

  private List<Stored> write(Connection connection, List<Hashed> messages) throws SQLException {
    Map<Key, Hashed> firsts = new HashMap<>();
    List<Hashed> distinct = new ArrayList<>();
    for (Hashed message : messages) {
      if (firsts.putIfAbsent(message.key(), message) == null) {
        distinct.add(message);
      }
    }
    Map<Key, Known> known = see(connection, distinct);
    List<Numbered> fresh = new ArrayList<>();
    for (Hashed message : distinct) {
      Known number = known.get(message.key());
      if (number.hash() == null) {
        fresh.add(new Numbered(number.inboxId(), message));
      }
    }
    Instant receivedAt = insert(connection, fresh);
    queue.put(connection, fresh.stream().map(one -> draft(one, receivedAt)).toList());
    if (distinct.size() > fresh.size()) {
      addHashes(connection, distinct, known);
    }
    List<Stored> results = new ArrayList<>();
    for (Hashed message : messages) {
      Known number = known.get(message.key());
      boolean first = number.hash() == null && firsts.get(message.key()) == message;
      byte[] hash = number.hash() == null ? firsts.get(message.key()).hash() : number.hash();
      if (first) {
        results.add(new Stored(number.inboxId(), Stored.How.NEW));
      } else if (Arrays.equals(hash, message.hash())) {
        results.add(new Stored(number.inboxId(), Stored.How.REPEATED));
      } else {
        results.add(keepChanged(connection, message));
      }
    }
    return results;
  }

  // New ids get a number and no hash; ids seen before get theirs from addHashes.
  private static Map<Key, Known> see(Connection connection, List<Hashed> messages)
      throws SQLException {
    Map<Key, Known> known = new HashMap<>();
    try (PreparedStatement seen = connection.prepareStatement(InboxSql.SEEN)) {
      seen.setArray(1, array(connection, "text", messages, m -> m.arrival().connection()));
      seen.setArray(2, array(connection, "text", messages, m -> m.arrival().messageId()));
      seen.setArray(3, array(connection, "bytea", messages, Hashed::hash));
      try (ResultSet rows = seen.executeQuery()) {
        while (rows.next()) {
          known.put(
              new Key(rows.getString(1), rows.getString(2)), new Known(rows.getLong(3), null));
        }
      }
    }
    byte[] unknown = new byte[0];
    messages.forEach(message -> known.putIfAbsent(message.key(), new Known(0, unknown)));
    return known;
  }

  private static void addHashes(Connection connection, List<Hashed> messages, Map<Key, Known> known)
      throws SQLException {
    List<Hashed> repeated =
        messages.stream().filter(message -> known.get(message.key()).hash() != null).toList();
    try (PreparedStatement query = connection.prepareStatement(InboxSql.KNOWN)) {
      query.setArray(1, array(connection, "text", repeated, m -> m.arrival().connection()));
      query.setArray(2, array(connection, "text", repeated, m -> m.arrival().messageId()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          known.put(
              new Key(rows.getString(1), rows.getString(2)),
              new Known(rows.getLong(3), rows.getBytes(4)));
        }
      }
    }
  }

  private static Instant insert(Connection connection, List<Numbered> fresh) throws SQLException {
    if (fresh.isEmpty()) {
      return Instant.EPOCH;
    }
    try (PreparedStatement insert = connection.prepareStatement(InboxSql.MESSAGE)) {
      insert.setArray(1, array(connection, "bigint", fresh, Numbered::id));
      insert.setArray(2, array(connection, "text", fresh, n -> n.message().arrival().connection()));
      insert.setArray(3, array(connection, "text", fresh, n -> n.message().arrival().messageId()));
      insert.setArray(4, array(connection, "text", fresh, n -> n.message().arrival().kind()));
      insert.setArray(5, array(connection, "text", fresh, n -> n.message().arrival().headers()));
      insert.setArray(6, array(connection, "bytea", fresh, n -> n.message().arrival().body()));
      try (ResultSet rows = insert.executeQuery()) {
        rows.next();
        return rows.getTimestamp(1).toInstant();
      }
    }
  }

  private static Draft draft(Numbered numbered, Instant receivedAt) {
    Arrival arrival = numbered.message().arrival();
    String lane =
        arrival.orderBy() == null
            ? "#" + Math.floorMod(arrival.messageId().hashCode(), LANES)
            : "=" + arrival.orderBy();
    return new Draft(
        queueName(arrival.connection()),
        lane,
        numbered.id(),
        receivedAt,
        arrival.messageId(),
        arrival.connection() + "/" + arrival.messageId(),
        null);
  }

  // Kept under an id of its own, made of the content, so that a repeat of the changed message is a
  // repeat. Not applied: which of the two is right only a person can say.
  private Stored keepChanged(Connection connection, Hashed message) throws SQLException {
    Arrival arrival = message.arrival();
    String id =
        arrival.messageId() + "~" + HexFormat.of().formatHex(message.hash(), 0, CHANGED_ID_BYTES);
    Hashed renamed =
        new Hashed(
            new Arrival(
                arrival.connection(),
                id,
                arrival.kind(),
                arrival.headers(),
                arrival.orderBy(),
                arrival.body()),
            message.hash(),
            message.merging());
    Map<Key, Known> known = see(connection, List.of(renamed));
    Known number = known.get(renamed.key());
    if (number.hash() != null) {
      addHashes(connection, List.of(renamed), known);
      return new Stored(known.get(renamed.key()).inboxId(), Stored.How.CHANGED);
    }
    Numbered numbered = new Numbered(number.inboxId(), renamed);
    Instant receivedAt = insert(connection, List.of(numbered));
    if (message.merging()) {
      queue.put(connection, List.of(draft(numbered, receivedAt)));
      return new Stored(number.inboxId(), Stored.How.NEW);
    }
    Item item = new Item(queue.nextId(connection), draft(numbered, receivedAt), 0, receivedAt);
    deadLetters.bury(
        connection,
        Settlement.dead(
            item,
            Cause.MESSAGE_ID_REUSED,
            "",
            "the sender used this message id before with other content; compare the two, then"
                + " replay or discard",
            arrival.body(),
            Duration.ZERO));
    return new Stored(number.inboxId(), Stored.How.CHANGED);
  }
}
