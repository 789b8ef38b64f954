package io.orderbridge.order;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.OrderKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An order as checks see it: everything that was said, by whom, and what decides. Derived from the
 * fold and from who owns what now; all lists are sorted, so equal facts give equal readings in
 * whatever order they came. No personal data.
 *
 * @param id number of the order in the store
 * @param status the canonical one, see {@link OrderReadings#STATUSES}
 * @param since when it came into its status; null when nobody whose word counts has said
 * @param reached milestones by the word that decides, by milestone and parcel
 * @param claims what each system says, whether it decides or not
 * @param codes each system's own code, the newest
 * @param parcels those of which a word that decides has told
 * @param payments by the payment system's number
 * @param refunds by refund case
 * @param details what it costs and its tags; null when nobody has told
 * @param difference what was paid and what it costs; null when both are the same or not known
 * @param owners whose word decides; a milestone that nobody owns is missing
 */
public record OrderReading(
    long id,
    OrderKey key,
    String status,
    Instant since,
    List<Step> reached,
    List<Claim> claims,
    List<Code> codes,
    List<Parcel> parcels,
    List<Payment> payments,
    List<Refund> refunds,
    Details details,
    Difference difference,
    Map<Milestone, Set<String>> owners) {

  /**
   * A milestone that counts as reached.
   *
   * @param parcel empty unless it belongs to a parcel
   * @param forced whether a person said so against the systems
   */
  public record Step(Milestone milestone, String parcel, Instant at, boolean forced) {}

  /**
   * What one system says.
   *
   * @param parcel empty unless the milestone belongs to a parcel
   * @param decides whether its word makes the milestone reached
   */
  public record Claim(
      Milestone milestone, String parcel, String system, Instant at, boolean decides) {}

  /** A system's own code for the state of the order, and the time of its record. */
  public record Code(String system, String text, Instant at) {}

  /**
   * A parcel.
   *
   * @param trackingNo null when nobody who may has assigned one
   */
  public record Parcel(String id, String trackingNo) {}

  /** A payment and who told it first. */
  public record Payment(String id, Money amount, Instant at, String system) {}

  /**
   * A refund case.
   *
   * @param status its latest
   * @param at of its latest status
   * @param amount null when nobody named one
   * @param steps when it came into each status
   */
  public record Refund(
      String id,
      String status,
      Instant at,
      Money amount,
      String system,
      Map<String, Instant> steps) {}

  /** What the order costs, the words beside it, and whose they are. */
  public record Details(String system, Instant at, Money total, Map<String, String> tags) {}

  /** What was paid in the currency of the total, which differs from it. */
  public record Difference(Money paid, Money total) {}

  /** Whose word decides, in alphabetical order; empty when anybody's does. */
  public Set<String> owners(Milestone milestone) {
    return owners.getOrDefault(milestone, Set.of());
  }
}
