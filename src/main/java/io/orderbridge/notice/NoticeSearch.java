package io.orderbridge.notice;

import io.orderbridge.notice.NoticeList.Filter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A filter of notices as a statement whose cost does not grow with the shop: only the conditions
 * that are wanted, in the form in which an index has them.
 */
final class NoticeSearch {
  private static final String BY_CHANNEL =
      "exists (select from notice_send s where s.notice_id = n.id and s.channel = ?)";

  private final List<String> found = new ArrayList<>();
  private final List<String> looked = new ArrayList<>();
  private final List<Object> foundBy = new ArrayList<>();
  private final List<Object> lookedBy = new ArrayList<>();
  private final boolean fenced;

  /**
   * @throws IllegalArgumentException when there is no such state
   */
  NoticeSearch(Filter filter) {
    if (filter.state() != null) {
      found.add(inState(filter.state()));
    }
    narrow("n.gate = ?", filter.gate(), found, foundBy);
    narrow("n.gate_at >= ?", stamp(filter.from()), found, foundBy);
    narrow("n.gate_at < ?", stamp(filter.to()), found, foundBy);
    narrow("n.id < ?", filter.before(), found, foundBy);
    narrow("n.order_id = any (?)", ids(filter.orders()), found, foundBy);
    narrow("n.decided::jsonb @> ?::jsonb", ofRule(filter.rule()), looked, lookedBy);
    narrow(BY_CHANNEL, filter.channel(), looked, lookedBy);
    // Else a day of last month is looked for by walking back to it, notice by notice.
    fenced = filter.from() != null && filter.to() != null;
  }

  /** The newest first; the last parameter is how many. */
  String rows() {
    String source = looked.isEmpty() ? source() : newest();
    return source + where(looked) + " order by n.id desc limit ?";
  }

  /** How many are looked at, and the oldest of them. */
  String oldest() {
    return "select count(*), min(n.id) from " + newest();
  }

  /** Sets the parameters of {@link #rows}; the number of the next parameter. */
  int bind(PreparedStatement query) throws SQLException {
    int place = bindLooked(query);
    for (Object value : lookedBy) {
      query.setObject(place++, value);
    }
    return place;
  }

  /** Sets the parameters of {@link #oldest}; the number of the next parameter. */
  int bindLooked(PreparedStatement query) throws SQLException {
    int place = 1;
    for (Object value : foundBy) {
      query.setObject(place++, value);
    }
    return place;
  }

  private String source() {
    String rows = "notice n" + where(found);
    return fenced ? "(select * from " + rows + " offset 0) n" : rows;
  }

  private String newest() {
    return "(select * from "
        + source()
        + " order by n.id desc limit "
        + NoticeList.LOOKED_MAX
        + ") n";
  }

  private static String where(List<String> conditions) {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  // What was delivered and then read was delivered.
  private static String inState(String state) {
    if (!NoticeList.STATES.contains(state)) {
      throw new IllegalArgumentException(
          "'state' is one of " + String.join(", ", NoticeList.STATES));
    }
    return state.equals("delivered")
        ? "n.state in ('DELIVERED', 'READ')"
        : "n.state = '" + state.toUpperCase(Locale.ROOT) + "'";
  }

  private static void narrow(
      String condition, Object value, List<String> conditions, List<Object> values) {
    if (value != null) {
      conditions.add(condition);
      values.add(value);
    }
  }

  private static Long[] ids(Collection<Long> orders) {
    return orders == null ? null : orders.toArray(Long[]::new);
  }

  private static String ofRule(String rule) {
    return rule == null ? null : Json.write(List.of(Map.of("rule", rule)));
  }

  private static Timestamp stamp(Instant at) {
    return at == null ? null : Timestamp.from(at);
  }
}
