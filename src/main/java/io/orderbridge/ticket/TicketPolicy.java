package io.orderbridge.ticket;

import io.orderbridge.finding.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which finding becomes whose work, and until when: {@code mappings/rules/tickets.yaml}.
 *
 * @param verifyAfter how long after the hand-over a finding has to be seen to count as not mended
 * @param byHand what holds for tickets that no rule opened
 * @param rules the first that matches decides
 */
public record TicketPolicy(
    BusinessCalendar calendar, Duration verifyAfter, Duty byHand, List<TicketRule> rules) {
  /** A mended order reaches the other systems, and the check that looks there, within it. */
  public static final Duration VERIFY_AFTER_DEFAULT = Duration.ofMinutes(15);

  /** No file: no ticket is opened by itself. */
  public static final TicketPolicy NONE =
      new TicketPolicy(BusinessCalendar.DEFAULT, VERIFY_AFTER_DEFAULT, Duty.DEFAULT, List.of());

  public TicketPolicy {
    rules = List.copyOf(rules);
  }

  /** The rule that opens a ticket for the finding; empty when none is wanted. */
  Optional<TicketRule> decide(Finding finding) {
    return rules.stream()
        .filter(rule -> rule.when().matches(finding))
        .findFirst()
        .filter(rule -> rule.duty() != null);
  }

  /** What holds for a ticket that a person opens again: its rule, if there still is one. */
  Duty dutyOf(String rule) {
    return rules.stream()
        .filter(one -> one.name().equals(rule) && one.duty() != null)
        .map(TicketRule::duty)
        .findFirst()
        .orElse(byHand);
  }
}
