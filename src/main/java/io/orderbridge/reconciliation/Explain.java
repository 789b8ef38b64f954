package io.orderbridge.reconciliation;

import io.orderbridge.books.Tolerance;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/** The clauses of the sentence by which an item says why it is one. */
final class Explain {
  static final Wording LEFT = new Wording("左方", "the left");
  static final Wording RIGHT = new Wording("右方", "the right");

  private static final int PERCENT = 100;
  // What is just below a limit must not be shown as the limit: shares are cut, not rounded.
  private static final int SHARE_DIGITS = 3;

  private Explain() {}

  /** By what entries were found to belong together. */
  enum Found {
    KEY("单号相同", "key equal"),
    REF("备用单号相同", "further key equal"),
    AMOUNT("金额相同且唯一", "the only equal amount"),
    SUM("合计相符", "adding up"),
    HAND("人工关联", "linked by hand");

    private final Wording text;

    Found(String zh, String en) {
      this.text = new Wording(zh, en);
    }

    Wording text() {
      return text;
    }
  }

  static Wording join(Wording one, String zh, String en, Wording other) {
    return new Wording(one.zh() + zh + other.zh(), one.en() + en + other.en());
  }

  static Wording and(Wording one, Wording other) {
    return other == null ? one : join(one, ",", ", ", other);
  }

  static Wording then(Wording one, Wording other) {
    return join(one, ";", "; ", other);
  }

  static Wording by(Wording one, String rule) {
    return join(one, "", " ", new Wording("(规则 " + rule + ")", "(rule '" + rule + "')"));
  }

  /** With the currency's decimals and its code; pieces are a number alone. */
  static String value(String currency, long value) {
    return currency.isEmpty()
        ? Long.toString(value)
        : new Money(value, Money.currency(currency)).toString();
  }

  /** Both sums, and the right one's share above or below the left one. */
  static Wording sums(JudgeMeasure measure, String currency, long left, long right) {
    Wording what = measure.quantity() ? new Wording("数量", "quantity") : new Wording("金额", "amount");
    if (left == right) {
      return join(what, " ", " ", Wording.of("%s", "%s", value(currency, left)));
    }
    String share = left == 0 ? "" : ", " + share(Math.subtractExact(right, left), left) + " %";
    return join(
        what,
        " ",
        " ",
        Wording.of(
            "左 %s、右 %s(%s%s)",
            "%s left, %s right (%s%s)",
            value(currency, left),
            value(currency, right),
            value(currency, Math.subtractExact(right, left)),
            share));
  }

  private static String share(long gap, long left) {
    BigDecimal share =
        BigDecimal.valueOf(gap)
            .multiply(BigDecimal.valueOf(PERCENT))
            .divide(BigDecimal.valueOf(left).abs(), SHARE_DIGITS, RoundingMode.DOWN);
    return share.toPlainString();
  }

  /** Null when the days are not known, or the same. */
  static Wording days(LocalDate left, LocalDate right) {
    long days = left == null || right == null ? 0 : right.toEpochDay() - left.toEpochDay();
    if (days == 0) {
      return null;
    }
    return days > 0
        ? Wording.of("右方晚 %d 天", "right %d days later", days)
        : Wording.of("右方早 %d 天", "right %d days earlier", -days);
  }

  static Wording limit(Tolerance tolerance, String currency) {
    String share =
        BigDecimal.valueOf(tolerance.millionths(), 4).setScale(2, RoundingMode.HALF_UP) + " %";
    if (tolerance.millionths() % PERCENT != 0) {
      share = BigDecimal.valueOf(tolerance.millionths(), 4).toPlainString() + " %";
    }
    String amount = value(currency, tolerance.minor());
    if (tolerance.minor() == 0) {
      return new Wording(share, share);
    }
    if (tolerance.millionths() == 0) {
      return new Wording(amount, amount);
    }
    return tolerance.both()
        ? Wording.of("%s 且 %s", "%s and %s", amount, share)
        : Wording.of("%s 或 %s", "%s or %s", amount, share);
  }

  static Wording below(Tolerance tolerance, String currency) {
    Wording limit = limit(tolerance, currency);
    return new Wording(
        "在规则 tolerance 的容差内(低于 %s)".formatted(limit.zh()),
        "tolerated by rule 'tolerance' (below %s)".formatted(limit.en()));
  }

  static Wording notBelow(Tolerance tolerance, String currency) {
    if (tolerance.equals(Tolerance.NONE)) {
      return new Wording("不允许差额", "no difference is tolerated");
    }
    Wording limit = limit(tolerance, currency);
    return new Wording("不低于容差 " + limit.zh(), "not below " + limit.en());
  }

  static Wording refundTwice(Wording side) {
    return new Wording(
        side.zh() + "的原单已减去退款,又记一次退款",
        side.en() + " lowered the original and booked the refund again");
  }

  static Wording repeats(String currency, Wording side, long value, long times) {
    String text = value(currency, value);
    return new Wording(
        "%s重复 %s,多 %d 次".formatted(side.zh(), text, times),
        "%s repeats %s, %d times too often".formatted(side.en(), text, times));
  }

  static Wording sides(String currency, Wording what, long left, long right) {
    return new Wording(
        "差额是%s:左方 %s,右方 %s".formatted(what.zh(), value(currency, left), value(currency, right)),
        "the difference is the %s: %s on the left, %s on the right"
            .formatted(what.en(), value(currency, left), value(currency, right)));
  }

  static Wording parts(int left, int right) {
    return Wording.of("左方 %d 份,右方 %d 份", "%d parts on the left, %d on the right", left, right);
  }
}
