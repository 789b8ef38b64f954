package io.orderbridge.notice;

import io.orderbridge.kernel.Round;
import io.orderbridge.notice.Plans.Decided;
import io.orderbridge.notice.Plans.Fresh;
import io.orderbridge.notice.Plans.Plan;
import io.orderbridge.order.OrderSnapshots;
import io.orderbridge.order.OrderSnapshots.Snapshot;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides by which channels a notice goes, batch by batch: of a gate with all channels each that
 * the customer has, otherwise the next one that may be used. What was decided, and by which rule,
 * stands with the notice in the same transaction as its messages.
 */
@Singleton
public class Planner implements Round {
  private static final int BATCH = 250;
  private static final Duration EVERY = Duration.ofMillis(100);

  private final Database database;
  private final Plans plans;
  private final NoticeRulesInForce rules;
  private final Vendors vendors;
  private final OrderSnapshots orders;
  private final KnownCustomers customers;

  Planner(
      Database database,
      Plans plans,
      NoticeRulesInForce rules,
      Vendors vendors,
      OrderSnapshots orders,
      KnownCustomers customers) {
    this.database = database;
    this.plans = plans;
    this.rules = rules;
    this.vendors = vendors;
    this.orders = orders;
    this.customers = customers;
  }

  @Override
  public String name() {
    return "notices-plan";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    if (!rules.known()) {
      return;
    }
    while (database.inTransaction(connection -> plan(connection, now)) == BATCH) {
      // The next batch.
    }
  }

  private int plan(Connection connection, Instant now) throws SQLException {
    List<Fresh> fresh = plans.take(connection, BATCH);
    if (fresh.isEmpty()) {
      return 0;
    }
    NoticeRules current = rules.now();
    Map<Long, Snapshot> snapshots =
        orders.load(connection, fresh.stream().map(Fresh::orderId).distinct().toList());
    Deciding.Known known = customers.of(connection, snapshots.values(), current, now);
    Map<Long, Set<String>> tried = plans.tried(connection, fresh.stream().map(Fresh::id).toList());
    Deciding deciding = new Deciding(current, vendors, known, now);
    List<Plan> planned = new ArrayList<>();
    List<Decided> decided = new ArrayList<>();
    for (Fresh notice : fresh) {
      Snapshot order = snapshots.get(notice.orderId());
      decided.add(
          deciding.decide(notice, order, tried.getOrDefault(notice.id(), Set.of()), planned));
    }
    plans.write(connection, planned, decided, now);
    // Of one that was planned before, another channel may have reached the customer already.
    Set<Long> follow = new HashSet<>(tried.keySet());
    follow.addAll(deciding.nothingSent());
    Notices.follow(connection, follow);
    return fresh.size();
  }
}
