package io.orderbridge.outbox;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.call.Breaker;
import io.orderbridge.call.Limits;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.outbox.Target.Moot;
import io.orderbridge.outbox.Target.Retry;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Remembers what each target was last owed. A process that starts while a connection file is
 * refused goes on making that target's debts; they are delivered when the file is mended. Without
 * it, what happens meanwhile would never reach the target, and nobody would notice.
 */
@Singleton
public class KnownTargets {
  private static final Logger LOG = Logger.getLogger(KnownTargets.class);

  private final Database database;
  private final Targets targets;
  private final Set<String> recalled = new TreeSet<>();

  public KnownTargets(Database database, Targets targets) {
    this.database = database;
    this.targets = targets;
  }

  /** Owes what was owed last, to every target; called at start, before the files are read. */
  public synchronized void recall() {
    for (Target target : stored()) {
      targets.replace(target.name(), target);
      recalled.add(target.name());
    }
  }

  /**
   * Ends the start: a target whose file is gone is owed nothing more.
   *
   * @param refused connections whose files are there but cannot be read
   */
  public synchronized void settle(Set<String> refused) {
    for (String name : Set.copyOf(recalled)) {
      if (refused.contains(name)) {
        LOG.warnf(
            "target.recalled target=%s; owed as before, delivered when its file is mended", name);
      } else {
        follow(name, null);
      }
    }
  }

  /** Sets what a target is owed from now on and keeps it; null when it is owed nothing more. */
  public synchronized void follow(String name, Target target) {
    targets.replace(name, target);
    recalled.remove(name);
    database.run(
        connection -> {
          try (PreparedStatement forget =
              connection.prepareStatement("delete from known_target where name = ?")) {
            forget.setString(1, name);
            forget.executeUpdate();
          }
          if (target == null) {
            return;
          }
          try (PreparedStatement keep =
              connection.prepareStatement(
                  "insert into known_target (name, events, needs, order_by, shops)"
                      + " values (?, ?, ?, ?, ?)")) {
            keep.setString(1, name);
            keep.setString(2, String.join(",", target.events()));
            keep.setString(
                3, target.needs().stream().map(Enum::name).collect(Collectors.joining(",")));
            keep.setString(4, target.orderBy() == null ? "" : target.orderBy().toString());
            keep.setString(5, String.join(",", target.shops()));
            keep.executeUpdate();
          }
        });
  }

  private List<Target> stored() {
    return database.inTransaction(
        connection -> {
          List<Target> known = new ArrayList<>();
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "select name, events, needs, order_by, shops from known_target");
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              known.add(
                  dormant(
                      rows.getString(1),
                      rows.getString(2),
                      rows.getString(3),
                      rows.getString(4),
                      rows.getString(5)));
            }
          }
          return known;
        });
  }

  // Nothing is sent to it: it has no room in flight.
  private static Target dormant(
      String name, String events, String needs, String orderBy, String shops) {
    return new Target(
        name,
        List.of(events.split(",")),
        Arrays.stream(shops.split(",")).filter(s -> !s.isEmpty()).collect(Collectors.toSet()),
        Arrays.stream(needs.split(","))
            .filter(need -> !need.isEmpty())
            .map(Milestone::valueOf)
            .collect(Collectors.toSet()),
        false,
        orderBy.isEmpty() ? null : JsonPointer.compile(orderBy),
        new Retry(List.of(Duration.ofMinutes(1)), Duration.ofDays(3)),
        new Limits(0, Limits.Rate.NONE, Duration.ofSeconds(10), 0),
        new Breaker(1, Duration.ofSeconds(30)),
        Moot.LATER_STATE,
        List.of(),
        null);
  }
}
