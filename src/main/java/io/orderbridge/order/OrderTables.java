package io.orderbridge.order;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.OrderWriter.Entry;
import io.orderbridge.order.OrderWriter.Said;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The SQL of the order book's tables, multi-row throughout. */
@Singleton
class OrderTables {
  // Before the transaction has a number: row locks alone would give it one with the first order and
  // let it wait for the next, and the feed would then tell a later change of that order earlier.
  // Sorted, so that two batches cannot lock each other out.
  private static final String QUEUE_UP =
      """
      select pg_advisory_xact_lock(28515, place)
        from (select distinct hashtext(shop || '/' || number) as place
                from unnest(?::text[], ?::text[]) as k (shop, number) order by place) sorted\
      """;
  // In the order of their keys, so that two batches lock orders in the same order.
  private static final String LOCK =
      """
      select o.id, o.shop, o.number, o.revision, o.state
        from customer_order o
        join unnest(?::text[], ?::text[]) as k (shop, number)
          on o.shop = k.shop and o.number = k.number
       order by o.shop, o.number
         for update of o\
      """;
  private static final String INSERT =
      """
      insert into customer_order (shop, number, status, revision, state, total, currency,
                                  created_on, paid_on, cancelled_on, since, payments)
      select * from unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::numeric[],
                           ?::text[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
                           ?::timestamptz[], ?::int[])
          as n (shop, number, status, revision, state)
       order by shop, number
      on conflict (shop, number) do nothing
      returning id, shop, number\
      """;
  private static final String UPDATE =
      """
      update customer_order o
         set status = n.status, revision = n.revision, state = n.state, updated_at = now(),
             total = n.total, currency = n.currency, created_on = n.created_on,
             paid_on = n.paid_on, cancelled_on = n.cancelled_on, since = n.since,
             payments = n.payments
        from unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::numeric[], ?::text[],
                    ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
                    ?::int[])
          as n (id, status, revision, state, total, currency, created_on, paid_on, cancelled_on,
                since, payments)
       where o.id = n.id\
      """;
  private static final String PERSON =
      """
      insert into order_person (order_id, receiver, customer)
      select * from unnest(?::bigint[], ?::text[], ?::text[])
      on conflict (order_id) do update
         set receiver = excluded.receiver, customer = excluded.customer, updated_at = now()\
      """;
  private static final String HISTORY =
      """
      insert into order_fact (order_id, system, inbox_id, facts)
      select * from unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[])\
      """;
  private static final String FOREIGN =
      """
      insert into foreign_write (order_id, system, field, claimed, owners, inbox_id)
      select * from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
      on conflict (order_id, system, field) do nothing\
      """;
  // tx orders the change feed, see Events.
  private static final String EVENT =
      """
      insert into event (id, type, subject, order_id, body, tx)
      select id, type, subject, order_id, body,
             pg_current_xact_id()::text::bigint + (select amount from feed_offset)
        from unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[]) with ordinality
          as e (id, type, subject, order_id, body, place)
       order by place
      returning id, seq, at\
      """;

  /** A claim of a system on a milestone that others own. */
  record ForeignWrite(
      long orderId, String system, String field, long claimedAt, String owners, Long inboxId) {}

  /** Locks the orders that exist and makes entries, not yet rows, for those that do not. */
  Map<OrderKey, Entry> lock(Connection connection, List<OrderKey> keys) throws SQLException {
    Map<OrderKey, Entry> entries = new LinkedHashMap<>();
    keys.forEach(key -> entries.put(key, new Entry(key)));
    try (PreparedStatement queueUp = connection.prepareStatement(QUEUE_UP);
        PreparedStatement lock = connection.prepareStatement(LOCK)) {
      queueUp.setArray(1, array(connection, "text", keys, OrderKey::shop));
      queueUp.setArray(2, array(connection, "text", keys, OrderKey::number));
      queueUp.execute();
      lock.setArray(1, array(connection, "text", keys, OrderKey::shop));
      lock.setArray(2, array(connection, "text", keys, OrderKey::number));
      try (ResultSet rows = lock.executeQuery()) {
        while (rows.next()) {
          Entry entry = entries.get(new OrderKey(rows.getString(2), rows.getString(3)));
          entry.id = rows.getLong(1);
          entry.revision = rows.getLong(4);
          entry.stored = rows.getString(5);
          entry.state = Json.state(entry.stored);
          entry.paymentsBefore = Map.copyOf(entry.state.payments());
          entry.refundsBefore = Map.copyOf(entry.state.refunds());
          entry.trackingBefore = OrderSets.trackingNumbers(entry.state);
        }
      }
    }
    return entries;
  }

