package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.OrderReading.Claim;
import io.orderbridge.order.OrderReading.Code;
import io.orderbridge.order.OrderReading.Details;
import io.orderbridge.order.OrderReading.Difference;
import io.orderbridge.order.OrderReading.Parcel;
import io.orderbridge.order.OrderReading.Payment;
import io.orderbridge.order.OrderReading.Refund;
import io.orderbridge.order.OrderReading.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Makes the reading of an order from its fold, under the ownership of one moment. */
final class ReadingMaker {
  private static final Comparator<Step> STEPS =
      Comparator.comparing(Step::milestone).thenComparing(Step::parcel);
  private static final Comparator<Claim> CLAIMS =
      Comparator.comparing(Claim::milestone)
          .thenComparing(Claim::parcel)
          .thenComparing(Claim::system);

  private final Ownership ownership;
  private final Map<Milestone, Set<String>> owners = new EnumMap<>(Milestone.class);

  ReadingMaker(Ownership ownership) {
    this.ownership = ownership;
    for (Milestone milestone : Milestone.values()) {
      Set<String> deciding = ownership.owners(milestone);
      if (!deciding.isEmpty()) {
        owners.put(milestone, deciding);
      }
    }
  }

  OrderReading of(long id, OrderKey key, OrderState state) {
    OrderView view = new OrderView(state, ownership);
    List<Step> reached = steps(state, view);
    return new OrderReading(
        id,
        key,
        view.status(),
        view.since(),
        reached,
        claims(state),
        codes(state),
        parcels(state, view, reached),
        payments(state),
        refunds(state),
        details(state),
        difference(state, view),
        owners);
  }

  private static List<Step> steps(OrderState state, OrderView view) {
    List<Step> steps = new ArrayList<>();
    for (String scope : view.reached()) {
      OrderState.ForcedState forced = state.forced().get(scope);
      steps.add(
          new Step(
              OrderView.milestone(scope),
              OrderView.parcel(scope),
              Instant.ofEpochMilli(view.at(scope).orElseThrow()),
              forced != null && forced.says() == Forced.Says.REACHED));
    }
    steps.sort(STEPS);
    return steps;
  }

  private List<Claim> claims(OrderState state) {
    List<Claim> claims = new ArrayList<>();
    state
        .claims()
        .forEach(
            (scope, systems) -> {
              Milestone milestone = OrderView.milestone(scope);
              String parcel = OrderView.parcel(scope);
              systems.forEach(
                  (system, at) ->
                      claims.add(
                          new Claim(
                              milestone,
                              parcel,
                              system,
                              Instant.ofEpochMilli(at),
                              ownership.decides(system, milestone))));
            });
    claims.sort(CLAIMS);
    return claims;
  }

  private static List<Code> codes(OrderState state) {
    List<Code> codes = new ArrayList<>();
    state
        .raw()
        .forEach(
            (system, code) ->
                codes.add(new Code(system, code.text(), Instant.ofEpochMilli(code.at()))));
    return codes;
  }

  private static List<Parcel> parcels(OrderState state, OrderView view, List<Step> reached) {
    List<Parcel> parcels = new ArrayList<>();
    state
        .parcels()
        .forEach(
            (id, words) -> {
              if (reached.stream().anyMatch(step -> step.parcel().equals(id))) {
                parcels.add(new Parcel(id, view.deciding(words.trackingNo())));
              }
            });
    return parcels;
  }

  private static List<Payment> payments(OrderState state) {
    List<Payment> payments = new ArrayList<>();
    state
        .payments()
        .forEach(
            (id, payment) ->
                payments.add(
                    new Payment(
                        id,
                        Money.of(payment.amount(), payment.currency()),
                        Instant.ofEpochMilli(payment.at()),
                        payment.system())));
    return payments;
  }

  private static List<Refund> refunds(OrderState state) {
    List<Refund> refunds = new ArrayList<>();
    state
        .refunds()
        .forEach(
            (id, refund) -> {
              Map<String, Instant> steps = new TreeMap<>();
              refund
                  .steps()
                  .forEach((status, at) -> steps.put(status.name(), Instant.ofEpochMilli(at)));
              var last = OrderView.last(refund);
              refunds.add(
                  new Refund(
                      id,
                      last.getKey().name(),
                      Instant.ofEpochMilli(last.getValue()),
                      refund.amount().isEmpty()
                          ? null
                          : Money.of(refund.amount(), refund.currency()),
                      refund.system(),
                      steps));
            });
    return refunds;
  }

  private static Details details(OrderState state) {
    OrderState.Versioned details = state.documents().get(OrderState.DETAILS);
    if (details == null) {
      return null;
    }
    Map<String, String> tags = new TreeMap<>();
    if (details.value().get("tags") instanceof Map<?, ?> told) {
      told.forEach((name, text) -> tags.put(String.valueOf(name), Objects.toString(text, "")));
    }
    return new Details(
        details.system(), Instant.ofEpochMilli(details.at()), total(details.value()), tags);
  }

  private static Money total(Map<String, Object> details) {
    return details.get("total") instanceof String total
            && details.get("currency") instanceof String currency
        ? Money.of(total, currency)
        : null;
  }

  private static Difference difference(OrderState state, OrderView view) {
    if (state.payments().isEmpty()) {
      return null;
    }
    return new OrderDocument(state, view)
        .paymentDifference()
        .map(
            told -> {
              String currency = String.valueOf(told.get("currency"));
              return new Difference(
                  Money.of(String.valueOf(told.get("paid")), currency),
                  Money.of(String.valueOf(told.get("total")), currency));
            })
        .orElse(null);
  }
}
