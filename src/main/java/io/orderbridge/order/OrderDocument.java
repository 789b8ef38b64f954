package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The JSON of an order: of events, of {@code GET /api/orders}, and what people forced. */
final class OrderDocument {
  private final OrderState state;
  private final OrderView order;

  OrderDocument(OrderState state, OrderView order) {
    this.state = state;
    this.order = order;
  }

  /** The order as others see it, without personal data and without revision. */
  Map<String, Object> data(OrderKey key) {
    Map<String, Object> data = new LinkedHashMap<>();
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("shop", key.shop());
    named.put("number", key.number());
    data.put("order", named);
    data.put("status", order.status());
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
        order.at(milestone.name()).ifPresent(at -> milestones.put(milestone.name(), time(at)));
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
              putIfPresent(view, "carrier", order.deciding(parcel.carrier()));
              putIfPresent(view, "trackingNo", order.deciding(parcel.trackingNo()));
              Map<String, Object> milestones = new LinkedHashMap<>();
              for (Milestone milestone : Milestone.values()) {
                order
                    .at(milestone + "@" + id)
                    .ifPresent(at -> milestones.put(milestone.name(), time(at)));
              }
              view.put("milestones", milestones);
              parcels.add(view);
            });
    return parcels;
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
              Map.Entry<RefundStatus, Long> last = OrderView.last(refund);
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

  /** What people forced, for who may look into the order; targets and the feed do not see it. */
  List<Map<String, Object>> forced() {
    List<Map<String, Object>> forced = new ArrayList<>();
    state
        .forced()
        .forEach(
            (scope, word) -> {
              Map<String, Object> view = new LinkedHashMap<>();
              view.put("milestone", OrderView.milestone(scope).name());
              putIfPresent(
                  view,
                  "parcel",
                  OrderView.parcel(scope).isEmpty() ? null : OrderView.parcel(scope));
              view.put("says", word.says().name());
              view.put("at", time(word.at()));
              view.put("by", word.by());
              view.put("reason", word.reason());
              view.put("version", time(word.version()));
              forced.add(view);
            });
    return forced;
  }

  private List<Map<String, Object>> contradictions() {
    List<Map<String, Object>> contradictions = new ArrayList<>();
    for (Map.Entry<String, String> claim : order.foreign()) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("milestone", OrderView.milestone(claim.getKey()).name());
      if (!OrderView.parcel(claim.getKey()).isEmpty()) {
        view.put("parcel", OrderView.parcel(claim.getKey()));
      }
      view.put("system", claim.getValue());
      view.put("at", time(state.claims().get(claim.getKey()).get(claim.getValue())));
      view.put("owners", List.copyOf(order.owners(OrderView.milestone(claim.getKey()))));
      view.put("reached", order.at(claim.getKey()).isPresent());
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
