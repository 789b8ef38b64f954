package io.orderbridge.order;

import io.orderbridge.kernel.Money;
import io.orderbridge.store.Columns;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What customers have bought: their orders over all shops, as far as these are known as theirs. */
@Singleton
public class Purchases {
  private static final int PER_CUSTOMER_MAX = 200;
  private static final String OF =
      """
      select c.customer, o.id, o.created_on, o.state
        from unnest(?::text[]) as c (customer)
        cross join lateral (
          select o.id, o.created_on, o.state
            from order_person p join customer_order o on o.id = p.order_id
           where p.customer = c.customer and o.created_on is not null and o.cancelled_on is null
           order by o.created_on desc limit ?) o\
      """;

  /**
   * An order that was not cancelled.
   *
   * @param at when it was ordered
   * @param total null when nobody has told it
   */
  public record Bought(long orderId, Instant at, Money total, List<Line> lines) {}

  /** What was bought; texts are empty when nobody has told them. */
  public record Line(String sku, String title, long quantity) {}

  /** By customer, the newest two hundred first. Joins the caller's transaction. */
  public Map<String, List<Bought>> of(Connection connection, Collection<String> customers)
      throws SQLException {
    Map<String, List<Bought>> bought = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(OF)) {
      query.setArray(1, Columns.array(connection, "text", customers, customer -> customer));
      query.setInt(2, PER_CUSTOMER_MAX);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          bought
              .computeIfAbsent(rows.getString(1), customer -> new ArrayList<>())
              .add(
                  bought(
                      rows.getLong(2),
                      rows.getTimestamp(3).toInstant(),
                      Json.state(rows.getString(4))));
        }
      }
    }
    return bought;
  }

  private static Bought bought(long id, Instant at, OrderState state) {
    OrderState.Versioned details = state.documents().get(OrderState.DETAILS);
    Map<String, Object> told = details == null ? Map.of() : details.value();
    Money total =
        told.get("total") == null
            ? null
            : Money.of((String) told.get("total"), (String) told.get("currency"));
    List<Line> lines = new ArrayList<>();
    if (told.get("lines") instanceof List<?> all) {
      for (Object one : all) {
        if (one instanceof Map<?, ?> line && line.get("quantity") instanceof Number quantity) {
          lines.add(
              new Line(
                  Objects.toString(line.get("sku"), ""),
                  Objects.toString(line.get("title"), ""),
                  quantity.longValue()));
        }
      }
    }
    return new Bought(id, at, total, lines);
  }
}
