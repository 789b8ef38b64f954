package io.orderbridge.repair;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.kernel.OrderKey;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Orders for which another repair asks for a refund: what it comes to is not known yet. */
@Singleton
class RefundsInFlight {
  // In the order of their keys, so that two repairs cannot lock each other out.
  private static final String QUEUE_UP =
      """
      select pg_advisory_xact_lock(28521, place)
        from (select distinct hashtext(shop || '/' || number) as place
                from unnest(?::text[], ?::text[]) as k (shop, number) order by place) sorted\
      """;
  // One that was begun has to be ended; one that was only proposed is in the way of later ones.
  private static final String ASKED =
      """
      select i.shop, i.number, min(i.repair_id)
        from repair_item i
        join unnest(?::text[], ?::text[]) as k (shop, number)
          on i.shop = k.shop and i.number = k.number
        join repair r on r.id = i.repair_id
       where r.action = ? and i.state = 'PLANNED' and r.id <> ?
         and (i.task is not null
              or r.state in ('PROPOSED', 'APPROVED', 'APPLYING', 'STOPPED')
                 and (? = 0 or r.id < ?))
       group by i.shop, i.number\
      """;

  /**
   * Makes other repairs wait that look at the same orders, until this transaction ends.
   *
   * @param wish of the repair that looks; it is not in its own way. Before it has a number every
   *     other one is in its way, later only those that are older or have begun.
   * @return by order, why no refund of it may be asked for
   */
  Map<OrderKey, Why> of(Connection connection, Collection<OrderKey> orders, Wish wish)
      throws SQLException {
    Map<OrderKey, Why> asked = new HashMap<>();
    try (PreparedStatement queueUp = connection.prepareStatement(QUEUE_UP);
        PreparedStatement query = connection.prepareStatement(ASKED)) {
      queueUp.setArray(1, array(connection, "text", orders, OrderKey::shop));
      queueUp.setArray(2, array(connection, "text", orders, OrderKey::number));
      queueUp.execute();
      query.setArray(1, array(connection, "text", orders, OrderKey::shop));
      query.setArray(2, array(connection, "text", orders, OrderKey::number));
      query.setString(3, RefundAction.NAME);
      for (int place = 4; place <= 6; place++) {
        query.setLong(place, wish.id());
      }
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          asked.put(
              new OrderKey(rows.getString(1), rows.getString(2)),
              Why.of("补单 %d 已经要求退款", "repair %d asks for a refund of it already", rows.getLong(3)));
        }
      }
    }
    return asked;
  }
}
