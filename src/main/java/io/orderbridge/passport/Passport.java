package io.orderbridge.passport;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.OrderTrace;
import io.orderbridge.order.OrderTrace.Claim;
import io.orderbridge.order.OrderTrace.Parcel;
import io.orderbridge.outbox.Delivery;
import io.orderbridge.outbox.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is known of one order at one moment, gathered over all features. Explanations are made
 * of it and of nothing else.
 *
 * @param order null when the order book has never heard of it, but something else has
 */
record Passport(
    OrderKey key,
    Instant now,
    OrderTrace order,
    Mail mail,
    Wires wires,
    Notes notes,
    Limits limits) {

  /** The milestones by which a warehouse or whoever ships tells how far it is. */
  static final Set<Milestone> SHIPPING =
      EnumSet.of(
          Milestone.ACCEPTED,
          Milestone.PACKED,
          Milestone.TRACKING_ASSIGNED,
          Milestone.OUTBOUND_SCANNED);

  private static final Map<String, Set<Milestone>> AWAITED =
      Map.of(
          "UNKNOWN", EnumSet.of(Milestone.CREATED),
          "CREATED", EnumSet.of(Milestone.PAID),
          "PAID", EnumSet.of(Milestone.ACCEPTED, Milestone.PACKED),
          "ACCEPTED", EnumSet.of(Milestone.PACKED),
          "PACKED", EnumSet.of(Milestone.OUTBOUND_SCANNED),
          "PARTIALLY_SHIPPED", EnumSet.of(Milestone.OUTBOUND_SCANNED),
          "SHIPPED", EnumSet.of(Milestone.PICKED_UP, Milestone.IN_TRANSIT),
          "IN_TRANSIT", EnumSet.of(Milestone.DELIVERED),
          "DELIVERED", EnumSet.of(Milestone.COMPLETED));

  /** The canonical status; {@code UNKNOWN} when the order book has never heard of it. */
  String status() {
    return order == null ? "UNKNOWN" : order.standing().status();
  }

  boolean is(String... statuses) {
    return List.of(statuses).contains(status());
  }

  /** Whether it needs nothing more: completed or cancelled. */
  boolean isOver() {
    return is("COMPLETED", "CANCELLED");
  }

  /** Whether nothing of it has left yet, and something is to. */
  boolean isUnshipped() {
    return is("UNKNOWN", "CREATED", "PAID", "ACCEPTED", "PACKED");
  }

  /** Whether all of it has left. */
  boolean isGone() {
    return is("SHIPPED", "IN_TRANSIT", "DELIVERED", "COMPLETED");
  }

  /** When it came into its status; else when it became known. */
  Instant since() {
    if (order == null) {
      return null;
    }
    Instant since = order.standing().since();
    return since != null
        ? since
        : order.claims().stream()
            .map(Claim::at)
            .min(Comparator.naturalOrder())
            .orElse(order.standing().createdAt());
  }

  Optional<Instant> at(Milestone milestone) {
    return order == null ? Optional.empty() : order.at(milestone);
  }

  List<Parcel> parcels() {
    return order == null ? List.of() : order.parcels();
  }

  Stream<Claim> claims() {
    return order == null ? Stream.of() : order.claims().stream();
  }

  Set<String> owners(Milestone milestone) {
    return order == null ? Set.of() : order.owners().get(milestone);
  }

  /** The connections of its shop: who told of it, else who usually tells of orders of this shop. */
  Set<String> shops() {
    Set<String> told =
        claims()
            .filter(claim -> claim.milestone() == Milestone.CREATED && claim.decides())
            .map(Claim::system)
            .collect(Collectors.toCollection(TreeSet::new));
    return told.isEmpty() ? wires.usual().of(Set.of(Milestone.CREATED)) : told;
  }

  /** The milestones of which one is to come next; none when nothing more comes. */
  Set<Milestone> awaited() {
    return AWAITED.getOrDefault(status(), Set.of());
  }

  /**
   * The connections whose word is awaited: they own what comes next, are no other shop's, and are
   * those that usually tell of it where that is known.
   */
  Set<String> awaitedFrom() {
    Set<String> awaited = new TreeSet<>();
    awaited().forEach(milestone -> awaited.addAll(owners(milestone)));
    Set<String> others = new TreeSet<>(owners(Milestone.CREATED));
    others.removeAll(shops());
    awaited.removeAll(shops().isEmpty() ? Set.of() : others);
    awaited.removeIf(name -> isTarget(name) && !wires.targets().get(name).sells(key.shop()));
    Set<String> usual = wires.usual().of(awaited());
    usual.retainAll(awaited);
    return usual.isEmpty() ? awaited : usual;
  }

  private boolean isTarget(String connection) {
    return wires.targets().containsKey(connection);
  }

  /** Targets that are told of orders of this shop and own a step of shipping. */
  List<Target> packers() {
    Set<String> ship = new TreeSet<>();
    SHIPPING.forEach(milestone -> ship.addAll(owners(milestone)));
    return wires.targets().values().stream()
        .filter(target -> ship.contains(target.name()) && target.sells(key.shop()))
        .sorted(Comparator.comparing(Target::name))
        .toList();
  }

  /** Debts that are not paid, the most pressing first: of who is awaited, then the oldest. */
  List<Delivery> openDeliveries() {
    Set<String> awaited = awaitedFrom();
    return wires.deliveries().stream()
        .filter(Delivery::isOpen)
        .sorted(
            Comparator.<Delivery, Boolean>comparing(one -> !awaited.contains(one.target()))
                .thenComparing(Delivery::owedAt)
                .thenComparing(Delivery::event))
        .toList();
  }

  /** Whether it is in its status, counted from then, for longer than it may be. */
  boolean isTooLong(Instant since) {
    return since != null && limits.isPast(status(), since, now);
  }

  /** Whether so much time has passed since then. */
  boolean isPast(Instant since, Duration limit) {
    return since != null && !since.plus(limit).isAfter(now);
  }
}
