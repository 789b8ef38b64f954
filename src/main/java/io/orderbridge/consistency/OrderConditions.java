package io.orderbridge.consistency;

import io.orderbridge.consistency.Value.As;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Money;
import io.orderbridge.order.OrderReading;
import io.orderbridge.order.OrderReading.Refund;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is asked of the order as a whole. Lists are kept as they stand in the file. */
public final class OrderConditions {
  private OrderConditions() {}

  /** The canonical status of the order. */
  public record InStatus(List<String> statuses) implements Condition {
    public InStatus {
      statuses = List.copyOf(statuses);
    }

    @Override
    public Hold of(Scene scene) {
      OrderReading order = scene.order();
      return statuses.contains(order.status()) ? Hold.at(order.since()) : Hold.NOT;
    }

    @Override
    public void tell(Scene scene, List<Value> into) {
      into.add(LastWords.status(scene));
    }

    @Override
    public void tellMissing(Scene scene, List<Value> into) {
      into.add(LastWords.status(scene));
    }
  }

  /**
   * A refund case is in one of these statuses.
   *
   * @param whole only when the cases in these statuses come to all that the order costs
   */
  public record Refunded(List<String> statuses, boolean whole) implements Condition {
    public Refunded {
      statuses = List.copyOf(statuses);
    }

    @Override
    public Hold of(Scene scene) {
      List<Refund> cases = fitting(scene);
      if (cases.isEmpty() || whole && !comesToAll(scene, cases)) {
        return Hold.NOT;
      }
      Comparator<Instant> order = Comparator.naturalOrder();
      // All of it is refunded with the last case, some of it with the first.
      return Hold.at(
          cases.stream().map(Refund::at).min(whole ? order.reversed() : order).orElseThrow());
    }

    private List<Refund> fitting(Scene scene) {
      List<Refund> cases = new ArrayList<>();
      for (Refund refund : scene.order().refunds()) {
        if (statuses.contains(refund.status())) {
          cases.add(refund);
        }
      }
      return cases;
    }

    private static boolean comesToAll(Scene scene, List<Refund> cases) {
      OrderReading.Details details = scene.order().details();
      if (details == null || details.total() == null || details.total().minor() == 0) {
        return false;
      }
      Money total = details.total();
      long minor = 0;
      for (Refund refund : cases) {
        if (refund.amount() != null && refund.amount().currency().equals(total.currency())) {
          minor = Math.addExact(minor, refund.amount().minor());
        }
      }
      return minor >= total.minor();
    }

    @Override
    public void tell(Scene scene, List<Value> into) {
      for (Refund refund : fitting(scene)) {
        String amount = refund.amount() == null ? "" : " " + refund.amount();
        into.add(Value.of(refund.system(), As.REFUND, refund.status() + amount, refund.at()));
      }
    }
  }

  /** What was paid is less, more, or in another way not what it costs. */
  public record PaidDiffers(Than than) implements Condition {
    /** Which way it differs. */
    public enum Than {
      LESS,
      MORE,
      EITHER
    }

    @Override
    public Hold of(Scene scene) {
      OrderReading.Difference difference = scene.order().difference();
      if (difference == null) {
        return Hold.NOT;
      }
      int way = Long.compare(difference.paid().minor(), difference.total().minor());
      boolean fits = than == Than.EITHER || (than == Than.LESS ? way < 0 : way > 0);
      return fits
          ? Hold.at(
              scene.order().payments().stream()
                  .map(OrderReading.Payment::at)
                  .max(Comparator.naturalOrder())
                  .orElse(null))
          : Hold.NOT;
    }

    @Override
    public void tell(Scene scene, List<Value> into) {
      scene
          .order()
          .payments()
          .forEach(
              paid ->
                  into.add(
                      Value.of(paid.system(), As.PAYMENT, paid.amount().toString(), paid.at())));
      OrderReading.Details details = scene.order().details();
      into.add(
          Value.of(
              details.system(),
              As.TOTAL,
              scene.order().difference().total().toString(),
              details.at()));
    }
  }

  /**
   * A tag of the order's details.
   *
   * @param values one of them; empty: whatever it says
   */
  public record Tagged(String name, List<String> values) implements Condition {
    public Tagged {
      values = List.copyOf(values);
    }

    @Override
    public Hold of(Scene scene) {
      OrderReading.Details details = scene.order().details();
      String told = details == null ? null : details.tags().get(name);
      boolean fits = told != null && (values.isEmpty() || values.contains(told));
      return fits ? Hold.at(details.at()) : Hold.NOT;
    }

    @Override
    public void tell(Scene scene, List<Value> into) {
      OrderReading.Details details = scene.order().details();
      // A value that the rule does not name may be anything, a person's name too.
      String told = values.isEmpty() ? "*" : details.tags().get(name);
      into.add(Value.of(details.system(), As.TAG, name + "=" + told, details.at()));
    }
  }

  /** The parcel that is looked at has no tracking number. */
  public record Untracked() implements Condition {
    @Override
    public Hold of(Scene scene) {
      return Hold.when(scene.parcel() != null && scene.parcel().trackingNo() == null);
    }

    @Override
    public void tell(Scene scene, List<Value> into) {
      LastWords.missing(scene, Milestone.TRACKING_ASSIGNED, into);
    }
  }
}
