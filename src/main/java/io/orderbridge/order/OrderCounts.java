package io.orderbridge.order;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;

/** Sets of orders by time, for whoever measures them. Everything joins the transaction. */
public final class OrderCounts {
  private static final String PLACED_TABLE =
      """
      create temporary table placed_now (order_id bigint not null, subject text not null)
      on commit drop\
      """;
  static final String PLACED =
      """
      insert into placed_now (order_id, subject)
      select id, shop || '/' || number from customer_order where created_on >= ? and created_on < ?
      union all
      select id, shop || '/' || number from customer_order
       where created_on is null and created_at >= ? and created_at < ?\
      """;
  private static final String TOUCHED_TABLE =
      """
      create temporary table touched_now (order_id bigint not null, what text not null)
      on commit drop\
      """;
  // By the order's name, or by the message that told of it: message by message, because the history
  // of orders is large and messages in a person's hand are few.
  static final String TOUCHED =
      """
      insert into touched_now (order_id, what)
      with told as materialized (
        select f.order_id, h.what
          from (select * from by_hand_now where inbox_id is not null) h
         cross join lateral (
           select order_id from order_fact where inbox_id = h.inbox_id offset 0) f)
      select p.order_id, h.what from placed_now p join by_hand_now h on h.subject = p.subject
      union
      select p.order_id, t.what from told t join placed_now p on p.order_id = t.order_id\
      """;

  private OrderCounts() {}

  /**
   * Makes the temporary tables {@code placed_now (order_id, subject)}: orders that were placed in
   * [from, to), those of which nobody told it by when they were first heard of; and {@code
   * touched_now (order_id, what)}: those of them that are in {@link io.orderbridge.store.ByHand}.
   */
  public static void placed(Connection connection, Instant from, Instant to) throws SQLException {
    try (Statement table = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement(PLACED);
        PreparedStatement touch = connection.prepareStatement(TOUCHED)) {
      table.execute(PLACED_TABLE);
      for (int place = 1; place <= 4; place += 2) {
        insert.setTimestamp(place, Timestamp.from(from));
        insert.setTimestamp(place + 1, Timestamp.from(to));
      }
      insert.executeUpdate();
      table.execute(TOUCHED_TABLE);
      table.execute("analyze placed_now; analyze by_hand_now");
      touch.executeUpdate();
    }
  }
}
