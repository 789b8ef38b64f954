package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A report that somebody asked for.
 *
 * @param file how its files are called, without their ending
 */
record ReportAsked(Reports.Wanted wanted, String file, Locale locale) {
  private static final Set<Role> ROLES = Set.of(Role.FINANCE, Role.OWNER, Role.MANAGER);

  static Supplier<ReportAsked> run(Reports reports, long id, String lang, String accepted) {
    return () ->
        reports
            .run(id)
            .map(wanted -> new ReportAsked(wanted, "run-" + id, ReportWords.locale(lang, accepted)))
            .orElseThrow(() -> ReconciliationBook.missing(id));
  }

  static Supplier<ReportAsked> month(
      Reports reports, String name, String month, String lang, String accepted) {
    return () -> {
      YearMonth read = month(month);
      return reports
          .month(name, read)
          .map(
              wanted ->
                  new ReportAsked(wanted, name + "-" + read, ReportWords.locale(lang, accepted)))
          .orElseThrow(() -> ReportReads.noRun(name, read));
    };
  }

  /** A month as it is written in a request. */
  static YearMonth month(String text) {
    try {
      return YearMonth.parse(text == null ? "" : text);
    } catch (DateTimeException e) {
      throw new Declined(
          Declined.Kind.WRONG,
          Wording.of(
              "月份为“%s”，应形如 2026-10", "'month' is '%s', expected a month such as 2026-10", text));
    }
  }

  /** Answers who may see reports; one that would not be true is a conflict. */
  static Response answer(
      SecurityContext security,
      Supplier<ReportAsked> lookup,
      Function<ReportAsked, Response> answer) {
    return Replies.to(
        () -> {
          Person.of(security.getUserPrincipal(), security::isUserInRole)
              .needs(ROLES, new Wording("查看报表", "A report"));
          return answer.apply(lookup.get());
        });
  }
}
