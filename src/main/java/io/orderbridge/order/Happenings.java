package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.OrderState.Versioned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What happened between two states of an order. A milestone, a status of a refund case and a
 * foreign claim happen once, because states only grow; their ids are made of the order and the
 * happening, so they are the same whatever the order of arrival.
 */
final class Happenings {
  static final String UPDATED = "order.updated";
  static final String REFUND_UPDATED = "order.refund-updated";
  static final String FOREIGN_WRITE = "order.foreign-write";

  /**
   * One happening.
   *
   * @param id event id
   * @param type event type
   * @param change what changed, for mappings that look at one change only
   */
  record Happening(String id, String type, Map<String, Object> change) {}

  private final OrderKey key;
  private final List<Happening> happened = new ArrayList<>();

  private Happenings(OrderKey key) {
    this.key = key;
  }

  /**
   * @param before null when the order was not known
   * @param after the state after the fold
   */
  static List<Happening> between(
      OrderKey key, OrderState before, OrderState after, Ownership ownership) {
    Happenings happenings = new Happenings(key);
    OrderState known = before == null ? OrderState.empty() : before;
    OrderView was = new OrderView(known, ownership);
    OrderView is = new OrderView(after, ownership);
    happenings.milestones(was.reached(), is.reached(), after);
    happenings.refunds(known, after);
    happenings.foreign(was, is);
    happenings.updated(before, after, was, is);
    return happenings.happened;
  }

  private void milestones(Set<String> before, Set<String> after, OrderState state) {
    after.stream()
        .filter(scope -> !before.contains(scope))
        .sorted(
            Comparator.<String, Milestone>comparing(OrderView::milestone)
                .thenComparing(scope -> scope))
        .forEach(
            scope -> {
              Map<String, Object> change = new LinkedHashMap<>();
              change.put("milestone", OrderView.milestone(scope).name());
              if (!OrderView.parcel(scope).isEmpty()) {
                change.put("parcel", OrderView.parcel(scope));
              }
              add(OrderView.milestone(scope).eventType(), named(scope, state), change);
            });
  }

  // What was forced, taken back and forced again happens again: it needs a name of its own, or a
  // target that knows the key would pass it over.
  private static String named(String scope, OrderState state) {
    OrderState.ForcedState forced = state.forced().get(scope);
    return forced == null ? scope : scope + "!" + forced.version();
  }

  private void refunds(OrderState before, OrderState after) {
    after
        .refunds()
        .forEach(
            (id, refund) -> {
              OrderState.RefundState was = before.refunds().get(id);
              for (RefundStatus status : refund.steps().keySet()) {
                if (was == null || !was.steps().containsKey(status)) {
                  add(
                      REFUND_UPDATED,
                      id + "/" + status,
                      Map.of("refund", id, "status", status.name()));
                }
              }
            });
  }

  private void foreign(OrderView before, OrderView after) {
    Set<String> known = new TreeSet<>();
    before.foreign().forEach(claim -> known.add(claim.getKey() + "/" + claim.getValue()));
    for (Map.Entry<String, String> claim : after.foreign()) {
      String scope = claim.getKey() + "/" + claim.getValue();
      if (!known.contains(scope)) {
        add(FOREIGN_WRITE, scope, Map.of("milestone", claim.getKey(), "system", claim.getValue()));
      }
    }
  }

  // A target that hears of milestones it asked for sees the whole order each time; what it would
  // miss are changes without a milestone, and documents that come after the order itself.
  private void updated(OrderState before, OrderState after, OrderView was, OrderView is) {
    boolean silent = happened.isEmpty();
    boolean lateDocument =
        before != null
            && (changed(before, after, OrderState.DETAILS)
                || changed(before, after, OrderState.RECEIVER));
    if (!silent && !lateDocument) {
      return;
    }
    String data = Json.text(is.data(key)) + text(after, OrderState.RECEIVER);
    String old = before == null ? "" : Json.text(was.data(key)) + text(before, OrderState.RECEIVER);
    if (!data.equals(old)) {
      // Named by the state, which only grows, not by what it shows: a note changed and changed back
      // are two updates, and the second must not carry the idempotency key of an older one.
      add(UPDATED, Json.fingerprint(Json.text(after)), Map.of());
    }
  }

  private static boolean changed(OrderState before, OrderState after, String document) {
    return !text(before, document).equals(text(after, document));
  }

  private static String text(OrderState state, String document) {
    Versioned versioned = state.documents().get(document);
    return versioned == null ? "" : versioned.text();
  }

  private void add(String type, String scope, Map<String, Object> change) {
    happened.add(new Happening(Json.fingerprint(key + "|" + type + "|" + scope), type, change));
  }
}
