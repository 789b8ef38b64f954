package io.orderbridge.order;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Milestone;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The change feed for who counts orders: what each event says of how far its order has come, and
 * how late the order book heard of it. Joins the caller's transaction; never skips a change that
 * commits late, see {@link Events#after}. Some ten microseconds per event.
 */
@Singleton
public class FlowFeed {
  // An event is some KB, of which five words are wanted: the reader passes over the rest.
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String NEWS =
      "select e.tx, e.seq, e.order_id, e.subject, e.at, e.body, "
          + Delays.MOVES
          + ", "
          + Delays.CAME_LATE
          + " from event e"
          + Delays.HAPPENED
          + "where (e.tx, e.seq) > (?, ?) and "
          + Events.SETTLED
          + " order by e.tx, e.seq limit ?";
  // Without another word on what is settled: what was passed was.
  private static final String PASSED =
      """
      select tx, seq, at from event where (tx, seq) > (?, ?) and (tx, seq) <= (?, ?)
       order by tx, seq limit ?\
      """;
  private static final String WALK =
      "select id from customer_order where id > ? order by id limit ?";

  private final OrderReadings readings;

  public FlowFeed(OrderReadings readings) {
    this.readings = readings;
  }

  /**
   * An event.
   *
   * @param flow how far the order had come with it
   * @param storedAt when the order book wrote it
   * @param moved whether it tells of a status
   * @param late whether it came late to the order book, see {@link Delays}
   */
  public record Moment(OrderFlow flow, Instant storedAt, boolean moved, boolean late) {}

  /**
   * A part of the feed.
   *
   * @param cursor where to go on
   * @param full whether more may follow at once
   */
  public record Page(List<Moment> moments, String cursor, boolean full) {}

  /**
   * @param cursor of the page before; empty from the beginning
   * @throws IllegalArgumentException when the cursor is none
   */
  public Page after(Connection connection, String cursor, int max) throws SQLException {
    long[] from = Events.position(cursor);
    List<Moment> moments = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(NEWS)) {
      query.setLong(1, from[0]);
      query.setLong(2, from[1]);
      query.setInt(3, max);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          from[0] = rows.getLong(1);
          from[1] = rows.getLong(2);
          Instant storedAt = rows.getTimestamp(5).toInstant();
          boolean moved = rows.getBoolean(7);
          moments.add(
              new Moment(
                  flow(rows.getLong(3), rows.getString(4), rows.getString(6)),
                  storedAt,
                  moved,
                  moved && rows.getBoolean(8)));
        }
      }
    }
    return new Page(moments, from[0] + "." + from[1], moments.size() == max);
  }

  /**
   * Orders that were late to reach a system.
   *
   * @param orders each with the time of its newest late event
   * @param cursor where to go on
   * @param full whether more may follow at once
   */
  public record Late(Map<Long, Instant> orders, String cursor, boolean full) {}

  /**
   * The orders that are late by events whose time to reach every target is over: whether they were
   * in time does not change any more.
   *
   * @param cursor of the call before; empty from the beginning
   * @param until cursor of the feed; nothing behind it is looked at
   * @throws IllegalArgumentException when a cursor is none
   */
  public Late late(Connection connection, String cursor, String until, Instant now, int max)
      throws SQLException {
    long[] from = Events.position(cursor);
    long[] to = Events.position(until);
    List<Events.Place> over = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(PASSED)) {
      query.setLong(1, from[0]);
      query.setLong(2, from[1]);
      query.setLong(3, to[0]);
      query.setLong(4, to[1]);
      query.setInt(5, max);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Instant storedAt = rows.getTimestamp(3).toInstant();
          if (!storedAt.plus(Delays.LATE).isBefore(now)) {
            break;
          }
          from[0] = rows.getLong(1);
          from[1] = rows.getLong(2);
          over.add(new Events.Place(from[1], storedAt));
        }
      }
    }
    Map<Long, Instant> late = Delays.late(connection, over, now);
    return new Late(late, over.isEmpty() ? cursor : from[0] + "." + from[1], over.size() == max);
  }

  /** The numbers of all orders after this one, in their order. */
  public List<Long> walk(Connection connection, long after, int max) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(WALK)) {
      query.setLong(1, after);
      query.setInt(2, max);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    return ids;
  }

  /** How far these orders have come by now. */
  public List<OrderFlow> now(Connection connection, Collection<Long> ids) throws SQLException {
    return readings.read(connection, ids).stream()
        .map(
            order ->
                new OrderFlow(
                    order.id(),
                    order.key().toString(),
                    order.status(),
                    OrderFlow.reached(
                        order.reached().stream()
                            .map(s -> new OrderFlow.Step(s.milestone(), s.parcel(), s.at()))
                            .toList())))
        .toList();
  }

  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Body(@JsonProperty("data") Told told) {}

  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Told(String status, Map<Milestone, String> milestones, List<Parcel> parcels) {}

  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Parcel(String id, Map<Milestone, String> milestones) {}

  private static OrderFlow flow(long order, String subject, String body) {
    Told told = told(body);
    List<OrderFlow.Step> steps = new ArrayList<>();
    told.milestones().forEach((milestone, at) -> steps.add(step(milestone, "", at)));
    for (Parcel parcel : told.parcels()) {
      parcel.milestones().forEach((milestone, at) -> steps.add(step(milestone, parcel.id(), at)));
    }
    return new OrderFlow(order, subject, told.status(), OrderFlow.reached(steps));
  }

  private static OrderFlow.Step step(Milestone milestone, String parcel, String at) {
    return new OrderFlow.Step(milestone, parcel, Instant.parse(at));
  }

  private static Told told(String body) {
    try {
      return MAPPER.readValue(body, Body.class).told();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored event is not readable", e);
    }
  }
}
