package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What of the fold stands in columns of its own, for checks over all orders at once.
 *
 * @param total what it costs, null until somebody has told; so is the currency
 * @param payments how many are known, whatever they sum up to
 * @param since when it came into its status; null when nobody whose word counts has said
 */
record OrderColumns(
    String status,
    BigDecimal total,
    String currency,
    Instant createdOn,
    Instant paidOn,
    Instant cancelledOn,
    Instant since,
    int payments) {

  static OrderColumns of(OrderState state, OrderView view) {
    OrderState.Versioned details = state.documents().get(OrderState.DETAILS);
    String total = details == null ? null : (String) details.value().get("total");
    return new OrderColumns(
        view.status(),
        total == null ? null : new BigDecimal(total),
        total == null ? null : (String) details.value().get("currency"),
        view.reachedAt(Milestone.CREATED),
        view.reachedAt(Milestone.PAID),
        view.reachedAt(Milestone.CANCELLED),
        view.since(),
        state.payments().size());
  }

  static String text(Instant at) {
    return at == null ? null : at.toString();
  }
}
