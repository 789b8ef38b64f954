package io.orderbridge.work;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.Cause;
import io.orderbridge.store.Database;
import io.orderbridge.store.GroupCommit;
import io.orderbridge.work.Settlement.Outcome;
import io.orderbridge.work.Work.Item;
import io.orderbridge.work.WorkQueue.Release;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** Writes how attempts ended, many in one commit: attempts, dead letters, and the queues' rows. */
@Singleton
public class Settlements {
  private static final Logger LOG = Logger.getLogger("io.orderbridge.attempt");
  private static final int WAITING_MAX = 8192;
  private static final Set<Cause> QUOTING =
      EnumSet.of(
          Cause.ROUTE_FAILED,
          Cause.TARGET_REFUSED,
          Cause.NUMBER_INVALID,
          Cause.USER_BLOCKED,
          Cause.TEMPLATE_INVALID,
          Cause.CHANNEL_AUTH_EXPIRED,
          Cause.CHANNEL_QUOTA,
          Cause.TARGET_BUSY,
          Cause.TOKEN_EXPIRED,
          Cause.ANSWER_FORGED,
          Cause.ANSWER_BROKEN);

  private static final String ATTEMPT =
      """
      insert into attempt
        (work_id, queue, ref, subject, number, outcome, cause, status, answer, why, took_ms)
      select * from unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::int[], ?::text[],
                           ?::text[], ?::int[], ?::text[], ?::text[], ?::int[])\
      """;

  private final WorkQueue queue;
  private final DeadLetters deadLetters;
  private final WorkMeter meter;
  private final GroupCommit<Entry, Void> writer;

  private record Entry(Settlement settlement, Release release) {}

  public Settlements(Database database, WorkQueue queue, DeadLetters deadLetters, WorkMeter meter) {
    this.meter = meter;
    this.queue = queue;
    this.deadLetters = deadLetters;
    this.writer = new GroupCommit<>("settlements", database, WAITING_MAX, this::write);
  }

  /**
   * Writes the end of an attempt and, with its last item, of a claim.
   *
   * @param release null while the claim goes on
   * @return completes after the commit, on the writer's thread; fails as {@link GroupCommit#submit}
   */
  CompletableFuture<Void> submit(Settlement settlement, Release release) {
    if (release == null && !settlement.leavesTrace()) {
      return CompletableFuture.completedFuture(null);
    }
    return writer.submit(new Entry(settlement, release));
  }

  // What a library or a partner's database says may quote the data it stumbled over. The attempt
  // and
  // the dead letter keep it whole; the log keeps the kind.
  private static String loggable(Settlement ended) {
    int colon =
        ended.cause() != null && QUOTING.contains(ended.cause()) ? ended.why().indexOf(": ") : -1;
    return colon < 0 ? ended.why() : ended.why().substring(0, colon);
  }

  @PreDestroy
  void close() {
    writer.close();
  }

  private List<Void> write(Connection connection, List<Entry> entries) throws SQLException {
    List<Settlement> traced =
        entries.stream().map(Entry::settlement).filter(Settlement::leavesTrace).toList();
    attempts(connection, traced);
    List<Settlement> dead = with(traced, Outcome.DEAD);
    for (Settlement settlement : dead) {
      deadLetters.bury(connection, settlement);
    }
    queue.pay(connection, items(dead));
    List<Settlement> done = with(traced, Outcome.DONE);
    queue.pay(connection, items(done));
    for (Settlement.Along along : alongs(traced)) {
      along.write(connection);
    }
    deadLetters.settleOlder(
        connection, done.stream().filter(Settlement::settlesOlder).map(Settlement::item).toList());
    List<Settlement> again = with(traced, Outcome.AGAIN);
    queue.countAttempt(
        connection, items(again.stream().filter(settlement -> !settlement.apart()).toList()));
    for (Settlement settlement : again) {
      if (settlement.apart()) {
        moveApart(connection, settlement);
      }
    }
    queue.release(
        connection, entries.stream().map(Entry::release).filter(Objects::nonNull).toList());
    return Collections.nCopies(entries.size(), null);
  }

  private static List<Settlement.Along> alongs(List<Settlement> settlements) {
    return settlements.stream()
        .map(Settlement::along)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingLong(Settlement.Along::turn))
        .toList();
  }

  private void moveApart(Connection connection, Settlement settlement) throws SQLException {
    Item item = settlement.item();
    queue.pay(connection, List.of(item));
    Work.Draft what = item.what();
    Work.Draft apart =
        new Work.Draft(
            what.queue(),
            "!" + item.id(),
            what.ref(),
            what.refAt(),
            what.subject(),
            what.key(),
            what.payload());
    queue.putBack(
        connection,
        new Item(item.id(), apart, item.attempts() + 1, item.since()),
        settlement.rest());
  }

  private static void attempts(Connection connection, List<Settlement> traced) throws SQLException {
    if (traced.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(ATTEMPT)) {
      insert.setArray(1, array(connection, "bigint", traced, s -> s.item().id()));
      insert.setArray(2, array(connection, "text", traced, s -> s.item().queue()));
      insert.setArray(3, array(connection, "bigint", traced, s -> s.item().what().ref()));
      insert.setArray(4, array(connection, "text", traced, s -> s.item().what().subject()));
      insert.setArray(5, array(connection, "int", traced, s -> s.item().attempts() + 1));
      insert.setArray(6, array(connection, "text", traced, s -> s.outcome().name()));
      insert.setArray(
          7, array(connection, "text", traced, s -> s.cause() == null ? null : s.cause().name()));
      insert.setArray(
          8, array(connection, "int", traced, s -> s.status() == 0 ? null : s.status()));
      insert.setArray(9, array(connection, "text", traced, s -> storable(s.answer())));
      insert.setArray(10, array(connection, "text", traced, s -> storable(s.why())));
      insert.setArray(11, array(connection, "int", traced, s -> (int) s.took().toMillis()));
      insert.executeUpdate();
    }
  }

  // PostgreSQL keeps no NUL in text, and a target's answer may hold anything.
  static String storable(String text) {
    return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', ' ');
  }

  private static List<Settlement> with(List<Settlement> settlements, Outcome outcome) {
    return settlements.stream().filter(settlement -> settlement.outcome() == outcome).toList();
  }

  private static List<Item> items(List<Settlement> settlements) {
    return settlements.stream().map(Settlement::item).toList();
  }

  /** One wide event per attempt, the same keys everywhere; why holds no payload. */
  void tell(Settlement ended) {
    meter.ended(ended);
    Logger.Level level = ended.outcome() == Outcome.DEAD ? Logger.Level.WARN : Logger.Level.INFO;
    if (!LOG.isEnabled(level)) {
      return;
    }
    // Not a format string: at thousands of attempts a second reading it again and again is felt.
    LOG.log(
        level,
        "work.attempted queue="
            + ended.item().queue()
            + " subject="
            + ended.item().what().subject()
            + " key="
            + ended.item().what().key()
            + " attempt="
            + (ended.item().attempts() + 1)
            + " outcome="
            + ended.outcome()
            + " cause="
            + ended.cause()
            + " place="
            + ended.place()
            + " status="
            + ended.status()
            + " took_ms="
            + ended.took().toMillis()
            + " next_ms="
            + ended.rest().toMillis()
            + " why="
            + loggable(ended));
  }
}
