package io.orderbridge.consistency;

import java.util.List;

/**
 * A condition over what several systems say of one order. Pure: equal facts give equal answers, in
 * whatever order they came. Its text ({@code toString}) is the same in every process.
 */
public sealed interface Condition
    permits AllOf,
        AnyOf,
        NoneOf,
        InParcels,
        SaidConditions.Reached,
        SaidConditions.Claimed,
        SaidConditions.Coded,
        SaidConditions.Shown,
        OrderConditions.InStatus,
        OrderConditions.Refunded,
        OrderConditions.PaidDiffers,
        OrderConditions.Tagged,
        OrderConditions.Untracked {

  /** Whether it holds, and since when. */
  Hold of(Scene scene);

  /**
   * Adds the values by which people see that it holds; called only when it does.
   *
   * @param into what was told before; one value is told once
   */
  void tell(Scene scene, List<Value> into);

  /** Adds what was said instead; called only when it does not hold, and must not. */
  default void tellMissing(Scene scene, List<Value> into) {}
}
