package io.orderbridge.notice;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Wording;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * When a customer has to hear of something, and how: a trigger gate (触发条件) of {@code
 * mappings/rules/notices.yaml}. It opens once for each thing it is about, whatever comes in which
 * order and how often.
 *
 * @param name for example {@code shipped}
 * @param title for people
 * @param of what it is about
 * @param when milestones that all have to be reached, by the word that decides
 * @param refund the status a refund case has to have; empty when it is about no refund
 * @param tracking whether the parcel has to have a tracking number
 * @param unless milestones of which none may be reached
 * @param shops the shops it is for; empty stands for all
 * @param newest how old the last condition may be: nobody is told today of what was last month
 * @param content what kind of message it is
 * @param mode whether all channels are used, or one after the other
 * @param channels by preference
 * @param receiptWithin how long a receipt is waited for
 * @param template the name of its templates
 */
public record Gate(
    String name,
    Wording title,
    Of of,
    Set<Milestone> when,
    String refund,
    boolean tracking,
    Set<Milestone> unless,
    Set<String> shops,
    Duration newest,
    Content content,
    Mode mode,
    List<String> channels,
    Duration receiptWithin,
    String template) {
  public Gate {
    when = Set.copyOf(when);
    unless = Set.copyOf(unless);
    shops = Set.copyOf(shops);
    channels = List.copyOf(channels);
  }

  /** Whether an event of this type may have opened it, for this shop. */
  boolean listens(String shop, String type) {
    if (!shops.isEmpty() && !shops.contains(shop)) {
      return false;
    }
    // A tracking number may come without a milestone, by an update.
    return when.stream().anyMatch(milestone -> milestone.eventType().equals(type))
        || tracking && type.equals("order.updated")
        || of == Of.REFUND && type.equals("order.refund-updated");
  }

  /** What a gate is about: it opens once for each. */
  public enum Of {
    PARCEL,
    ORDER,
    REFUND
  }

  /** How the channels of a gate are used. */
  public enum Mode {
    /** Every channel that the customer has. */
    ALL,
    /** The next one when a channel failed, or when no receipt came in time. */
    CASCADE
  }
}
