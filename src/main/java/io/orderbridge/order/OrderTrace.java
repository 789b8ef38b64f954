package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything the order book knows of one order, typed, for who has to explain it. No personal data
 * of customers.
 *
 * @param milestones of the order, by the word that decides; those of parcels stand there
 * @param total what it costs; null until somebody has told
 * @param tags of the newest details, for example {@code hold}
 * @param claims every word of a system on a milestone
 * @param raw each system's own status code
 * @param owners whose word decides on which milestone; none where anybody's does
 * @param history what was said, the oldest first, at most the newest 500
 * @param events what happened, the oldest first, at most the newest 200 that are kept
 */
public record OrderTrace(
    OrderKey key,
    Standing standing,
    Map<Milestone, Instant> milestones,
    List<Parcel> parcels,
    List<Payment> payments,
    List<Refund> refunds,
    Money total,
    Map<String, String> tags,
    List<Claim> claims,
    Map<String, Raw> raw,
    List<ForcedWord> forced,
    Map<Milestone, Set<String>> owners,
    List<Said> history,
    List<Happened> events) {

  /**
   * Where it stands.
   *
   * @param since when it came into its status; null when nobody whose word counts has said
   */
  public record Standing(
      long id, String status, Instant since, long revision, Instant createdAt, Instant updatedAt) {}

  /** A parcel; carrier and number are null until told by a word that decides. */
  public record Parcel(
      String id, String carrier, String trackingNo, Map<Milestone, Instant> milestones) {}

  /** A payment by the payment system's own number, and who told of it first. */
  public record Payment(String id, Money amount, Instant at, String system) {}

  /**
   * A refund case.
   *
   * @param status of {@code REQUESTED} to {@code REFUNDED}
   * @param amount null when nobody named one
   * @param at of the status
   */
  public record Refund(String id, String status, Money amount, Instant at) {
    /** Whether nothing more is to be done for it. */
    public boolean isOver() {
      return Set.of("REFUNDED", "REJECTED", "CLOSED").contains(status);
    }
  }

  /**
   * A system's word on a milestone.
   *
   * @param parcel empty when the milestone is the order's
   * @param decides whether its word makes the milestone reached
   * @param reached whether it is reached, by whomever
   */
  public record Claim(
      String system,
      Milestone milestone,
      String parcel,
      Instant at,
      boolean decides,
      boolean reached) {}

  /** A system's own code, and of when it is. */
  public record Raw(String code, Instant at) {}

  /**
   * What a person says against the systems.
   *
   * @param overrules whether the systems say something else
   */
  public record ForcedWord(Forced word, boolean overrules) {}

  /**
   * What one message said.
   *
   * @param message number of the message; null when it came otherwise
   * @param facts the milestones and steps of refunds that it told of
   */
  public record Said(Instant recordedAt, String system, Long message, List<Step> facts) {}

  /**
   * One fact of a message.
   *
   * @param what a milestone, or {@code REFUND <status>}
   * @param of parcel or refund case; empty when it is of the order
   * @param forced what a person said; null when a system said it
   */
  public record Step(String what, String of, Instant at, String forced) {}

  /**
   * An event.
   *
   * @param change what changed, for example {@code PACKED 1}; empty when nothing by name
   * @param body the CloudEvent as JSON
   */
  public record Happened(long seq, Instant at, String type, String change, String body) {}

  /** When the order reached it; of parcels, when all have. */
  public Optional<Instant> at(Milestone milestone) {
    if (!milestone.perParcel()) {
      return Optional.ofNullable(milestones.get(milestone));
    }
    boolean all =
        !parcels.isEmpty()
            && parcels.stream().allMatch(parcel -> parcel.milestones().containsKey(milestone));
    return all
        ? parcels.stream().map(parcel -> parcel.milestones().get(milestone)).max(Instant::compareTo)
        : Optional.empty();
  }
}
