package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.OrderState.RefundState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an order looks like to others: derived from its state and from who owns what, never stored
 * by hand. The JSON of events and of {@code GET /api/orders}.
 */
final class OrderView {
  private static final List<Milestone> ON_THE_ROAD =
      List.of(
          Milestone.PACKED,
          Milestone.OUTBOUND_SCANNED,
          Milestone.PICKED_UP,
          Milestone.IN_TRANSIT,
          Milestone.DELIVERED);

  private final OrderState state;
  private final Ownership ownership;

  OrderView(OrderState state, Ownership ownership) {
    this.state = state;
    this.ownership = ownership;
  }

  /** Milestones reached by the word of a system that may say so, with their parcel. */
  SortedSet<String> reached() {
    SortedSet<String> reached = new TreeSet<>();
    state.claims().keySet().forEach(scope -> at(scope).ifPresent(at -> reached.add(scope)));
    return reached;
  }

  /** Claims of systems whose word does not decide: scope, system. */
  List<Map.Entry<String, String>> foreign() {
    List<Map.Entry<String, String>> foreign = new ArrayList<>();
    state
        .claims()
        .forEach(
            (scope, claims) -> {
              for (String system : claims.keySet()) {
                if (!ownership.decides(system, milestone(scope))) {
                  foreign.add(Map.entry(scope, system));
                }
              }
            });
    return foreign;
  }

  static Milestone milestone(String scope) {
    int parcel = scope.indexOf('@');
    return Milestone.valueOf(parcel < 0 ? scope : scope.substring(0, parcel));
  }

  static String parcel(String scope) {
    int parcel = scope.indexOf('@');
    return parcel < 0 ? "" : scope.substring(parcel + 1);
  }

  private Optional<Long> at(String scope) {
    Milestone milestone = milestone(scope);
    return state.claims().getOrDefault(scope, new TreeMap<>()).entrySet().stream()
        .filter(claim -> ownership.decides(claim.getKey(), milestone))
        .map(Map.Entry::getValue)
        .min(Long::compare);
  }

  /** The canonical status, in the words of the glossary. */
  String status() {
    int gone = parcelsPast(Milestone.OUTBOUND_SCANNED);
    if (at(Milestone.CANCELLED.name()).isPresent() && gone == 0) {
      return "CANCELLED";
    }
    if (at(Milestone.COMPLETED.name()).isPresent()) {
      return "COMPLETED";
    }
    int parcels = parcelsKnown();
    if (gone > 0 && gone < parcels) {
      return "PARTIALLY_SHIPPED";
    }
    if (gone > 0) {
      if (parcelsPast(Milestone.DELIVERED) == parcels) {
        return "DELIVERED";
      }
      return parcelsPast(Milestone.PICKED_UP) == parcels ? "IN_TRANSIT" : "SHIPPED";
    }
    if (parcels > 0 && parcelsPast(Milestone.PACKED) == parcels) {
      return "PACKED";
    }
    for (Milestone milestone : List.of(Milestone.ACCEPTED, Milestone.PAID, Milestone.CREATED)) {
      if (at(milestone.name()).isPresent()) {
        return milestone.name();
      }
    }
    // Somebody spoke of it, but nobody whose word counts has said that there is such an order.
    return "UNKNOWN";
  }

  // A parcel that only a foreign claim names does not make a shipment partial.
  private int parcelsKnown() {
    return (int)
        reached().stream()
            .map(OrderView::parcel)
            .filter(parcel -> !parcel.isEmpty())
            .distinct()
            .count();
  }

  // A later scan proves the earlier step even when its own message was lost.
  private int parcelsPast(Milestone least) {
    List<Milestone> proving = ON_THE_ROAD.subList(ON_THE_ROAD.indexOf(least), ON_THE_ROAD.size());
    int past = 0;
    for (String parcel : state.parcels().keySet()) {
      if (proving.stream().anyMatch(m -> at(m + "@" + parcel).isPresent())) {
        past++;
      }
    }
    return past;
  }

  /** The order as others see it, without personal data and without revision. */
  Map<String, Object> data(OrderKey key) {
    Map<String, Object> data = new LinkedHashMap<>();
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("shop", key.shop());
    order.put("number", key.number());
    data.put("order", order);
    data.put("status", status());
    data.put("milestones", milestones());
    data.put("parcels", parcels());
    data.put("payments", payments());
    paymentDifference().ifPresent(difference -> data.put("paymentDiffers", difference));
    data.put("refunds", refunds());
    OrderState.Versioned details = state.documents().get(OrderState.DETAILS);
    data.put("details", details == null ? Map.of() : details.value());
    Map<String, Object> raw = new TreeMap<>();
    state.raw().forEach((system, code) -> raw.put(system, code.text()));
    data.put("raw", raw);
    List<Map<String, Object>> contradictions = contradictions();
    if (!contradictions.isEmpty()) {
      data.put("foreignWrites", contradictions);
    }
    return data;
  }

