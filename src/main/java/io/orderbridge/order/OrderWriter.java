package io.orderbridge.order;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Happenings.Happening;
import io.orderbridge.order.OrderBook.Recorded;
import io.orderbridge.order.OrderBook.Recording;
import io.orderbridge.work.Work;
import io.orderbridge.work.WorkQueue;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Folds a batch of recordings into the order book: orders, history, events and debts in one
 * transaction, with a handful of statements however large the batch.
 */
@Singleton
class OrderWriter {
  private final OrderTables tables;
  private final Ownership ownership;
  private final Iterable<Debts> debts;
  private final WorkQueue queue;
  private final Clock clock;

  @Inject
  OrderWriter(
      OrderTables tables,
      Ownership ownership,
      Instance<Debts> debts,
      WorkQueue queue,
      Clock clock) {
    this(tables, ownership, (Iterable<Debts>) debts, queue, clock);
  }

  OrderWriter(
      OrderTables tables,
      Ownership ownership,
      Iterable<Debts> debts,
      WorkQueue queue,
      Clock clock) {
    this.tables = tables;
    this.ownership = ownership;
    this.debts = debts;
    this.queue = queue;
    this.clock = clock;
  }

  /** An order while a batch works on it. */
  static final class Entry {
    final OrderKey key;
    long id;
    long revision;
    String stored;
    OrderState state;
    OrderColumns columns;
    Map<String, OrderState.PaymentState> paymentsBefore = Map.of();
    Map<String, OrderState.RefundState> refundsBefore = Map.of();
    Set<String> trackingBefore = Set.of();
    Map<String, Object> receiver;

    Entry(OrderKey key) {
      this.key = key;
      this.state = OrderState.empty();
    }

    boolean isNew() {
      return stored == null;
    }
  }

  /** What one recording added to the history of an order. */
  record Said(Entry order, Recording recording, Facts facts) {}

  /** An event before it has its number. */
  record Drafted(
      Entry order,
      Recording recording,
      Happening happening,
      long revision,
      Map<String, Object> data) {}

  List<Recorded> write(Connection connection, List<Recording> recordings) throws SQLException {
    Map<OrderKey, Entry> orders = tables.lock(connection, OrderBook.keys(recordings));
    List<Said> said = new ArrayList<>();
    List<Drafted> drafted = new ArrayList<>();
    List<Recorded> results = new ArrayList<>();
    for (Recording recording : recordings) {
      int events = 0;
      int foreign = 0;
      for (Facts facts : recording.facts()) {
        Entry order = orders.get(facts.order());
        said.add(new Said(order, recording, facts));
        List<Happening> happened = fold(order, facts, recording, drafted);
        events += happened.size();
        foreign += count(happened, Happenings.FOREIGN_WRITE);
      }
      results.add(new Recorded(events, foreign));
    }
    tables.save(connection, orders.values());
    OrderSets.save(connection, orders.values());
    tables.addHistory(connection, said);
    tables.addForeignWrites(connection, foreignWrites(drafted));
    List<OrderEvent> events = tables.addEvents(connection, events(drafted));
    for (Debts one : debts) {
      one.owe(connection, events);
    }
    queue.pay(connection, settled(recordings));
    return results;
  }

  private List<OrderTables.ForeignWrite> foreignWrites(List<Drafted> drafted) {
    List<OrderTables.ForeignWrite> writes = new ArrayList<>();
    for (Drafted draft : drafted) {
      if (draft.happening().type().equals(Happenings.FOREIGN_WRITE)) {
        String scope = String.valueOf(draft.happening().change().get("milestone"));
        String system = String.valueOf(draft.happening().change().get("system"));
        writes.add(
            new OrderTables.ForeignWrite(
                draft.order().id,
                system,
                scope,
                draft.order().state.claims().get(scope).get(system),
                String.join(",", ownership.owners(OrderView.milestone(scope))),
                draft.recording().inboxId()));
      }
    }
    return writes;
  }

  private static int count(List<Happening> happened, String type) {
    return (int) happened.stream().filter(happening -> happening.type().equals(type)).count();
  }

  private static List<Work.Item> settled(List<Recording> recordings) {
    return recordings.stream().map(Recording::settles).filter(Objects::nonNull).toList();
  }

  private List<Happening> fold(
      Entry order, Facts facts, Recording recording, List<Drafted> drafted) {
    OrderState before = order.revision == 0 ? null : Json.state(Json.text(order.state));
    String receiver = facts.receiver() == null ? null : Json.text(facts.receiver());
    String hash = receiver == null ? null : Json.fingerprint(order.key + "|" + receiver);
    Fold.merge(order.state, facts, recording.system(), hash);
    if (hash != null && hash.equals(order.state.documents().get(OrderState.RECEIVER).text())) {
      order.receiver = facts.receiver();
    }
    List<Happening> happened = Happenings.between(order.key, before, order.state, ownership);
    if (!happened.isEmpty()) {
      order.revision++;
    }
    OrderView view = new OrderView(order.state, ownership);
    order.columns = OrderColumns.of(order.state, view);
    if (!happened.isEmpty()) {
      Map<String, Object> data = view.data(order.key);
      happened.forEach(h -> drafted.add(new Drafted(order, recording, h, order.revision, data)));
    }
    return happened;
  }

  private List<OrderEvent> events(List<Drafted> drafted) {
    Instant now = clock.instant();
    return drafted.stream().map(draft -> event(draft, now)).toList();
  }

  /** An event before it has its number. */
  static OrderEvent event(Drafted draft, Instant now) {
    return new OrderEvent(
        0,
        now,
        draft.happening().id(),
        draft.happening().type(),
        draft.order().id,
        draft.order().key,
        cloudEvent(draft, now));
  }

  private static Map<String, Object> cloudEvent(Drafted draft, Instant now) {
    Map<String, Object> data = new LinkedHashMap<>(draft.data());
    data.put("change", draft.happening().change());
    data.put("revision", draft.revision());
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("id", draft.happening().id());
    event.put("source", "/orderbridge");
    event.put("type", draft.happening().type());
    event.put("subject", draft.order().key.toString());
    event.put("time", now.toString());
    event.put("datacontenttype", "application/json");
    event.put("data", data);
    return event;
  }
}
