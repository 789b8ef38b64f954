package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Runs that people ask for: for finance and the owner, each asking is audited. Thread-safe. */
@Singleton
public class RunActs {
  private static final Set<Role> MAY = Set.of(Role.FINANCE, Role.OWNER);

  private final ReconciliationBook book;
  private final Runs runs;
  private final RuleText rules;
  private final Database database;
  private final Clock clock;

  RunActs(ReconciliationBook book, Runs runs, RuleText rules, Database database, Clock clock) {
    this.book = book;
    this.runs = runs;
    this.rules = rules;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Runs the period of a day by the rules in force and waits for it. Over the same snapshots by the
   * same rules it is the run that is there: {@code made} is false then. A process that dies leaves
   * nothing.
   *
   * @param day such as 2026-11-20
   * @throws Declined when the person may not, there is no such reconciliation or day, nothing is
   *     there to compare, it rests, or it does not add up
   */
  public Map<String, Object> run(Person person, String name, String day) {
    LocalDate wanted = asked(person, name, day, null);
    try {
      Runs.Answer answer = runs.run(name, wanted, person.name(), clock.instant());
      if (answer.rests()) {
        throw rests(name, answer);
      }
      Map<String, Object> view = RunView.of(answer.run());
      view.put("made", answer.made());
      return view;
    } catch (NotRun e) {
      throw new Declined(Kind.WRONG, e.wording());
    } catch (Runs.NotConserved e) {
      throw notConserved(e);
    }
  }

  /** As above, of a version that is there: made again, compared, and thrown away. */
  Map<String, Object> again(Person person, String name, String day, int version) {
    LocalDate wanted = asked(person, name, day, version);
    Runs.Again again = runs.again(name, wanted, version, rules);
    Map<String, Object> view = RunView.of(again.run());
    view.put("again", again.hash());
    view.put("same", again.isSame());
    return view;
  }

  private LocalDate asked(Person person, String name, String day, Integer version) {
    person.needs(MAY, new Wording("运行对账", "Running a reconciliation"));
    book.known(name);
    LocalDate wanted = day("day", day);
    database.run(
        connection ->
            Audit.write(
                connection,
                new Audit.Act(
                    person.name(),
                    "reconciliation.run",
                    name,
                    "",
                    "day=%s as-of=%s".formatted(wanted, version))));
    return wanted;
  }

  private static Declined rests(String name, Runs.Answer answer) {
    return new Declined(
        Kind.CONFLICT,
        Wording.of(
            "%s 暂停：没有生效的连接在 books 下声明 %s",
            "%s rests: no connection in force declares %s under 'books'",
            name,
            String.join(", ", answer.absent())));
  }

  private static Declined notConserved(Runs.NotConserved e) {
    return new Declined(
        Kind.CONFLICT, new Wording("这次对账不平，没有保留：" + e.getMessage(), e.getMessage()));
  }

  /**
   * A day as it is written in a request or a form.
   *
   * @param name of the field
   * @throws Declined when it is none
   */
  public static LocalDate day(String name, String text) {
    try {
      return LocalDate.parse(Objects.toString(text, ""));
    } catch (DateTimeException e) {
      throw new Declined(
          Kind.WRONG,
          Wording.of(
              "日期（%s）为“%s”，应形如 2026-11-20",
              "'%s' is '%s', expected a day such as 2026-11-20", name, text));
    }
  }
}
