package io.orderbridge.notice;

import static java.util.stream.Collectors.toMap;

import io.orderbridge.kernel.Round;
import io.orderbridge.notice.Notices.Due;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the clock does about notices: sends again what did not get through, decides anew what was
 * postponed, and gives up receipts that did not come in time. Its times stand in the database, so a
 * process that ends delays nothing.
 */
@Singleton
public class NoticeClock implements Round {
  private static final int BATCH = 500;
  private static final Duration GONE_AFTER = Duration.ofMinutes(5);
  private static final Duration EVERY = Duration.ofMillis(500);

  private final Database database;
  private final Notices notices;
  private final Receipts receipts;
  private final Vendors vendors;
  private final Map<String, Instant> goneSince = new ConcurrentHashMap<>();

  NoticeClock(Database database, Notices notices, Receipts receipts, Vendors vendors) {
    this.database = database;
    this.notices = notices;
    this.receipts = receipts;
    this.vendors = vendors;
  }

  @Override
  public String name() {
    return "notices-clock";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    // A receipt may be known that came before the vendor's answer; it counts before the clock does.
    receipts.recognise(now);
    while (database.inTransaction(connection -> due(connection, now)) == BATCH) {
      // The next batch.
    }
  }

  private int due(Connection connection, Instant now) throws SQLException {
    List<Due> due = notices.due(connection, now, BATCH);
    Map<String, List<Due>> byState = due.stream().collect(Collectors.groupingBy(Due::state));
    Instant watch = now.plus(NoticeSql.WATCHED);
    List<Due> planned = byState.getOrDefault("PLANNED", List.of());
    List<Due> again = planned.stream().filter(one -> one.tries() > 0).toList();
    notices.anew(connection, planned.stream().filter(one -> one.tries() == 0).toList());
    notices.queue(connection, again, again.stream().collect(toMap(Due::id, Due::vendor)), watch);
    watch(connection, byState.getOrDefault("QUEUED", List.of()), now);
    List<Due> accepted = byState.getOrDefault("ACCEPTED", List.of());
    receipts.recognise(connection, accepted.stream().map(Due::id).toList(), now);
    notices.unconfirmed(connection, accepted);
    return due.size();
  }

  // What waits for a vendor that is gone goes to another one, or the channel is over. One that may
  // have it already is not doubled.
  private void watch(Connection connection, List<Due> queued, Instant now) throws SQLException {
    List<Due> wait = new ArrayList<>();
    List<Due> stranded = new ArrayList<>();
    Map<Due, String> moved = new LinkedHashMap<>();
    for (Due one : queued) {
      List<Vendor> others = vendors.of(one.channel());
      if (!isGone(one.vendor(), now)) {
        wait.add(one);
      } else if (one.doubt() || others.isEmpty()) {
        stranded.add(one);
      } else {
        moved.put(one, others.get(0).connection());
      }
    }
    notices.watch(connection, wait, now.plus(NoticeSql.WATCHED));
    notices.stranded(connection, stranded, now);
    notices.queue(
        connection,
        List.copyOf(moved.keySet()),
        moved.entrySet().stream().collect(toMap(one -> one.getKey().id(), Map.Entry::getValue)),
        now.plus(NoticeSql.WATCHED));
  }

  // A connection that is edited or just being read is back within seconds.
  private boolean isGone(String vendor, Instant now) {
    if (vendors.find(vendor).isPresent()) {
      goneSince.remove(vendor);
      return false;
    }
    Instant since = goneSince.computeIfAbsent(vendor, key -> now);
    return !since.plus(GONE_AFTER).isAfter(now);
  }
}
