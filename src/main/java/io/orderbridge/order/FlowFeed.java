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
      "select tx, seq, order_id, subject, at, body from event where (tx, seq) > (?, ?) and "
          + Events.SETTLED
          + " order by tx, seq limit ?";
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
   * @param first whether the order was not known before
   * @param happenedAt when that happened of which it tells; null when it tells of no milestone
   */
  public record Moment(OrderFlow flow, Instant storedAt, boolean first, Instant happenedAt) {}

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
          moments.add(moment(rows.getLong(3), rows.getString(4), storedAt, rows.getString(6)));
        }
      }
    }
    return new Page(moments, from[0] + "." + from[1], moments.size() == max);
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
  record Told(
      String status,
      Map<Milestone, String> milestones,
      List<Parcel> parcels,
      Change change,
      long revision) {}

  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Parcel(String id, Map<Milestone, String> milestones) {}

  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Change(Milestone milestone, String parcel, String system) {}

  static Moment moment(long order, String subject, Instant storedAt, String body) {
    Told told = told(body);
    List<OrderFlow.Step> steps = new ArrayList<>();
    told.milestones().forEach((milestone, at) -> steps.add(step(milestone, "", at)));
    for (Parcel parcel : told.parcels()) {
      parcel.milestones().forEach((milestone, at) -> steps.add(step(milestone, parcel.id(), at)));
    }
    OrderFlow flow = new OrderFlow(order, subject, told.status(), OrderFlow.reached(steps));
    return new Moment(flow, storedAt, told.revision() == 1, happened(told.change(), steps));
  }

  private static OrderFlow.Step step(Milestone milestone, String parcel, String at) {
    return new OrderFlow.Step(milestone, parcel, Instant.parse(at));
  }

  // A claim of a system whose word does not decide names a milestone too, and moves nothing.
  private static Instant happened(Change change, List<OrderFlow.Step> steps) {
    if (change == null || change.milestone() == null || change.system() != null) {
      return null;
    }
    String parcel = change.parcel() == null ? "" : change.parcel();
    return steps.stream()
        .filter(step -> step.milestone() == change.milestone() && step.parcel().equals(parcel))
        .map(OrderFlow.Step::at)
        .findFirst()
        .orElse(null);
  }

  private static Told told(String body) {
    try {
      return MAPPER.readValue(body, Body.class).told();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored event is not readable", e);
    }
  }
}
