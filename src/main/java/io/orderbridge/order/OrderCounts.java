package io.orderbridge.order;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Sets of orders by time, for whoever measures them. Everything joins the transaction. */
public final class OrderCounts {
  private static final String MOVED_TABLE =
      """
      create temporary table moved_now (seq bigint not null, order_id bigint not null,
             subject text not null, at timestamptz not null, happened timestamptz not null)
      on commit drop\
      """;
  // The time of a happening stands in the event itself: of a milestone at the order or at its
  // parcel. A partner's clock that is ahead of ours makes nothing early; what is older than the
  // limit was imported, not late.
  static final String MOVED =
      """
      insert into moved_now (seq, order_id, subject, at, happened)
      select seq, order_id, subject, at,
             case when told is null or told > at or told < at - make_interval(secs => ?) then at
                  else told end
        from (
          select e.seq, e.order_id, e.subject, e.at,
                 coalesce(
                   d.data #>> array['milestones', d.data #>> '{change,milestone}'],
                   (select p #>> array['milestones', d.data #>> '{change,milestone}']
                      from jsonb_array_elements(d.data -> 'parcels') p
                     where p ->> 'id' = d.data #>> '{change,parcel}'))::timestamptz as told
            from event e
           cross join lateral (select e.body::jsonb -> 'data' as data) d
           where e.at >= ? and e.at < ?
             and e.type not in ('order.updated', 'order.foreign-write')) told\
      """;
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
  // of
  // orders is large and messages in a person's hand are few.
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
   * Makes the temporary table {@code moved_now (seq, order_id, subject, at, happened)}: the status
   * events that came in [from, to), when they came and when they happened by the word that decides.
   *
   * @param history what happened longer before it came counts from when it came
   */
  public static void moved(Connection connection, Instant from, Instant to, Duration history)
      throws SQLException {
    try (Statement table = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement(MOVED)) {
      table.execute(MOVED_TABLE);
      insert.setLong(1, history.toSeconds());
      insert.setTimestamp(2, Timestamp.from(from));
      insert.setTimestamp(3, Timestamp.from(to));
      insert.executeUpdate();
      table.execute("analyze moved_now");
    }
  }

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
