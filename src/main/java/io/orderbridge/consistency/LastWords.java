package io.orderbridge.consistency;

import io.orderbridge.consistency.Value.As;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderBook;
import io.orderbridge.order.OrderReading;
import io.orderbridge.order.OrderReading.Claim;
import io.orderbridge.order.OrderReading.Code;
import io.orderbridge.order.OrderReading.Refund;
import io.orderbridge.order.OrderReading.Step;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whose word the values of a contradiction are, and what a silent system said last. */
final class LastWords {
  private static final String NOBODY = "-";
  // Of two words of the same time the later milestone is the one to look at.
  private static final Comparator<Claim> NEWEST =
      Comparator.comparing(Claim::at)
          .thenComparing(Claim::milestone)
          .thenComparing(Claim::parcel)
          .thenComparing(Claim::system);
  // The statuses that have not the name of the milestone which leads to them.
  private static final Map<String, Milestone> LEADING =
      Map.of(
          "SHIPPED", Milestone.OUTBOUND_SCANNED,
          "PARTIALLY_SHIPPED", Milestone.OUTBOUND_SCANNED);

  private LastWords() {}

  static Value value(Claim claim) {
    return Value.of(claim.system(), As.MILESTONE, claim.milestone().name(), claim.at())
        .of(claim.parcel());
  }

  /** Adds by whose word a milestone is reached, for each parcel that is looked at. */
  static void reached(Scene scene, Milestone milestone, List<Value> into) {
    for (Step step : scene.order().reached()) {
      boolean looked =
          scene.parcel() == null
              || step.parcel().isEmpty()
              || step.parcel().equals(scene.parcel().id());
      if (step.milestone() == milestone && looked) {
        into.add(of(scene.order(), step));
      }
    }
  }

  private static Value of(OrderReading order, Step step) {
    if (step.forced()) {
      return Value.of(OrderBook.FORCED, As.FORCED, step.milestone().name(), step.at())
          .of(step.parcel());
    }
    return order.claims().stream()
        .filter(
            claim ->
                claim.decides()
                    && claim.milestone() == step.milestone()
                    && claim.parcel().equals(step.parcel()))
        .min(Comparator.comparing(Claim::at).thenComparing(Claim::system))
        .map(LastWords::value)
        .orElseThrow();
  }

  /** Adds what came before: a milestone, or a status of a refund. */
  static void earlier(Scene scene, String what, List<Value> into) {
    for (Milestone milestone : Milestone.values()) {
      if (milestone.name().equals(what)) {
        reached(scene, milestone, into);
      }
    }
    for (Refund refund : scene.order().refunds()) {
      Instant at = refund.steps().get(what);
      if (at != null) {
        into.add(Value.of(refund.system(), As.REFUND, what, at));
      }
    }
  }

  /**
   * Adds what the systems that should have told of a milestone said last. Of several owners those
   * that have spoken of the order count; when none has, all are named, with nothing said.
   */
  static void missing(Scene scene, Milestone milestone, List<Value> into) {
    Set<String> owners = scene.order().owners(milestone);
    String parcel = scene.parcel() == null || !milestone.perParcel() ? "" : scene.parcel().id();
    int before = into.size();
    for (String owner : owners) {
      last(scene, owner).ifPresent(word -> into.add(missing(word, milestone, parcel)));
    }
    if (into.size() == before) {
      String all = owners.isEmpty() ? NOBODY : String.join(",", owners);
      into.add(new Value(all, As.MILESTONE, "", parcel, null, null, milestone.name()));
    }
  }

  private static Value missing(Value word, Milestone milestone, String parcel) {
    return new Value(
        word.system(), word.as(), word.says(), parcel, word.at(), word.readAt(), milestone.name());
  }

  private static Optional<Value> last(Scene scene, String system) {
    Optional<Value> claimed =
        scene.order().claims().stream()
            .filter(claim -> claim.system().equals(system) && scene.concerns(claim))
            .max(NEWEST)
            .map(LastWords::value);
    if (claimed.isPresent()) {
      return claimed;
    }
    return scene.order().codes().stream()
        .filter(code -> code.system().equals(system))
        .max(Comparator.comparing(Code::at))
        .map(code -> Value.of(system, As.CODE, code.text(), code.at()));
  }

  /** The canonical status, and by whose word it is that. */
  static Value status(Scene scene) {
    OrderReading order = scene.order();
    Milestone leading = LEADING.get(order.status());
    String name = leading == null ? order.status() : leading.name();
    String system =
        order.reached().stream()
            .filter(step -> step.milestone().name().equals(name))
            .max(Comparator.comparing(Step::at).thenComparing(Step::parcel))
            .map(step -> of(order, step).system())
            .orElse(NOBODY);
    return Value.of(system, As.STATUS, order.status(), order.since());
  }
}
