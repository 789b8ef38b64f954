package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What systems told of an order, and how it reads then. */
public final class Told {
  private static final OrderKey KEY = new OrderKey("demo", "1001");

  private final OrderState state = OrderState.empty();

  /** A milestone of the order, or of its only parcel. */
  public Told says(String system, String milestone, Instant at) {
    return says(system, milestone, at, "1", null);
  }

  /**
   * A milestone of a parcel.
   *
   * @param trackingNo null when it is not told
   */
  public Told says(String system, String milestone, Instant at, String parcel, String trackingNo) {
    Milestone reached = Milestone.valueOf(milestone);
    String of = reached.perParcel() ? parcel : "";
    return fold(
        system,
        null,
        List.of(new Facts.Reached(reached, at, of, null, null, trackingNo)),
        List.of(),
        null,
        null);
  }

  public Told pays(String system, String id, String amount, Instant at) {
    Facts.Payment payment = new Facts.Payment(id, Money.of(amount, "CNY"));
    return fold(
        system,
        null,
        List.of(new Facts.Reached(Milestone.PAID, at, "", payment, null, null)),
        List.of(),
        null,
        null);
  }

  public Told refunds(String system, String id, String status, String amount, Instant at) {
    Facts.RefundStep step =
        new Facts.RefundStep(
            id, RefundStatus.valueOf(status), amount == null ? null : Money.of(amount, "CNY"), at);
    return fold(system, null, List.of(), List.of(step), null, null);
  }

  public Told code(String system, String code, Instant at) {
    return fold(system, at, List.of(), List.of(), null, code);
  }

  public Told details(String system, String total, Map<String, String> tags, Instant at) {
    Map<String, Object> details = new TreeMap<>();
    details.put("currency", "CNY");
    details.put("total", total);
    details.put("lines", new ArrayList<>());
    details.put("tags", new TreeMap<>(tags));
    return fold(system, at, List.of(), List.of(), details, null);
  }

  public Told forces(String milestone, String parcel, Instant at) {
    Forced word =
        new Forced(
            KEY,
            Milestone.valueOf(milestone),
            parcel,
            at,
            Forced.Says.REACHED,
            "alice",
            "seen by eye",
            at);
    Fold.merge(state, Facts.forced(word), OrderBook.FORCED, null);
    return this;
  }

  private Told fold(
      String system,
      Instant version,
      List<Facts.Reached> reached,
      List<Facts.RefundStep> refunds,
      Map<String, Object> details,
      String raw) {
    Fold.merge(state, new Facts(KEY, version, reached, refunds, details, null, raw), system, null);
    return this;
  }

  public OrderReading reading(Ownership ownership) {
    return new ReadingMaker(ownership).of(1, KEY, state);
  }
}
