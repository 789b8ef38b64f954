package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.OrderTrace.Claim;
import io.orderbridge.order.OrderTrace.ForcedWord;
import io.orderbridge.order.OrderTrace.Happened;
import io.orderbridge.order.OrderTrace.Parcel;
import io.orderbridge.order.OrderTrace.Payment;
import io.orderbridge.order.OrderTrace.Raw;
import io.orderbridge.order.OrderTrace.Refund;
import io.orderbridge.order.OrderTrace.Said;
import io.orderbridge.order.OrderTrace.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns the stored state of an order into its {@link OrderTrace}. */
final class TraceReader {
  private final OrderState state;
  private final OrderView view;

  TraceReader(OrderState state, OrderView view) {
    this.state = state;
    this.view = view;
  }

  OrderTrace trace(
      OrderKey key, OrderTrace.Standing standing, List<Said> history, List<Happened> events) {
    Map<Milestone, Instant> milestones = new EnumMap<>(Milestone.class);
    Map<Milestone, Set<String>> owners = new EnumMap<>(Milestone.class);
    for (Milestone milestone : Milestone.values()) {
      owners.put(milestone, view.owners(milestone));
      view.at(milestone.name()).ifPresent(at -> milestones.put(milestone, time(at)));
    }
    return new OrderTrace(
        key,
        standing,
        milestones,
        parcels(),
        payments(),
        refunds(),
        total(),
        tags(),
        claims(),
        raw(),
        forced(key),
        owners,
        history,
        events);
  }

  private List<Parcel> parcels() {
    List<Parcel> parcels = new ArrayList<>();
    state
        .parcels()
        .forEach(
            (id, parcel) -> {
              Map<Milestone, Instant> reached = new EnumMap<>(Milestone.class);
              for (Milestone milestone : Milestone.values()) {
                view.at(milestone + "@" + id).ifPresent(at -> reached.put(milestone, time(at)));
              }
              parcels.add(
                  new Parcel(
                      id,
                      view.deciding(parcel.carrier()),
                      view.deciding(parcel.trackingNo()),
                      reached));
            });
    return parcels;
  }

  private List<Payment> payments() {
    List<Payment> payments = new ArrayList<>();
    state
        .payments()
        .forEach(
            (id, paid) ->
                payments.add(
                    new Payment(
                        id,
                        Money.of(paid.amount(), paid.currency()),
                        time(paid.at()),
                        paid.system())));
    return payments;
  }

  private List<Refund> refunds() {
    List<Refund> refunds = new ArrayList<>();
    state
        .refunds()
        .forEach(
            (id, refund) -> {
              Map.Entry<RefundStatus, Long> last = OrderView.last(refund);
              Money amount =
                  refund.amount().isEmpty() ? null : Money.of(refund.amount(), refund.currency());
              refunds.add(new Refund(id, last.getKey().name(), amount, time(last.getValue())));
            });
    return refunds;
  }

  private Map<String, Object> details() {
    OrderState.Versioned details = state.documents().get(OrderState.DETAILS);
    return details == null ? Map.of() : details.value();
  }

  private Money total() {
    return details().get("total") instanceof String total
            && details().get("currency") instanceof String currency
        ? Money.of(total, currency)
        : null;
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    if (details().get("tags") instanceof Map<?, ?> told) {
      told.forEach((name, value) -> tags.put(String.valueOf(name), String.valueOf(value)));
    }
    return tags;
  }

  private List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    state
        .claims()
        .forEach(
            (scope, systems) ->
                systems.forEach(
                    (system, at) ->
                        claims.add(
                            new Claim(
                                system,
                                OrderView.milestone(scope),
                                OrderView.parcel(scope),
                                time(at),
                                view.decides(system, OrderView.milestone(scope)),
                                view.at(scope).isPresent()))));
    return claims;
  }

  private Map<String, Raw> raw() {
    Map<String, Raw> raw = new TreeMap<>();
    state.raw().forEach((system, code) -> raw.put(system, new Raw(code.text(), time(code.at()))));
    return raw;
  }

  private List<ForcedWord> forced(OrderKey key) {
    List<ForcedWord> forced = new ArrayList<>();
    state
        .forced()
        .forEach(
            (scope, word) -> {
              boolean said =
                  state.claims().getOrDefault(scope, new TreeMap<>()).keySet().stream()
                      .anyMatch(system -> view.decides(system, OrderView.milestone(scope)));
              boolean overrules =
                  word.says() == Forced.Says.REACHED && !said
                      || word.says() == Forced.Says.NOT_REACHED && said;
              Forced forcedWord =
                  new Forced(
                      key,
                      OrderView.milestone(scope),
                      OrderView.parcel(scope),
                      time(word.at()),
                      word.says(),
                      word.by(),
                      word.reason(),
                      time(word.version()));
              forced.add(new ForcedWord(forcedWord, overrules));
            });
    return forced;
  }

  /** The facts of a row of the history, as {@link HistoryText} writes them. */
  static List<Step> steps(String facts) {
    List<Step> steps = new ArrayList<>();
    if (Json.object(facts).get("facts") instanceof List<?> told) {
      for (Object one : told) {
        Map<?, ?> fact = (Map<?, ?>) one;
        boolean refund = fact.containsKey("refund");
        steps.add(
            new Step(
                refund ? "REFUND " + fact.get("status") : text(fact, "milestone"),
                refund ? text(fact, "refund") : text(fact, "parcel"),
                Instant.parse(text(fact, "at")),
                (String) fact.get("forced")));
      }
    }
    return steps;
  }

  /** What changed, out of the body of an event. */
  static String change(String body) {
    if (Json.object(body).get("data") instanceof Map<?, ?> data
        && data.get("change") instanceof Map<?, ?> change) {
      return String.join(" ", change.values().stream().map(String::valueOf).toList());
    }
    return "";
  }

  private static String text(Map<?, ?> fact, String name) {
    return fact.get(name) == null ? "" : String.valueOf(fact.get(name));
  }

  private static Instant time(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
