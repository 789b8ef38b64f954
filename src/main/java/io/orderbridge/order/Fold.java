package io.orderbridge.order;

import io.orderbridge.order.Facts.Reached;
import io.orderbridge.order.Facts.RefundStep;
import io.orderbridge.order.OrderState.ForcedState;
import io.orderbridge.order.OrderState.ParcelState;
import io.orderbridge.order.OrderState.PaymentState;
import io.orderbridge.order.OrderState.RefundState;
import io.orderbridge.order.OrderState.Versioned;
import io.orderbridge.order.OrderState.Word;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Merges facts into the state of an order. Every part is a join of a semilattice (the earliest
 * claim, the newest version by a total order), so the merge is commutative, associative and
 * idempotent: facts may come late, twice or shuffled, the state ends the same.
 */
final class Fold {
  private static final Comparator<PaymentState> PAYMENT =
      Comparator.comparingLong(PaymentState::at)
          .thenComparing(PaymentState::system)
          .thenComparing(PaymentState::amount)
          .thenComparing(PaymentState::currency);
  private static final Comparator<Word> WORD =
      Comparator.comparingLong(Word::at).thenComparing(Word::text);
  private static final Comparator<RefundState> REFUND =
      // Who names no amount, such as a warehouse that got goods back, takes none away.
      Comparator.<RefundState, Boolean>comparing(refund -> !refund.amount().isEmpty())
          .thenComparingLong(RefundState::at)
          .thenComparing(RefundState::system)
          .thenComparing(RefundState::amount)
          .thenComparing(RefundState::currency);
  private static final Comparator<ForcedState> FORCED =
      Comparator.comparingLong(ForcedState::version)
          .thenComparing(ForcedState::says)
          .thenComparingLong(ForcedState::at)
          .thenComparing(ForcedState::by)
          .thenComparing(ForcedState::reason);
  private static final Comparator<Versioned> VERSION =
      Comparator.comparingLong(Versioned::at)
          .thenComparing(Versioned::system)
          .thenComparing(Versioned::text);

  private Fold() {}

  /**
   * Merges what a system says into the state, in place.
   *
   * @param receiverHash tells two receivers apart without holding them; null when the facts name
   *     none
   */
  static void merge(OrderState state, Facts facts, String system, String receiverHash) {
    facts.reached().forEach(reached -> reached(state, reached, system));
    facts.refunds().forEach(step -> refund(state, step, system));
    facts.forced().forEach(word -> forced(state, word));
    long version = facts.version() == null ? 0 : facts.version().toEpochMilli();
    if (facts.details() != null) {
      Versioned details =
          new Versioned(version, system, Json.text(facts.details()), facts.details());
      state.documents().merge(OrderState.DETAILS, details, newest(VERSION));
    }
    if (receiverHash != null) {
      Versioned receiver = new Versioned(version, system, receiverHash, Map.of());
      state.documents().merge(OrderState.RECEIVER, receiver, newest(VERSION));
    }
    if (facts.raw() != null) {
      Versioned raw = new Versioned(version, system, facts.raw(), Map.of());
      state.raw().merge(system, raw, newest(VERSION));
    }
  }

  private static void reached(OrderState state, Reached reached, String system) {
    long at = reached.at().toEpochMilli();
    String scope = reached.milestone().name();
    if (reached.milestone().perParcel()) {
      scope += "@" + reached.parcel();
      ParcelState parcel =
          state.parcels().computeIfAbsent(reached.parcel(), id -> ParcelState.empty());
      said(parcel.carrier(), system, at, reached.carrier());
      said(parcel.trackingNo(), system, at, reached.trackingNo());
    }
    state.claims().computeIfAbsent(scope, s -> new TreeMap<>()).merge(system, at, Math::min);
    if (reached.payment() != null) {
      PaymentState payment =
          new PaymentState(
              at,
              system,
              reached.payment().amount().toDecimal(),
              reached.payment().amount().currency().getCurrencyCode());
      // A payment happens once: of two words on it the earliest stays.
      state.payments().merge(reached.payment().id(), payment, BinaryOperator.minBy(PAYMENT));
    }
  }

  // Word by word: a later scan that names only the carrier takes no tracking number away.
  private static void said(TreeMap<String, Word> words, String system, long at, String text) {
    if (text != null) {
      words.merge(system, new Word(at, text), newest(WORD));
    }
  }

  private static void refund(OrderState state, RefundStep step, String system) {
    long at = step.at().toEpochMilli();
    TreeMap<RefundStatus, Long> steps = new TreeMap<>();
    steps.put(step.status(), at);
    RefundState refund =
        new RefundState(
            steps,
            at,
            system,
            step.amount() == null ? "" : step.amount().toDecimal(),
            step.amount() == null ? "" : step.amount().currency().getCurrencyCode());
    state.refunds().merge(step.id(), refund, Fold::join);
  }

  private static void forced(OrderState state, Forced word) {
    if (!word.parcel().isEmpty()) {
      state.parcels().computeIfAbsent(word.parcel(), id -> ParcelState.empty());
    }
    ForcedState forced =
        new ForcedState(
            word.version().toEpochMilli(),
            word.says(),
            word.at().toEpochMilli(),
            word.by(),
            word.reason());
    state.forced().merge(word.scope(), forced, newest(FORCED));
  }

  private static RefundState join(RefundState one, RefundState other) {
    RefundState newer = newest(REFUND).apply(one, other);
    TreeMap<RefundStatus, Long> steps = new TreeMap<>(one.steps());
    other.steps().forEach((status, at) -> steps.merge(status, at, Math::max));
    return new RefundState(steps, newer.at(), newer.system(), newer.amount(), newer.currency());
  }

  private static <T> BinaryOperator<T> newest(Comparator<T> order) {
    return BinaryOperator.maxBy(order);
  }
}
