package io.orderbridge.repair;

import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One order of a repair as it is stored.
 *
 * @param fields what the list says of it
 * @param before how it stood: by the dry run, then as it was found
 * @param after how it would stand, then how it stood when it was done
 * @param owed events and targets by the dry run
 * @param why refused, failed or waiting; none otherwise
 * @param amount null when it is about no money
 * @param undo JSON of what takes it back; null when nothing can, or nothing was done yet
 */
record RepairItem(
    long repair,
    int item,
    OrderKey order,
    Map<String, String> fields,
    State state,
    String before,
    String after,
    List<Map<String, Object>> owed,
    Why why,
    Money amount,
    int attempts,
    Instant appliedAt,
    Instant settledAt,
    List<Shown> targets,
    String undo) {

  /** Where an order of a repair stands. */
  enum State {
    PLANNED,
    /** It is not done, see why. */
    REFUSED,
    /** It was so already. */
    UNCHANGED,
    /** It is done; the targets are still to be read back. */
    APPLIED,
    /** Every target took it; not all of them can be asked. */
    DELIVERED,
    /** Every target was asked and shows it. */
    VERIFIED,
    FAILED
  }
}
