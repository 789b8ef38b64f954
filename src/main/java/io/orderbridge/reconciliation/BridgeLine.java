package io.orderbridge.reconciliation;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Figures.Total;
import io.orderbridge.books.Figures.When;
import io.orderbridge.kernel.Wording;
import java.util.Locale;
import java.util.Map;

/**
 * Why two bases give two totals: a reason, and what it comes to.
 *
 * @param total with the sign by which it leads from the first total to the second
 */
record BridgeLine(Reason reason, Total total) {
  private static final Map<Basis, Wording> ACTS =
      Map.of(
          Basis.ORDERED, new Wording("下单", "ordered"),
          Basis.PAID, new Wording("付款", "paid"),
          Basis.SHIPPED, new Wording("出库", "shipped"),
          Basis.SETTLED, new Wording("结算", "settled"));
  private static final Map<When, Wording> WHENS =
      Map.of(
          When.BEFORE, new Wording("本期%s,更早已%s", "%s in the period, %s earlier"),
          When.AFTER, new Wording("本期%s,以后才%s", "%s in the period, %s later"),
          When.UNKNOWN, new Wording("本期%s,尚未%s", "%s in the period, not %s so far"));
  private static final Map<When, String> WORDS =
      Map.of(When.BEFORE, "earlier", When.AFTER, "later", When.UNKNOWN, "never");

  /**
   * @param in by this time it belongs to the period
   * @param out by this time it does not
   * @param when where that time lies
   */
  record Reason(Basis in, Basis out, When when) {
    /** For machines, such as {@code ordered-here-settled-later}. */
    String id() {
      return "%s-here-%s-%s".formatted(in, out, WORDS.get(when)).toLowerCase(Locale.ROOT);
    }

    Wording text() {
      Wording pattern = WHENS.get(when);
      return new Wording(
          pattern.zh().formatted(act(in).zh(), act(out).zh()),
          pattern.en().formatted(act(in).en(), act(out).en()));
    }
  }

  /** What happens at the time of a basis. */
  static Wording act(Basis basis) {
    return ACTS.get(basis);
  }
}
