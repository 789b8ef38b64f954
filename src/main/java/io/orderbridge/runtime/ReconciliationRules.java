package io.orderbridge.runtime;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Tolerance;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.Reconciliation;
import io.orderbridge.reconciliation.Reconciliation.Compare;
import io.orderbridge.reconciliation.Reconciliation.Every;
import io.orderbridge.reconciliation.Reconciliation.Pass;
import io.orderbridge.reconciliation.Reconciliation.Side;
import io.orderbridge.reconciliation.Reconciliation.Tally;
import io.orderbridge.reconciliation.Reconciliations.Care;
import io.orderbridge.reconciliation.Reconciliations.Loaded;
import io.orderbridge.ticket.Owner;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code mappings/reconciliations/<name>.yaml}. */
final class ReconciliationRules {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String BOOK = "[a-z0-9][a-z0-9-]{0,59}/[a-z0-9][a-z0-9-]{0,59}";
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,59}";
  private static final String CURRENCY = "CNY";
  // A quarter: what has not been settled by then is nobody's settlement cycle.
  private static final int DAYS_MAX = 92;
  // Of a sum of more parts there are more that fit by chance than that are meant.
  private static final int MOST_MAX = 40;
  private static final int MOST_DEFAULT = 12;
  private static final int PASSES_MAX = 20;
  private static final int BOOKS_MAX = 50;
  private static final int PIECES_MAX = 1_000_000;
  private static final BigDecimal PERCENT_MAX = BigDecimal.valueOf(100);

  private ReconciliationRules() {}

  /**
   * Reads a text that a run has kept.
   *
   * @throws IllegalArgumentException when it cannot be read any more; says where
   */
  static Loaded read(String name, String text) {
    String file = "rules of a run of " + name;
    List<FileProblem> problems = new ArrayList<>();
    Optional<Loaded> loaded =
        YamlText.compose(file, text, problems)
            .map(
                node ->
                    read(
                        name,
                        text,
                        new Section(
                            file,
                            "",
                            node,
                            new References(variable -> null, Path.of(".")),
                            problems)));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.get(0).toString());
    }
    return loaded.orElseThrow();
  }

  static Loaded read(String name, String text, Section root) {
    root.allow(
        "title",
        "every",
        "zone",
        "left",
        "right",
        "compare",
        "tally",
        "tolerance",
        "settles",
        "passes",
        "owner",
        "write-off",
        "back");
    Compare compare = root.value("compare", Compare.AMOUNT, t -> Notation.word(t, Compare.class));
    Reconciliation reconciliation =
        new Reconciliation(
            name,
            DefinitionSection.wording(root, "title"),
            root.value("every", Every.DAY, t -> Notation.word(t, Every.class)),
            root.value("zone", ZONE, ReadsSection::zone),
            side("left", root),
            side("right", root),
            compare,
            root.value("tally", Tally.EACH, t -> Notation.word(t, Tally.class)),
            root.section("tolerance")
                .map(section -> tolerance(section, compare))
                .orElse(Tolerance.NONE),
            root.value("settles", 0, t -> number(t, 0, DAYS_MAX)),
            passes(root),
            root.value("owner", "finance", ReconciliationRules::owner),
            text);
    Money writeOff = root.section("write-off").map(ReconciliationRules::writeOff).orElse(null);
    int back = root.value("back", Care.BACK_DEFAULT, t -> number(t, 1, DAYS_MAX));
    return new Loaded(reconciliation, new Care(writeOff, back));
  }

  private static Side side(String key, Section root) {
    Optional<Section> found = root.section(key);
    if (found.isEmpty()) {
      root.wrong(key, "there is no '%s': a side has title, books and basis".formatted(key));
      return new Side(new Wording("?", "?"), List.of(), Basis.SETTLED, null);
    }
    Section section = found.get();
    section.allow("title", "books", "basis", "counts");
    List<String> books =
        section.values("books", List.of(), t -> matching(t, BOOK, "<connection>/<book>"));
    if (books.isEmpty() || books.size() > BOOKS_MAX) {
      section.wrong("books", "'%s.books' names 1 to %d books".formatted(key, BOOKS_MAX));
    }
    if (new HashSet<>(books).size() < books.size()) {
      section.wrong("books", "'%s.books' names a book twice".formatted(key));
    }
    section.required("basis");
    return new Side(
        DefinitionSection.wording(section, "title"),
        books,
        section.value("basis", Basis.SETTLED, t -> Notation.constant(t, Basis.class)),
        section.value("counts", null, t -> matching(t, NAME, "the name of a definition")));
  }

  private static Tolerance tolerance(Section section, Compare compare) {
    if (compare == Compare.QUANTITY) {
      section.allow("pieces");
      return new Tolerance(section.value("pieces", 0, t -> number(t, 0, PIECES_MAX)), 0, false);
    }
    section.allow("amount", "percent", "both", "currency");
    String currency = section.value("currency", CURRENCY, t -> Money.currency(t).toString());
    Money amount = section.value("amount", Money.of("0", currency), t -> money(t, currency));
    BigDecimal percent = section.value("percent", BigDecimal.ZERO, ReconciliationRules::percent);
    boolean both = section.value("both", false, Notation::yesOrNo);
    try {
      return both
          ? Tolerance.both(amount.minor(), percent)
          : Tolerance.either(amount.minor(), percent);
    } catch (IllegalArgumentException e) {
      section.wrong("both", e.getMessage());
      return Tolerance.NONE;
    }
  }

  private static List<Pass> passes(Section root) {
    List<Pass> passes = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    List<Section> sections = root.has("passes") ? root.sections("passes") : List.of();
    if (sections.size() > PASSES_MAX) {
      root.wrong("passes", "'passes' has more than %d".formatted(PASSES_MAX));
    }
    for (Section section : sections) {
      section.allow("id", "by", "many", "within", "most");
      section.required("id");
      section.required("by");
      Pass pass =
          new Pass(
              section.value("id", "", t -> matching(t, NAME, "small letters, digits, hyphens")),
              section.value("by", Pass.By.REF, t -> Notation.word(t, Pass.By.class)),
              section.value("many", Pass.Many.BOTH, t -> Notation.word(t, Pass.Many.class)),
              section.value("within", 0, t -> number(t, 0, DAYS_MAX)),
              section.value("most", MOST_DEFAULT, t -> number(t, 2, MOST_MAX)));
      if (pass.by() != Pass.By.SUM && (section.has("many") || section.has("most"))) {
        section.wrong("by", "'many' and 'most' are of effect with 'by: sum' alone");
      }
      if (!ids.add(pass.id())) {
        section.wrong("id", "two passes are called '%s'".formatted(pass.id()));
      }
      passes.add(pass);
    }
    return passes;
  }

  private static Money writeOff(Section section) {
    section.allow("limit", "currency");
    section.required("limit");
    String currency = section.value("currency", CURRENCY, t -> Money.currency(t).toString());
    return section.value("limit", null, t -> money(t, currency));
  }

  private static Money money(String text, String currency) {
    try {
      Money money = Money.of(text, currency);
      if (!money.isNegative()) {
        return money;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is '%s': %s".formatted(text, e.getMessage()), e);
    }
    throw Notation.expected(text, "zero or more");
  }

  private static BigDecimal percent(String text) {
    if (text.matches("\\d{1,3}(\\.\\d{1,4})?")) {
      BigDecimal percent = new BigDecimal(text);
      if (percent.compareTo(PERCENT_MAX) <= 0) {
        return percent;
      }
    }
    throw Notation.expected(text, "0 to 100 with at most four decimals, such as 0.5");
  }

  private static String owner(String text) {
    if (!Owner.ROLES.contains(text)) {
      throw Notation.expected(text, "one of " + String.join(", ", Owner.ROLES));
    }
    return text;
  }

  private static String matching(String text, String pattern, String expected) {
    if (!text.matches(pattern)) {
      throw Notation.expected(text, expected);
    }
    return text;
  }

  private static int number(String text, int min, int max) {
    return (int) Notation.whole(text, min, max);
  }
}
