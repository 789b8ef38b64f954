package io.orderbridge.consistency;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one system is compared with the order book, from {@code mappings/rules/comparisons.yaml}.
 *
 * @param system the connection
 * @param source {@code <connection>/<source>} that reads its states by period
 * @param by which time cuts the windows of the source
 * @param owner who is in charge of the pair
 * @param shops only orders of these; empty for all
 * @param days so many days back orders are compared, by the day of their creation
 * @param zone of those days
 * @param skew times that are so far apart are the same
 * @param settle what changed so short a time ago is under way, and no difference
 * @param times whether times are compared at all
 * @param same per status of ours, what the system may show for it beside the same
 * @param unknownThere statuses of ours in which the system need not know of an order
 * @param differencesOnly whether nobody is told of a run without a difference
 */
public record ComparisonPair(
    String system,
    String source,
    By by,
    String owner,
    List<String> shops,
    int days,
    ZoneId zone,
    Duration skew,
    Duration settle,
    boolean times,
    Map<String, List<String>> same,
    Set<String> unknownThere,
    boolean differencesOnly) {
  /** The canonical statuses in the order of an order's life. */
  public static final List<String> STATUSES =
      List.of(
          "CREATED",
          "PAID",
          "ACCEPTED",
          "PACKED",
          "PARTIALLY_SHIPPED",
          "SHIPPED",
          "IN_TRANSIT",
          "DELIVERED",
          "COMPLETED",
          "CANCELLED");

  public ComparisonPair {
    shops = List.copyOf(shops);
    same = Map.copyOf(same);
    unknownThere = Set.copyOf(unknownThere);
  }

  /** Which time cuts the windows of a source of states. */
  public enum By {
    /** A window brings all orders that were created in it: who is missing in it is not there. */
    CREATED,
    /** A window brings all orders that changed in it; unbroken windows bring every order. */
    CHANGED
  }
}
