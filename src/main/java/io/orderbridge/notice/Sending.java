package io.orderbridge.notice;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.order.OrderSnapshots;
import io.orderbridge.order.OrderSnapshots.Snapshot;
import io.orderbridge.store.Database;
import io.orderbridge.work.DeadLetters;
import io.orderbridge.work.Work.Item;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Messages with all that is needed to send them, read at the moment they are sent. */
@Singleton
class Sending {
  private final Database database;
  private final OrderSnapshots orders;
  private final Templates templates;
  private final NoticeRulesInForce rules;
  private final DeadLetters letters;

  Sending(
      Database database,
      OrderSnapshots orders,
      Templates templates,
      NoticeRulesInForce rules,
      DeadLetters letters) {
    this.letters = letters;
    this.database = database;
    this.orders = orders;
    this.templates = templates;
    this.rules = rules;
  }

  /**
   * A message as it is stored.
   *
   * @param away vendors that were tried in vain in the running try
   * @param doubt whether nobody knows if the vendor took it
   * @param personal the rule of the personal block; null when there is none in it
   * @param others whether another message of the notice is on its way
   * @param byHand whether a person has it sent from the dead letters, after it was given up
   */
  record Row(
      long id,
      long notice,
      String channel,
      String vendor,
      String state,
      int tries,
      Set<String> away,
      boolean doubt,
      String personal,
      String gate,
      long orderId,
      String item,
      Instant gateAt,
      String noticeState,
      String customer,
      boolean others,
      boolean byHand) {}

  /**
   * A message and what it is about.
   *
   * @param gate null when the rules do not have it any more
   * @param template null when there is none
   * @param data of the order, as in events
   * @param contacts of the customer, by kind
   */
  record Outgoing(
      Row row,
      Gate gate,
      Snapshot order,
      Map<String, Object> data,
      Template template,
      Map<String, String> contacts) {}

  /** By number; what does not exist is missing. */
  Map<Long, Outgoing> load(Collection<Item> items) {
    return database.inTransaction(connection -> load(connection, items));
  }

  private Map<Long, Outgoing> load(Connection connection, Collection<Item> items)
      throws SQLException {
    Set<Long> replayed = letters.replayed(connection, items);
    List<Row> rows =
        rows(
            connection,
            items.stream().map(item -> item.what().ref()).toList(),
            items.stream()
                .filter(item -> replayed.contains(item.id()))
                .map(item -> item.what().ref())
                .collect(Collectors.toSet()));
    NoticeRules now = rules.now();
    Map<Long, Snapshot> snapshots =
        orders.load(connection, rows.stream().map(Row::orderId).distinct().toList());
    Set<String> customers = new HashSet<>();
    Set<Templates.Key> keys = new HashSet<>();
    for (Row row : rows) {
      if (row.customer() != null) {
        customers.add(row.customer());
      }
      now.gate(row.gate()).ifPresent(g -> keys.add(new Templates.Key(g.template(), row.channel())));
    }
    Map<String, Map<String, String>> known = Contacts.of(connection, customers);
    Map<Templates.Key, Template> current = templates.current(connection, keys);
    Map<Long, Outgoing> outgoing = new HashMap<>();
    for (Row row : rows) {
      Gate gate = now.gate(row.gate()).orElse(null);
      Snapshot order = snapshots.get(row.orderId());
      outgoing.put(
          row.id(),
          new Outgoing(
              row,
              gate,
              order,
              order == null ? Map.of() : order.data(),
              gate == null ? null : current.get(new Templates.Key(gate.template(), row.channel())),
              CustomerContacts.of(order, known.getOrDefault(row.customer(), Map.of()))));
    }
    return outgoing;
  }

  private static List<Row> rows(Connection connection, Collection<Long> ids, Set<Long> replayed)
      throws SQLException {
    List<Row> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(NoticeSql.LOAD)) {
      query.setArray(1, array(connection, "bigint", ids, id -> id));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Row(
                  rows.getLong(1),
                  rows.getLong(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getString(5),
                  rows.getInt(6),
                  names(rows.getString(7)),
                  rows.getBoolean(8),
                  rows.getBoolean(9) ? rows.getString(15) : null,
                  rows.getString(10),
                  rows.getLong(11),
                  rows.getString(12),
                  rows.getTimestamp(13).toInstant(),
                  rows.getString(14),
                  rows.getString(16),
                  rows.getBoolean(17),
                  rows.getString(5).equals("FAILED") && replayed.contains(rows.getLong(1))));
        }
      }
    }
    return found;
  }

  private static Set<String> names(String list) {
    return list.isEmpty() ? Set.of() : Set.of(list.split(","));
  }
}
