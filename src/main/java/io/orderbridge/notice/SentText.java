package io.orderbridge.notice;

import io.orderbridge.kernel.Refusal;
import io.orderbridge.order.OrderSnapshots;
import io.orderbridge.order.OrderSnapshots.Snapshot;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The words of messages, made again of the version of the template by which they were sent and of
 * the order as it is now: words are not kept. A version that is gone has none.
 */
@Singleton
public class SentText {
  private static final String MASKED = "王**";
  private static final String MESSAGES =
      """
      select s.id, s.channel, s.vendor, s.version, s.personal, n.gate, n.item, n.order_id,
             n.personal
        from notice_send s join notice n on n.id = s.notice_id
       where n.id = ? and s.version is not null order by s.id\
      """;

  private final Database database;
  private final OrderSnapshots orders;
  private final ShippedTemplates shipped;
  private final Vendors vendors;
  private final NoticeRulesInForce policy;

  SentText(
      Database database,
      OrderSnapshots orders,
      ShippedTemplates shipped,
      Vendors vendors,
      NoticeRulesInForce policy) {
    this.database = database;
    this.orders = orders;
    this.shipped = shipped;
    this.vendors = vendors;
    this.policy = policy;
  }

  private record Message(
      long id,
      String channel,
      String vendor,
      int version,
      boolean hasBlock,
      String gate,
      String item,
      long order,
      String block) {}

  /** By the ids of the messages as {@link NoticeList.Sent}; the customer's name is masked. */
  public Map<String, String> masked(long notice) {
    return database.inTransaction(connection -> texts(connection, notice, false));
  }

  /** The same with the name; that somebody looked stands in the audit. */
  public Map<String, String> open(long notice, String actor) {
    return database.inTransaction(
        connection -> {
          Audit.write(
              connection, new Audit.Act(actor, "notice.opened", "notice " + notice, "", ""));
          return texts(connection, notice, true);
        });
  }

  private Map<String, String> texts(Connection connection, long notice, boolean open)
      throws SQLException {
    List<Message> messages = messages(connection, notice);
    Map<Long, Snapshot> known =
        orders.load(connection, messages.stream().map(Message::order).distinct().toList());
    Map<String, String> texts = new HashMap<>();
    for (Message message : messages) {
      Snapshot order = known.get(message.order());
      Gate gate = policy.now().gate(message.gate()).orElse(null);
      if (order != null && gate != null) {
        String text = text(connection, message, gate, order, open);
        if (text != null) {
          texts.put("N" + message.id(), text);
        }
      }
    }
    return texts;
  }

  private String text(
      Connection connection, Message message, Gate gate, Snapshot order, boolean open)
      throws SQLException {
    Templates.Key key = new Templates.Key(gate.template(), message.channel());
    try {
      Template template = template(connection, key, message.version());
      if (template == null) {
        return null;
      }
      String name = Objects.toString(order.receiver().get("name"), "");
      NoticeRules rules = policy.now();
      Map<String, String> values =
          new HashMap<>(
              OrderValues.of(
                  order.data(),
                  open || name.isEmpty() ? name : MASKED,
                  OrderValues.About.of(gate.of(), message.item()),
                  new OrderValues.Reader(rules.zone(), Locale.CHINESE, rules.carriers())));
      rules.personal().stream()
          .filter(rule -> message.hasBlock() && rule.name().equals(message.block()))
          .findFirst()
          .ifPresent(
              rule -> values.put(Variable.PERSONAL.word(), rule.block("zh", Map.copyOf(values))));
      int most = vendors.find(message.vendor()).map(Vendor::textMax).orElse(Integer.MAX_VALUE);
      return template.render(message.vendor(), most, values).text();
    } catch (Refusal e) {
      return null;
    }
  }

  private Template template(Connection connection, Templates.Key key, int version)
      throws SQLException {
    if (version == 0) {
      return shipped.find(key).orElse(null);
    }
    TemplateVersion found = TemplateRows.find(connection, key, version).orElse(null);
    return found == null
        ? null
        : TemplateBody.read(key.name(), key.channel(), version, found.body());
  }

  private static List<Message> messages(Connection connection, long notice) throws SQLException {
    List<Message> messages = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(MESSAGES)) {
      query.setLong(1, notice);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          messages.add(
              new Message(
                  rows.getLong(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getInt(4),
                  rows.getBoolean(5),
                  rows.getString(6),
                  rows.getString(7),
                  rows.getLong(8),
                  rows.getString(9)));
        }
      }
    }
    return messages;
  }
}
