package io.orderbridge.work;

import io.orderbridge.store.Audit;
import io.orderbridge.store.Columns;
import io.orderbridge.store.Database;
import io.orderbridge.work.DeadLetter.Filter;
import io.orderbridge.work.DeadLetter.Opened;
import io.orderbridge.work.DeadLetter.Try;
import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.Work.Item;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The dead letters of inbox and outbox. Nothing leaves them silently: every change is by a person
 * with an audit row, or by the one rule of {@link #settleOlder}.
 */
@Singleton
public class DeadLetters {
  /** The rule by which a letter settles itself, as shown beside it. */
  public static final String MOOT_RULE =
      "a later delivery of the same order to the same target carried its whole state";

  private static final int PAGE_MAX = 500;
  private final Database database;
  private final WorkQueue queue;

  public DeadLetters(Database database, WorkQueue queue) {
    this.database = database;
    this.queue = queue;
  }

  /** Gives a piece of work up. Joins the caller's transaction, which also removes the work. */
  public void bury(Connection connection, Settlement settlement) throws SQLException {
    Item item = settlement.item();
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into dead_letter (work_id, queue, lane, ref, ref_at, subject, key, cause, place,
                                     message, payload, attempts, since, words)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """)) {
      insert.setLong(1, item.id());
      insert.setString(2, item.queue());
      insert.setString(3, item.lane());
      insert.setLong(4, item.what().ref());
      insert.setTimestamp(5, Timestamp.from(item.what().refAt()));
      insert.setString(6, item.what().subject());
      insert.setString(7, item.what().key());
      insert.setString(8, settlement.cause().name());
      insert.setString(9, Settlements.storable(settlement.place()));
      insert.setString(10, Settlements.storable(settlement.why()));
      insert.setBytes(11, settlement.payload() == null ? new byte[0] : settlement.payload());
      insert.setInt(12, item.attempts() + 1);
      insert.setTimestamp(13, Timestamp.from(item.since()));
      // A delivery is of one order, which is its subject; a message names its order in its body.
      boolean message = item.queue().startsWith("inbox:") && settlement.payload() != null;
      insert.setArray(
          14,
          message
              ? Columns.array(connection, "text", Words.of(settlement.payload()), word -> word)
              : null);
      insert.executeUpdate();
    }
  }

  /**
   * Settles open letters of the same queue and subject that are older than work now done, because
   * that work carried the whole state. Joins the caller's transaction.
   */
  void settleOlder(Connection connection, List<Item> done) throws SQLException {
    if (done.isEmpty()) {
      return;
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update dead_letter d
               set state = 'MOOT', settled_at = now(), settled_by = 'rule', reason = ?
              from unnest(?::text[], ?::text[], ?::bigint[]) as n (queue, subject, id)
             where d.state = 'OPEN' and d.queue = n.queue and d.subject = n.subject
               and d.work_id < n.id\
            """)) {
      update.setString(1, MOOT_RULE);
      update.setArray(2, Columns.array(connection, "text", done, Item::queue));
      update.setArray(3, Columns.array(connection, "text", done, item -> item.what().subject()));
      update.setArray(4, Columns.array(connection, "bigint", done, Item::id));
      update.executeUpdate();
    }
  }

  /**
   * Letters in the order of their numbers.
   *
   * @param after number of the last one seen; 0 for the first page
   * @param limit 1 to 500
   */
  public List<DeadLetter> list(Filter filter, long after, int limit) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select "
                      + DeadLetterRows.COLUMNS
                      + " from dead_letter "
                      + DeadLetterRows.match(filter)
                      + " and id > ? order by id limit ?")) {
            int next = DeadLetterRows.bind(query, filter);
            query.setLong(next, after);
            query.setInt(next + 1, Math.max(1, Math.min(limit, PAGE_MAX)));
            List<DeadLetter> letters = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                letters.add(DeadLetterRows.letter(rows));
              }
            }
            return letters;
          }
        });
  }

  /**
   * One letter with payload and attempts. The look is recorded: a payload may hold personal data.
   */
  public Optional<Opened> open(long id, String actor) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select "
                      + DeadLetterRows.COLUMNS
                      + ", payload, edited, ref from dead_letter where id = ?")) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
              if (!row.next()) {
                return Optional.<Opened>empty();
              }
              DeadLetter letter = DeadLetterRows.letter(row);
              Audit.write(connection, new Audit.Act(actor, "dead-letter.opened", "" + id, "", ""));
              List<Try> tries = DeadLetterRows.tries(connection, letter.queue(), row.getLong(17));
              return Optional.of(
                  new Opened(
                      letter,
                      DeadLetterRows.text(row.getBytes(15)),
                      DeadLetterRows.text(row.getBytes(16)),
                      tries));
            }
          }
        });
  }

  /**
   * Keeps a corrected copy that the next replay uses; the original stays.
   *
   * @return false when there is no open letter of this number
   */
  public boolean edit(long id, String payload, String actor) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update dead_letter set edited = ? where id = ? and state = 'OPEN'")) {
            update.setBytes(1, payload.getBytes(StandardCharsets.UTF_8));
            update.setLong(2, id);
            boolean edited = update.executeUpdate() == 1;
            if (edited) {
              Audit.write(
                  connection,
                  new Audit.Act(
                      actor, "dead-letter.edited", "" + id, "", "bytes=" + payload.length()));
            }
            return edited;
          }
        });
  }

  /**
   * Settles a letter without doing its work.
   *
   * @return false when there is no open letter of this number
   */
  public boolean discard(long id, String reason, String actor) {
    return database.inTransaction(
        connection -> {
          boolean settled = settle(connection, id, "DISCARDED", actor, reason);
          if (settled) {
            Audit.write(
                connection, new Audit.Act(actor, "dead-letter.discarded", "" + id, reason, ""));
          }
          return settled;
        });
  }

  private static boolean settle(
      Connection connection, long id, String state, String actor, String reason)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update dead_letter set state = ?, settled_at = now(), settled_by = ?, reason = ?
             where id = ? and state = 'OPEN'\
            """)) {
      update.setString(1, state);
      update.setString(2, actor);
      update.setString(3, reason);
      update.setLong(4, id);
      return update.executeUpdate() == 1;
    }
  }

  /**
   * Puts the open letters back into their queues, under the same idempotency keys and in front of
   * later work of their lanes. With a rate the first is due now and each next one later, so a
   * target is not flooded; the due times are stored and outlive a restart.
   *
   * @param id one letter, or null for all that the filter matches
   * @param perSecond 0 for no limit
   * @return how many were put back
   */
  public int replay(Long id, Filter filter, int perSecond, String actor) {
    int replayed = 0;
    int part;
    do {
      int before = replayed;
      part = database.inTransaction(c -> replayPart(c, id, filter, perSecond, before, actor));
      replayed += part;
    } while (part == PAGE_MAX);
    return replayed;
  }

  private int replayPart(
      Connection connection, Long id, Filter filter, int perSecond, int before, String actor)
      throws SQLException {
    int count = 0;
    try (PreparedStatement query =
        connection.prepareStatement(
            "select id, work_id, queue, lane, ref, ref_at, subject, key,"
                + " edited, since, now() from dead_letter "
                + DeadLetterRows.match(filter)
                + (id == null ? "" : " and id = ?")
                + " order by id limit ? for update")) {
      int next = DeadLetterRows.bind(query, filter);
      if (id != null) {
        query.setLong(next++, id);
      }
      query.setInt(next, PAGE_MAX);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Duration wait =
              perSecond <= 0
                  ? Duration.ZERO
                  : Duration.ofMillis(1000L * (before + count) / perSecond);
          queue.putBack(connection, item(row), wait);
          settle(connection, row.getLong(1), "REPLAYED", actor, "");
          Audit.write(
              connection,
              new Audit.Act(actor, "dead-letter.replayed", "" + row.getLong(1), "", ""));
          count++;
        }
      }
    }
    return count;
  }

  /**
   * Which of this work was given up before and put back by a person. Joins the caller's
   * transaction.
   */
  public Set<Long> replayed(Connection connection, Collection<Item> items) throws SQLException {
    return DeadLetterRows.buried(connection, items);
  }

  private static Item item(ResultSet row) throws SQLException {
    // Without an order to keep, each has a due time of its own; a common lane has only one, and all
    // but its first letter would come at once whatever the rate.
    String lane = row.getString(4).startsWith("#") ? "!" + row.getLong(2) : row.getString(4);
    Draft what =
        new Draft(
            row.getString(3),
            lane,
            row.getLong(5),
            row.getTimestamp(6).toInstant(),
            row.getString(7),
            row.getString(8),
            row.getBytes(9));
    // A replay has the whole retry schedule before it again.
    return new Item(row.getLong(2), what, 0, row.getTimestamp(11).toInstant());
  }
}
