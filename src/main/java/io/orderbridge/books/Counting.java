package io.orderbridge.books;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A figure over entries, and the statement that makes it.
 *
 * @param of what is added up
 * @param counts which entries it is made of
 */
public record Counting(Of of, Matching.Condition counts) {
  private static final String TOTAL =
      """
      select %1$s as unit, count(*) as entries, coalesce(sum(%2$s), 0) as total
        from %3$s counted
       where %4$s
       group by 1 order by 1\
      """;
  private static final String WHEN =
      "case when %1$s is null then 0 when %1$s < %2$s then 1 when %1$s < %3$s then 2 else 3 end"
          + " as %1$s";
  private static final String CELLS =
      """
      select %1$s as unit, count(*), coalesce(sum(%2$s), 0),
             %3$s
        from %4$s counted
       group by 1, 4, 5, 6, 7 order by 1, 4, 5, 6, 7\
      """;
  private static final String ENTRIES =
      """
      (select %3$s, amount, quantity, currency, ordered_at, paid_at, shipped_at, settled_at
         from (%1$s) entry
        where %2$s%4$s)\
      """;

  /** What is added up. */
  public enum Of {
    AMOUNT("amount", "coalesce(currency, '')"),
    QUANTITY("quantity", "''"),
    /** Keys, each once: the first of its entries that counts stands for it. */
    ORDERS("1", "''");

    private final String value;
    private final String unit;

    Of(String value, String unit) {
      this.value = value;
      this.unit = unit;
    }

    /** What an entry adds. */
    String value() {
      return value;
    }

    /** In what it is counted. */
    String unit() {
      return unit;
    }
  }

  /** The figure by one basis, as a statement to be read by people. */
  public String text(Basis basis, Instant from, Instant to) {
    return total("select * from books.entry", basis, new Matching.Period(from, to));
  }

  String all(String entries) {
    return TOTAL.formatted(of.unit, of.value, counted(entries), "true");
  }

  String total(String entries, Basis basis, Matching.Period period) {
    return TOTAL.formatted(of.unit, of.value, counted(entries), EntrySql.within(basis, period));
  }

  /** How many entries, and how much, lie where in the period by each of their times. */
  String cells(String entries, Matching.Period period) {
    String when =
        Arrays.stream(Basis.values())
            .map(
                basis ->
                    WHEN.formatted(
                        basis.column(), EntrySql.time(period.from()), EntrySql.time(period.to())))
            .collect(Collectors.joining(",\n"));
    return CELLS.formatted(of.unit, of.value, when, counted(entries));
  }

  private String counted(String entries) {
    boolean once = of == Of.ORDERS;
    return ENTRIES.formatted(
        entries,
        EntrySql.counts(counts),
        once ? "distinct on (key) key" : "key",
        once ? "\n        order by key, snapshot, place" : "");
  }
}
