package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the figures of the business are, and what they come to by the basis of each department, as
 * the API answers it. Reads only: nothing that is previewed is adopted. Thread-safe.
 */
@Singleton
public class DefinitionBook {
  private static final Set<Role> ROLES =
      Set.of(Role.FINANCE, Role.OPS, Role.WAREHOUSE, Role.OWNER, Role.MANAGER);

  // What is ordered may be settled a month later; platforms pay out within 45 days.
  /** So many days before and after a period are read where nobody says. */
  public static final int AROUND_DEFAULT = 45;

  private static final int AROUND_MAX = 184;
  private static final int DAYS_MAX = 366;
  private static final int TEXT_MAX = 65_536;

  private final Definitions definitions;
  private final DefinitionTexts texts;
  private final DefinitionTotals totals;
  private final Reconciliations reconciliations;
  private final Clock clock;

  DefinitionBook(
      Definitions definitions,
      DefinitionTexts texts,
      DefinitionTotals totals,
      Reconciliations reconciliations,
      Clock clock) {
    this.definitions = definitions;
    this.texts = texts;
    this.totals = totals;
    this.reconciliations = reconciliations;
    this.clock = clock;
  }

  /** The definitions in force by name, with who has not signed. */
  public List<Map<String, Object>> list() {
    return definitions.all().stream().map(ReportViews::definitionState).toList();
  }

  /**
   * A definition with its SQL of last month.
   *
   * @param basis finance, operations (also by null) or warehouse
   * @throws Declined when there is no such definition or basis
   */
  public Map<String, Object> one(String name, String basis) {
    Definition definition = known(name);
    YearMonth month = lastMonth(definition);
    return DefinitionViews.of(definition, department(basis), month.atDay(1), month.atEndOfMonth());
  }

  /**
   * The file of a definition as it is in force.
   *
   * @throws Declined when there is no such definition
   */
  public String text(String name) {
    return known(name).text();
  }

  /**
   * A period of books; nulls stand for what is usual.
   *
   * @param books {@code <connection>/<book>}; empty for those that reconciliations count by it
   * @param from first day; null for the first of last month
   * @param to last day; null for the last of last month
   * @param basis finance, operations or warehouse
   */
  public record Asked(List<String> books, String from, String to, String basis, int around) {}

  /**
   * How the totals of the departments become each other.
   *
   * @throws Declined when the person may not, or something asked for is none
   */
  public Map<String, Object> bridge(Person person, String name, Asked wanted) {
    person.needs(ROLES, new Wording("查看口径桥", "A bridge"));
    Definition definition = known(name);
    YearMonth month = lastMonth(definition);
    DefinitionTotals.Asked asked =
        asked(
            books(name, wanted.books()),
            day("from", wanted.from(), month.atDay(1)),
            day("to", wanted.to(), month.atEndOfMonth()),
            wanted.around());
    return DefinitionViews.table(
        definition, asked, totals.bridges(definition, department(wanted.basis()), asked));
  }

  /**
   * What a changed definition would have changed in a month.
   *
   * @param month such as 2026-10; null for last month
   * @param text the file as it would be
   * @throws Declined when the person may not, or the text is wrong; it says where
   */
  public Map<String, Object> preview(
      Person person, String name, List<String> books, String month, String basis, String text) {
    person.needs(ROLES, new Wording("预览口径", "A preview"));
    Definition now = known(name);
    Definition proposed = proposed(name, text);
    YearMonth period = month == null ? lastMonth(now) : ReportAsked.month(month);
    DefinitionTotals.Asked asked =
        asked(books(name, books), period.atDay(1), period.atEndOfMonth(), AROUND_DEFAULT);
    return DefinitionViews.effect(
        now, proposed, asked, totals.effect(now, proposed, department(basis), asked));
  }

  private Definition proposed(String name, String text) {
    if (text == null || text.isBlank() || text.length() > TEXT_MAX) {
      throw new Declined(
          Declined.Kind.WRONG,
          Wording.of(
              "请填写 definitions/%s.yaml 的全文，最多 %d 个字符",
              "the body is the text of definitions/%s.yaml, at most %d characters",
              name,
              TEXT_MAX));
    }
    DefinitionTexts.Read read = texts.read(name, text);
    return read.definition()
        .orElseThrow(
            () ->
                new Declined(
                    Declined.Kind.WRONG,
                    new Wording(
                        joined(read.problems(), one -> one.said().zh(), "；"),
                        joined(read.problems(), one -> one.said().en(), "; "))));
  }

  private static String joined(
      List<FileProblem> problems, Function<FileProblem, String> said, String between) {
    return problems.stream().map(said).collect(Collectors.joining(between));
  }

  private Definition known(String name) {
    return definitions
        .find(name)
        .orElseThrow(
            () ->
                new Declined(
                    Declined.Kind.MISSING,
                    Wording.of(
                        "没有口径“%s”；现有 %s",
                        "there is no definition '%s'; there are %s",
                        name,
                        definitions.all().stream().map(Definition::name).toList())));
  }

  private YearMonth lastMonth(Definition definition) {
    return YearMonth.now(clock.withZone(definition.zone())).minusMonths(1);
  }

  private List<String> books(String name, List<String> asked) {
    List<String> books =
        asked != null && !asked.isEmpty()
            ? asked
            : reconciliations.all().stream()
                .map(Reconciliations.Loaded::reconciliation)
                .flatMap(what -> Stream.of(what.left(), what.right()))
                .filter(side -> name.equals(side.counts()))
                .flatMap(side -> side.books().stream())
                .distinct()
                .toList();
    if (books.isEmpty()) {
      throw new Declined(
          Declined.Kind.WRONG,
          Wording.of(
              "没有对账按“%s”计数；请指定账本 <connection>/<book>",
              "no reconciliation counts by '%s'; name a book: ?book=<connection>/<book>", name));
    }
    return books;
  }

  private static DefinitionTotals.Asked asked(
      List<String> books, LocalDate from, LocalDate to, int around) {
    if (to.isBefore(from) || from.plusDays(DAYS_MAX).isBefore(to)) {
      throw new Declined(
          Declined.Kind.WRONG,
          Wording.of(
              "截止日期为 %s，应在 %s 至 %s 之间",
              "'to' is %s, expected a day from %s to %s", to, from, from.plusDays(DAYS_MAX)));
    }
    if (around < 0 || around > AROUND_MAX) {
      throw new Declined(
          Declined.Kind.WRONG,
          Wording.of("前后天数为 %d，应为 0 到 %d", "'around' is %d, expected 0 to %d", around, AROUND_MAX));
    }
    return new DefinitionTotals.Asked(books, from, to, around);
  }

  private static LocalDate day(String key, String text, LocalDate usual) {
    try {
      return text == null ? usual : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new Declined(
          Declined.Kind.WRONG,
          Wording.of(
              "日期（%s）为“%s”，应形如 2026-10-01",
              "'%s' is '%s', expected a day such as 2026-10-01", key, text));
    }
  }

  private static Department department(String word) {
    return Arrays.stream(Department.values())
        .filter(one -> word == null ? one == Department.OPERATIONS : one.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new Declined(
                    Declined.Kind.WRONG,
                    Wording.of(
                        "口径（basis）为“%s”，应为 finance、operations 或 warehouse",
                        "'basis' is '%s', expected finance, operations or warehouse", word)));
  }
}
