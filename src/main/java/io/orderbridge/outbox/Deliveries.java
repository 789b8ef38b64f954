package io.orderbridge.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.order.OrderTrace;
import io.orderbridge.order.OrderTrace.Happened;
import io.orderbridge.work.WorkTrace;
import io.orderbridge.work.WorkTrace.Buried;
import io.orderbridge.work.WorkTrace.Tried;
import io.orderbridge.work.WorkTrace.Waits;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What each target is and was owed of one order, read by index. Answers join the caller's
 * transaction.
 */
@Singleton
public class Deliveries {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OUTBOX = "outbox";

  private final Targets targets;
  private final WorkTrace work;

  public Deliveries(Targets targets, WorkTrace work) {
    this.targets = targets;
    this.work = work;
  }

  /**
   * The debts made by the order's events, the oldest first. Attempts are kept for 35 days: what was
   * paid before is not listed.
   */
  public List<Delivery> of(Connection connection, OrderTrace order) throws SQLException {
    Map<Long, Happened> events = new HashMap<>();
    order.events().forEach(event -> events.put(event.seq(), event));
    Instant from = order.events().isEmpty() ? Instant.EPOCH : order.events().get(0).at();
    DebtsFound found = new DebtsFound(events);
    List<Tried> tries = work.attempts(connection, OUTBOX, events.keySet(), from);
    tries.forEach(found::add);
    List<String> busy = work.queues(connection);
    List<Buried> letters = new ArrayList<>(work.about(connection, OUTBOX, events.keySet()));
    Set<String> queues = queues(tries, busy);
    letters.addAll(work.open(connection, queues, order.key().toString()));
    letters.forEach(found::add);
    queues.retainAll(busy);
    for (Waits one :
        work.waiting(connection, queues, lanes(order, tries, letters), order.key().toString())) {
      found.add(one);
    }
    return found.deliveries();
  }

  // Of targets that are gone as well: what they are owed stays.
  private Set<String> queues(List<Tried> tries, List<String> busy) {
    Set<String> queues = new TreeSet<>();
    targets.all().forEach(target -> queues.add(OrderDebts.queueName(target.name())));
    tries.forEach(tried -> queues.add(tried.queue()));
    busy.stream().filter(queue -> queue.startsWith(OUTBOX + ":")).forEach(queues::add);
    return queues;
  }

  // Where a debt may lie: with its order, with what it is ordered by, or by itself after a replay.
  private Set<String> lanes(OrderTrace order, List<Tried> tries, List<Buried> letters) {
    Set<String> lanes = new HashSet<>(Set.of(order.key().toString()));
    tries.forEach(tried -> lanes.add("!" + tried.workId()));
    letters.forEach(buried -> lanes.add("!" + buried.workId()));
    for (Target target : targets.all()) {
      if (target.orderBy() != null) {
        order
            .events()
            .forEach(
                event ->
                    lanes.add(
                        OrderDebts.lane(order.key(), cloudEvent(event.body()), target.orderBy())));
      }
    }
    return lanes;
  }

  private static Map<String, Object> cloudEvent(String body) {
    try {
      return JSON.readValue(body, OBJECT);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored event is not readable", e);
    }
  }
}