  /** What was paid and what it costs, when both are known and differ. */
  Optional<Map<String, Object>> paymentDifference() {
    OrderState.Versioned details = state.documents().get(OrderState.DETAILS);
    return details == null
        ? Optional.empty()
        : PaymentCheck.difference(state.payments().values(), details.value());
  }

  private Map<String, Object> milestones() {
    Map<String, Object> milestones = new LinkedHashMap<>();
    for (Milestone milestone : Milestone.values()) {
      if (!milestone.perParcel()) {
        at(milestone.name()).ifPresent(at -> milestones.put(milestone.name(), time(at)));
      }
    }
    return milestones;
  }

  private List<Map<String, Object>> parcels() {
    List<Map<String, Object>> parcels = new ArrayList<>();
    state
        .parcels()
        .forEach(
            (id, parcel) -> {
              Map<String, Object> view = new LinkedHashMap<>();
              view.put("id", id);
              putIfPresent(view, "carrier", deciding(parcel.carrier()));
              putIfPresent(view, "trackingNo", deciding(parcel.trackingNo()));
              Map<String, Object> milestones = new LinkedHashMap<>();
              for (Milestone milestone : Milestone.values()) {
                at(milestone + "@" + id)
                    .ifPresent(at -> milestones.put(milestone.name(), time(at)));
              }
              view.put("milestones", milestones);
              parcels.add(view);
            });
    return parcels;
  }

  // The newest word of those who may assign tracking numbers; another system's stays a claim.
  private String deciding(Map<String, OrderState.Word> words) {
    return words.entrySet().stream()
        .filter(word -> ownership.decides(word.getKey(), Milestone.TRACKING_ASSIGNED))
        .max(
            Comparator.<Map.Entry<String, OrderState.Word>>comparingLong(w -> w.getValue().at())
                .thenComparing(Map.Entry::getKey))
        .map(word -> word.getValue().text())
        .orElse(null);
  }

  private List<Map<String, Object>> payments() {
    List<Map<String, Object>> payments = new ArrayList<>();
    state
        .payments()
        .forEach(
            (id, payment) -> {
              Map<String, Object> view = new LinkedHashMap<>();
              view.put("id", id);
              view.put("amount", payment.amount());
              view.put("currency", payment.currency());
              view.put("at", time(payment.at()));
              view.put("system", payment.system());
              payments.add(view);
            });
    return payments;
  }

  private List<Map<String, Object>> refunds() {
    List<Map<String, Object>> refunds = new ArrayList<>();
    state
        .refunds()
        .forEach(
            (id, refund) -> {
              Map.Entry<RefundStatus, Long> last = last(refund);
              Map<String, Object> view = new LinkedHashMap<>();
              view.put("id", id);
              view.put("status", last.getKey().name());
              if (!refund.amount().isEmpty()) {
                view.put("amount", refund.amount());
                view.put("currency", refund.currency());
              }
              view.put("at", time(last.getValue()));
              refunds.add(view);
            });
    return refunds;
  }

  private static Map.Entry<RefundStatus, Long> last(RefundState refund) {
    return refund.steps().entrySet().stream()
        .max(
            Map.Entry.<RefundStatus, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow();
  }

  private List<Map<String, Object>> contradictions() {
    List<Map<String, Object>> contradictions = new ArrayList<>();
    for (Map.Entry<String, String> claim : foreign()) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("milestone", milestone(claim.getKey()).name());
      if (!parcel(claim.getKey()).isEmpty()) {
        view.put("parcel", parcel(claim.getKey()));
      }
      view.put("system", claim.getValue());
      view.put("at", time(state.claims().get(claim.getKey()).get(claim.getValue())));
      view.put("owners", List.copyOf(ownership.owners(milestone(claim.getKey()))));
      view.put("reached", at(claim.getKey()).isPresent());
      contradictions.add(view);
    }
    return contradictions;
  }

  private static void putIfPresent(Map<String, Object> into, String name, String value) {
    if (value != null) {
      into.put(name, value);
    }
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
