package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Happenings.Happening;
import io.orderbridge.order.OrderWriter.Drafted;
import io.orderbridge.order.OrderWriter.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An order at the moment it was looked at, and what it would be after forced words. Nothing is
 * changed by looking; holds no personal data.
 */
public final class OrderLook {
  private final long id;
  private final OrderKey key;
  private final long revision;
  private final OrderState state;
  private final Ownership ownership;

  OrderLook(long id, OrderKey key, long revision, OrderState state, Ownership ownership) {
    this.id = id;
    this.key = key;
    this.revision = revision;
    this.state = state;
    this.ownership = ownership;
  }

  /** A payment that somebody has told of. */
  public record Paid(String id, Money amount, String system) {}

  /**
   * A refund case.
   *
   * @param status {@code REQUESTED}, {@code REFUNDING}, {@code REFUNDED}, ...
   * @param amount null when nobody named one
   */
  public record Refunded(String id, String status, Money amount) {}

  /** The newest forced word on a milestone. */
  public record Word(Forced.Says says, Instant at, Instant version) {}

  /**
   * What words would change.
   *
   * @param events that would be written, without numbers; empty when nothing would change
   */
  public record Foreseen(String status, List<OrderEvent> events) {}

  public OrderKey key() {
    return key;
  }

  /** The canonical status. */
  public String status() {
    return view().status();
  }

  private OrderView view() {
    return new OrderView(state, ownership);
  }

  public boolean reached(Milestone milestone, String parcel) {
    return view().at(scope(milestone, parcel)).isPresent();
  }

  /** Whether any of these parcels, or the order itself, has reached it. */
  public boolean reachedBySome(Milestone milestone) {
    return reached().contains(milestone);
  }

  /** Milestones that the order, or at least one of its parcels, has reached. */
  public SortedSet<Milestone> reached() {
    SortedSet<Milestone> reached = new TreeSet<>();
    view().reached().forEach(scope -> reached.add(OrderView.milestone(scope)));
    return reached;
  }

  /** Parcels that anybody has named, in alphabetical order. */
  public Set<String> parcels() {
    return new LinkedHashSet<>(state.parcels().keySet());
  }

  public List<Paid> payments() {
    List<Paid> payments = new ArrayList<>();
    state
        .payments()
        .forEach(
            (number, paid) ->
                payments.add(
                    new Paid(number, Money.of(paid.amount(), paid.currency()), paid.system())));
    return payments;
  }

  public List<Refunded> refunds() {
    List<Refunded> refunds = new ArrayList<>();
    state
        .refunds()
        .forEach(
            (number, refund) ->
                refunds.add(
                    new Refunded(
                        number,
                        OrderView.last(refund).getKey().name(),
                        refund.amount().isEmpty()
                            ? null
                            : Money.of(refund.amount(), refund.currency()))));
    return refunds;
  }

  /** What the order costs, as far as anybody has told. */
  public Optional<Money> total() {
    OrderState.Versioned details = state.documents().get(OrderState.DETAILS);
    return details == null || details.value().get("total") == null
        ? Optional.empty()
        : Optional.of(
            Money.of(
                (String) details.value().get("total"), (String) details.value().get("currency")));
  }

  /** The newest word of a person on a milestone, also one that was withdrawn. */
  public Optional<Word> forced(Milestone milestone, String parcel) {
    OrderState.ForcedState word = state.forced().get(scope(milestone, parcel));
    return word == null
        ? Optional.empty()
        : Optional.of(
            new Word(
                word.says(),
                Instant.ofEpochMilli(word.at()),
                Instant.ofEpochMilli(word.version())));
  }

  /** What {@link OrderBook#force} would do with these words, all about this order, at that time. */
  public Foreseen after(List<Forced> words, Instant now) {
    OrderState then = Json.state(Json.text(state));
    List<OrderEvent> events = new ArrayList<>();
    Entry entry = new Entry(key);
    entry.id = id;
    long next = revision;
    for (Forced word : words) {
      OrderState before = Json.state(Json.text(then));
      Fold.merge(then, Facts.forced(word), OrderBook.FORCED, null);
      List<Happening> happened = Happenings.between(key, before, then, ownership);
      next += happened.isEmpty() ? 0 : 1;
      Map<String, Object> data = new OrderView(then, ownership).data(key);
      for (Happening happening : happened) {
        Drafted draft = new Drafted(entry, null, happening, next, data);
        events.add(OrderWriter.event(draft, now));
      }
    }
    return new Foreseen(new OrderView(then, ownership).status(), events);
  }

  private static String scope(Milestone milestone, String parcel) {
    return parcel.isEmpty() ? milestone.name() : milestone + "@" + parcel;
  }
}
