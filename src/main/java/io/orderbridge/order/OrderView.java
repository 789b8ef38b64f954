package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

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
    state.forced().keySet().forEach(scope -> at(scope).ifPresent(at -> reached.add(scope)));
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

  /** When the order reached it by the word that decides; null when it has not. */
  Instant reachedAt(Milestone milestone) {
    return at(milestone.name()).map(Instant::ofEpochMilli).orElse(null);
  }

  Optional<Long> at(String scope) {
    OrderState.ForcedState forced = state.forced().get(scope);
    if (forced != null && forced.says() != Forced.Says.WITHDRAWN) {
      return forced.says() == Forced.Says.REACHED ? Optional.of(forced.at()) : Optional.empty();
    }
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

  /** When the order came into its status; null when nobody whose word counts has said. */
  Instant since() {
    Long at =
        switch (status()) {
          case "UNKNOWN" -> null;
          case "PARTIALLY_SHIPPED" -> steps(Milestone.OUTBOUND_SCANNED).min().orElse(0);
          case "DELIVERED" -> steps(Milestone.DELIVERED).max().orElse(0);
          case "IN_TRANSIT" -> steps(Milestone.PICKED_UP).max().orElse(0);
          case "SHIPPED" -> steps(Milestone.OUTBOUND_SCANNED).max().orElse(0);
          case "PACKED" -> steps(Milestone.PACKED).max().orElse(0);
          default -> at(status()).orElse(0L);
        };
    return at == null ? null : Instant.ofEpochMilli(at);
  }

  // When each parcel got at least so far.
  private LongStream steps(Milestone least) {
    List<Milestone> proving = ON_THE_ROAD.subList(ON_THE_ROAD.indexOf(least), ON_THE_ROAD.size());
    return state.parcels().keySet().stream()
        .map(
            parcel ->
                proving.stream()
                    .flatMap(milestone -> at(milestone + "@" + parcel).stream())
                    .min(Long::compare))
        .flatMap(Optional::stream)
        .mapToLong(Long::longValue);
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

  /** The newest word of those who may assign tracking numbers; another system's stays a claim. */
  String deciding(Map<String, OrderState.Word> words) {
    return words.entrySet().stream()
        .filter(word -> ownership.decides(word.getKey(), Milestone.TRACKING_ASSIGNED))
        .max(
            Comparator.<Map.Entry<String, OrderState.Word>>comparingLong(w -> w.getValue().at())
                .thenComparing(Map.Entry::getKey))
        .map(word -> word.getValue().text())
        .orElse(null);
  }

  Set<String> owners(Milestone milestone) {
    return ownership.owners(milestone);
  }

  boolean decides(String system, Milestone milestone) {
    return ownership.decides(system, milestone);
  }

  /** The order as others see it, without personal data and without revision. */
  Map<String, Object> data(OrderKey key) {
    return new OrderDocument(state, this).data(key);
  }

  /** What people forced, for who may look into the order; targets and the feed do not see it. */
  List<Map<String, Object>> forced() {
    return new OrderDocument(state, this).forced();
  }

  /** The status of a refund case with the latest time. */
  static Map.Entry<RefundStatus, Long> last(OrderState.RefundState refund) {
    return refund.steps().entrySet().stream()
        .max(
            Map.Entry.<RefundStatus, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow();
  }
}
