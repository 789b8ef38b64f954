package io.orderbridge.rows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the footer says against what the rows give. Rows that were put aside count with what can be
 * read of them; a sum that needs what cannot be read is left open, if a count shows that no row is
 * missing.
 */
final class Totals {
  private final Table table;
  private final List<Running> running = new ArrayList<>();

  /** One total while the rows come. */
  private static final class Running {
    private final Table.Total total;
    private BigDecimal sum = BigDecimal.ZERO;
    // Rows of which it cannot be read whether they count, or how much.
    private int open;

    Running(Table.Total total) {
      this.total = total;
    }

    void add(Map<String, String> row, boolean whole) {
      Optional<Boolean> counts = matches(total.where(), row, whole);
      if (counts.isEmpty()) {
        open++;
      } else if (counts.get()) {
        addCounting(row, whole);
      }
    }

    private void addCounting(Map<String, String> row, boolean whole) {
      if (total.column() == null) {
        sum = sum.add(BigDecimal.ONE);
      } else if (whole || row.containsKey(total.column())) {
        sum = sum.add(Amounts.of(row.get(total.column())));
      } else {
        open++;
      }
    }

    boolean agrees(BigDecimal said) {
      BigDecimal missing = said.subtract(sum);
      if (total.column() == null) {
        return missing.signum() >= 0 && missing.compareTo(BigDecimal.valueOf(open)) <= 0;
      }
      return missing.signum() == 0;
    }
  }

  Totals(Table table) {
    this.table = table;
    table.ending().totals().forEach(total -> running.add(new Running(total)));
  }

  /** Whether a row meets the conditions; empty when it lacks what they ask for. */
  static Optional<Boolean> matches(
      Map<String, Pattern> where, Map<String, String> row, boolean whole) {
    for (Map.Entry<String, Pattern> condition : where.entrySet()) {
      String cell = row.get(condition.getKey());
      if (cell == null && !whole) {
        return Optional.empty();
      }
      if (!condition.getValue().matcher(cell == null ? "" : cell).matches()) {
        return Optional.of(false);
      }
    }
    return Optional.of(true);
  }

  void add(Map<String, String> row) {
    running.forEach(total -> total.add(row, true));
  }

  /** A row that was put aside, with the cells that could be read. */
  void addRefused(Map<String, String> readable) {
    running.forEach(total -> total.add(readable, false));
  }

  /** A line that was put aside and may be any number of rows, or a part of one. */
  void addUnreadable() {
    running.forEach(total -> total.open++);
  }

  /** Refuses the file when footer and rows disagree. */
  void check(FooterReader footer, List<String> columns, Rows.Gathered gathered) {
    boolean counted = false;
    List<Running> open = new ArrayList<>();
    for (Running one : running) {
      Optional<BigDecimal> said = said(one.total, footer, columns);
      if (said.isEmpty()) {
        continue;
      }
      boolean agrees = one.agrees(said.get());
      if (!agrees && (one.total.column() == null || one.open == 0)) {
        throw differs(one, said.get());
      }
      counted |= one.total.column() == null;
      if (!agrees) {
        open.add(one);
      }
    }
    if (!open.isEmpty() && !counted) {
      throw FileRefused.of(
          table,
          "total '%s' cannot be checked, because %d rows cannot be read, and no total counts the"
                  .formatted(open.get(0).total.label(), gathered.refusedRows())
              + " rows; mend the file");
    }
    open.forEach(
        one ->
            gathered.note(
                "total '%s' is left open: it needs rows that were put aside"
                    .formatted(one.total.label())));
  }

  private Optional<BigDecimal> said(Table.Total total, FooterReader footer, List<String> columns) {
    Optional<String> text = footer.value(total.label());
    if (text.isEmpty()) {
      // Bills of another kind lack a column and its total alike.
      if (total.column() != null && !columns.contains(total.column())) {
        return Optional.empty();
      }
      throw FileRefused.of(
          table, "the footer has no '%s', which 'totals' names".formatted(total.label()));
    }
    String cell = text.get();
    if (cell.isEmpty()) {
      return Optional.of(BigDecimal.ZERO);
    }
    return Optional.of(
        Amounts.plain(cell, table.columns().decimal())
            .map(BigDecimal::new)
            .orElseThrow(
                () ->
                    FileRefused.of(
                        table, "'%s' of the footer is no amount".formatted(total.label()))));
  }

  private FileRefused differs(Running one, BigDecimal said) {
    return FileRefused.of(
        table,
        "'%s' of the footer is %s, the rows give %s; the file is cut off or changed, ask for it"
                .formatted(one.total.label(), said.toPlainString(), one.sum.toPlainString())
            + " again");
  }
}
