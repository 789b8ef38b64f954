package io.orderbridge.notice;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A gate that is open for something of an order, as the order is after an event. Pure: the same
 * order gives the same answer, whatever was answered before.
 *
 * @param item the parcel or the refund; empty for the order itself
 * @param since when the last condition came true
 * @param conditions when each came true
 */
record Opened(
    Gate gate, OrderEvent event, String item, Instant since, Map<String, String> conditions) {
  private static final String MILESTONES = "milestones";

  /** What of the gate is open after the event. */
  static List<Opened> by(Gate gate, OrderEvent event, Instant now) {
    if (!(event.cloudEvent().get("data") instanceof Map<?, ?> data)) {
      return List.of();
    }
    List<Opened> opened = new ArrayList<>();
    for (Map<?, ?> one : things(gate, data)) {
      Map<String, String> conditions = conditions(gate, data, one);
      if (conditions != null) {
        Instant since =
            conditions.values().stream().map(Instant::parse).max(Instant::compareTo).orElse(now);
        if (since.isAfter(now.minus(gate.newest()))) {
          String item = gate.of() == Gate.Of.ORDER ? "" : Objects.toString(one.get("id"));
          opened.add(new Opened(gate, event, item, since, conditions));
        }
      }
    }
    return opened;
  }

  private static List<Map<?, ?>> things(Gate gate, Map<?, ?> data) {
    return switch (gate.of()) {
      case ORDER -> List.of(data);
      case PARCEL -> maps(data.get("parcels"));
      case REFUND -> maps(data.get("refunds"));
    };
  }

  private static List<Map<?, ?>> maps(Object list) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (list instanceof List<?> all) {
      for (Object one : all) {
        if (one instanceof Map<?, ?> map) {
          maps.add(map);
        }
      }
    }
    return maps;
  }

  // Null when one of them does not hold.
  private static Map<String, String> conditions(Gate gate, Map<?, ?> data, Map<?, ?> thing) {
    Map<String, String> conditions = new TreeMap<>();
    for (Milestone need : gate.when()) {
      String at = at(need.perParcel() ? thing : data, need);
      if (at == null) {
        return null;
      }
      conditions.put(need.name(), at);
    }
    boolean refused =
        gate.unless().stream().anyMatch(need -> at(need.perParcel() ? thing : data, need) != null);
    boolean numbered =
        !gate.tracking() || thing.get("trackingNo") instanceof String no && !no.isBlank();
    if (refused || !numbered) {
      return null;
    }
    if (gate.of() == Gate.Of.REFUND) {
      if (!gate.refund().equals(thing.get("status"))) {
        return null;
      }
      conditions.put(gate.refund(), String.valueOf(thing.get("at")));
    }
    return conditions;
  }

  /** Whether an order has reached a milestone: itself, or this parcel of it. */
  static boolean reached(Map<?, ?> data, String parcel, Milestone milestone) {
    if (!milestone.perParcel()) {
      return at(data, milestone) != null;
    }
    return maps(data.get("parcels")).stream()
        .anyMatch(one -> parcel.equals(one.get("id")) && at(one, milestone) != null);
  }

  /** When a milestone was reached; null when it was not. */
  private static String at(Map<?, ?> thing, Milestone milestone) {
    return thing.get(MILESTONES) instanceof Map<?, ?> reached
            && reached.get(milestone.name()) != null
        ? reached.get(milestone.name()).toString()
        : null;
  }
}