  /** Writes new and changed orders; afterwards every entry has its number. */
  void save(Connection connection, Collection<Entry> entries) throws SQLException {
    List<Entry> added = entries.stream().filter(Entry::isNew).toList();
    Map<Entry, String> states = new HashMap<>();
    entries.forEach(entry -> states.put(entry, Json.text(entry.state)));
    if (!added.isEmpty()) {
      insert(connection, added, states);
    }
    List<Entry> changed =
        entries.stream()
            .filter(entry -> !entry.isNew() && !entry.stored.equals(states.get(entry)))
            .toList();
    if (!changed.isEmpty()) {
      try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
        update.setArray(1, array(connection, "bigint", changed, entry -> entry.id));
        update.setArray(2, array(connection, "text", changed, entry -> entry.columns.status()));
        update.setArray(3, array(connection, "bigint", changed, entry -> entry.revision));
        update.setArray(4, array(connection, "text", changed, states::get));
        columns(connection, update, 5, changed);
        update.executeUpdate();
      }
    }
    List<Entry> persons = entries.stream().filter(entry -> entry.receiver != null).toList();
    if (!persons.isEmpty()) {
      try (PreparedStatement person = connection.prepareStatement(PERSON)) {
        person.setArray(1, array(connection, "bigint", persons, entry -> entry.id));
        person.setArray(2, array(connection, "text", persons, entry -> Json.text(entry.receiver)));
        person.setArray(3, array(connection, "text", persons, OrderTables::customer));
        person.executeUpdate();
      }
    }
  }

  private static String customer(Entry entry) {
    return CustomerKey.of(
        (String) entry.receiver.get("phone"),
        entry.key.shop(),
        (String) entry.receiver.get("buyer"));
  }

  private static void insert(Connection connection, List<Entry> added, Map<Entry, String> states)
      throws SQLException {
    Map<OrderKey, Entry> byKey = new HashMap<>();
    added.forEach(entry -> byKey.put(entry.key, entry));
    int inserted = 0;
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setArray(1, array(connection, "text", added, entry -> entry.key.shop()));
      insert.setArray(2, array(connection, "text", added, entry -> entry.key.number()));
      insert.setArray(3, array(connection, "text", added, entry -> entry.columns.status()));
      insert.setArray(4, array(connection, "bigint", added, entry -> entry.revision));
      insert.setArray(5, array(connection, "text", added, states::get));
      columns(connection, insert, 6, added);
      try (ResultSet rows = insert.executeQuery()) {
        while (rows.next()) {
          byKey.get(new OrderKey(rows.getString(2), rows.getString(3))).id = rows.getLong(1);
          inserted++;
        }
      }
    }
    if (inserted < added.size()) {
      // Another process made the order between our look and our insert: fold again on top of it.
      throw new SQLException("an order was added at the same time", "40001");
    }
  }

  private static void columns(
      Connection connection, PreparedStatement write, int first, List<Entry> entries)
      throws SQLException {
    write.setArray(first, array(connection, "numeric", entries, e -> e.columns.total()));
    write.setArray(first + 1, array(connection, "text", entries, e -> e.columns.currency()));
    int place = first + 2;
    for (Function<OrderColumns, Instant> time :
        List.<Function<OrderColumns, Instant>>of(
            OrderColumns::createdOn,
            OrderColumns::paidOn,
            OrderColumns::cancelledOn,
            OrderColumns::since)) {
      write.setArray(
          place++,
          array(connection, "timestamptz", entries, e -> OrderColumns.text(time.apply(e.columns))));
    }
    write.setArray(place, array(connection, "int", entries, e -> e.columns.payments()));
  }

  /** Adds what was said to the orders' history; personal data stays out. */
  void addHistory(Connection connection, List<Said> said) throws SQLException {
    if (said.isEmpty()) {
      return;
    }
    try (PreparedStatement history = connection.prepareStatement(HISTORY)) {
      history.setArray(1, array(connection, "bigint", said, one -> one.order().id));
      history.setArray(2, array(connection, "text", said, one -> one.recording().system()));
      history.setArray(3, array(connection, "bigint", said, one -> one.recording().inboxId()));
      history.setArray(4, array(connection, "text", said, one -> HistoryText.of(one.facts())));
      history.executeUpdate();
    }
  }

  /** Records foreign claims; a claim that is known already is left as it is. */
  void addForeignWrites(Connection connection, List<ForeignWrite> writes) throws SQLException {
    if (writes.isEmpty()) {
      return;
    }
    try (PreparedStatement foreign = connection.prepareStatement(FOREIGN)) {
      foreign.setArray(1, array(connection, "bigint", writes, ForeignWrite::orderId));
      foreign.setArray(2, array(connection, "text", writes, ForeignWrite::system));
      foreign.setArray(3, array(connection, "text", writes, ForeignWrite::field));
      foreign.setArray(
          4,
          array(
              connection,
              "text",
              writes,
              write -> Instant.ofEpochMilli(write.claimedAt()).toString()));
      foreign.setArray(5, array(connection, "text", writes, ForeignWrite::owners));
      foreign.setArray(6, array(connection, "bigint", writes, ForeignWrite::inboxId));
      foreign.executeUpdate();
    }
  }

  /** Writes events in the order given and answers them with their numbers. */
  List<OrderEvent> addEvents(Connection connection, List<OrderEvent> drafts) throws SQLException {
    if (drafts.isEmpty()) {
      return drafts;
    }
    Map<String, OrderEvent> byId = new HashMap<>();
    drafts.forEach(draft -> byId.put(draft.id(), draft));
    List<OrderEvent> events = new ArrayList<>();
    try (PreparedStatement insert = connection.prepareStatement(EVENT)) {
      insert.setArray(1, array(connection, "text", drafts, OrderEvent::id));
      insert.setArray(2, array(connection, "text", drafts, OrderEvent::type));
      insert.setArray(3, array(connection, "text", drafts, draft -> draft.order().toString()));
      insert.setArray(4, array(connection, "bigint", drafts, OrderEvent::orderId));
      insert.setArray(5, array(connection, "text", drafts, draft -> Json.text(draft.cloudEvent())));
      try (ResultSet rows = insert.executeQuery()) {
        while (rows.next()) {
          OrderEvent draft = byId.get(rows.getString(1));
          events.add(
              new OrderEvent(
                  rows.getLong(2),
                  rows.getTimestamp(3).toInstant(),
                  draft.id(),
                  draft.type(),
                  draft.orderId(),
                  draft.order(),
                  draft.cloudEvent()));
        }
      }
    }
    return events;
  }
}
