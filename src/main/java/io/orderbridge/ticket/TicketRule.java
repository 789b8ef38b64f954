package io.orderbridge.ticket;

import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import java.util.List;
import java.util.Set;

/**
 * One rule of the policy.
 *
 * @param name stands at the tickets that it opened
 * @param when which findings it is for
 * @param duty null when no ticket is opened
 */
public record TicketRule(String name, When when, Duty duty) {
  /**
   * Which findings; what is empty or null is no condition, and all conditions have to hold.
   *
   * @param codes whole codes, or with {@code *} at the end what they begin with
   * @param amounts the least amount, whatever its sign, per currency; a finding in another currency
   *     or without an amount does not match
   * @param shops the part of the subject before the slash
   */
  public record When(
      Set<Finding.Kind> kinds,
      List<String> codes,
      Level level,
      List<Money> amounts,
      Set<String> shops) {
    /** Every finding. */
    public static final When ALWAYS = new When(Set.of(), List.of(), null, List.of(), Set.of());

    public When {
      kinds = Set.copyOf(kinds);
      codes = List.copyOf(codes);
      amounts = List.copyOf(amounts);
      shops = Set.copyOf(shops);
    }

    /** Whether there is no condition at all. */
    public boolean isAlways() {
      return equals(ALWAYS);
    }

    boolean matches(Finding finding) {
      return (kinds.isEmpty() || kinds.contains(finding.kind()))
          && (codes.isEmpty() || codes.stream().anyMatch(code -> fits(code, finding.code())))
          && (level == null || level == finding.level())
          && (amounts.isEmpty() || amounts.stream().anyMatch(least -> reaches(finding, least)))
          && (shops.isEmpty() || shops.contains(shop(finding.subject())));
    }

    private static boolean fits(String wanted, String code) {
      return wanted.endsWith("*")
          ? code.startsWith(wanted.substring(0, wanted.length() - 1))
          : code.equals(wanted);
    }

    private static boolean reaches(Finding finding, Money least) {
      Money amount = finding.amount();
      return amount != null
          && amount.currency().equals(least.currency())
          && Math.abs(amount.minor()) >= least.minor();
    }

    private static String shop(String subject) {
      int slash = subject.indexOf('/');
      return slash < 0 ? subject : subject.substring(0, slash);
    }
  }
}
