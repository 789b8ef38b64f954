package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The difference rates of months, as the API answers them: amounts exact decimal text, times ISO
 * text. Thread-safe.
 */
@Singleton
public class RateBook {
  private static final Set<Role> ROLES = Set.of(Role.FINANCE, Role.OWNER, Role.MANAGER);

  private final Rates rates;
  private final Clock clock;

  RateBook(Rates rates, Clock clock) {
    this.rates = rates;
    this.clock = clock;
  }

  /**
   * The rates of a month; all reconciliations together by a null name, then each.
   *
   * @param month such as 2026-10; null for the one that runs
   * @throws Declined when it is no month, or nothing says what was sold
   */
  public Map<String, Object> of(String month) {
    return told(month == null ? null : ReportAsked.month(month), rates::of);
  }

  /**
   * Tells the rates of a month for good. Asked twice they stay as they are.
   *
   * @throws Declined when the person may not, it is no month or not over, or nothing says what was
   *     sold
   */
  public Map<String, Object> freeze(Person person, String month) {
    person.needs(ROLES, new Wording("冻结月份", "Freezing a month"));
    return told(
        ReportAsked.month(month), read -> rates.freeze(read, person.name(), clock.instant()));
  }

  private Map<String, Object> told(YearMonth month, Function<YearMonth, List<Rate>> told) {
    try {
      YearMonth read = month == null ? YearMonth.now(clock.withZone(rates.zone())) : month;
      return view(read, told.apply(read));
    } catch (ReportRefused e) {
      throw new Declined(Kind.CONFLICT, e.wording());
    }
  }

  private static Map<String, Object> view(YearMonth month, List<Rate> rates) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("month", month.toString());
    view.put("passes", rates.stream().allMatch(Rate::passes));
    Rate first = rates.isEmpty() ? null : rates.get(0);
    view.put("definition", first == null ? null : first.basis().definition());
    view.put("snapshots", first == null ? List.of() : first.basis().snapshots());
    boolean frozen = first != null && first.frozen() != null;
    view.put("frozenAt", frozen ? first.frozen().at().toString() : null);
    view.put("frozenBy", frozen ? first.frozen().by() : null);
    view.put("rates", rates.stream().map(RateBook::view).toList());
    return view;
  }

  private static Map<String, Object> view(Rate rate) {
    Map<String, Object> view = new LinkedHashMap<>();
    String currency = rate.of().currency();
    view.put(
        "reconciliation", rate.of().reconciliation().isEmpty() ? null : rate.of().reconciliation());
    view.put("currency", currency);
    view.put("open", ReportViews.decimal(rate.open(), currency));
    view.put("breaks", rate.breaks());
    view.put("turnover", ReportViews.decimal(rate.turnover(), currency));
    view.put("percent", rate.percent() == null ? null : rate.percent().toPlainString());
    view.put("passes", rate.passes());
    return view;
  }
}
