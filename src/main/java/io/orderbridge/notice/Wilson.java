package io.orderbridge.notice;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A rate and how sure it is: Wilson's interval of 95 % (E. B. Wilson, J. Am. Stat. Assoc. 22,
 * 1927), which stays within 0 and 1 and is good for few calls too. Exact decimals, rounded at the
 * end.
 *
 * @param rate null when nobody was asked
 */
record Wilson(BigDecimal rate, BigDecimal low, BigDecimal high) {
  // The 97.5 % quantile of the normal distribution.
  private static final BigDecimal Z = new BigDecimal("1.959963984540054");
  private static final MathContext EXACT = MathContext.DECIMAL128;
  private static final int DECIMALS = 6;

  static Wilson of(long hits, long of) {
    if (hits < 0 || hits > of) {
      throw new IllegalArgumentException("%d of %d is no share".formatted(hits, of));
    }
    if (of == 0) {
      return new Wilson(null, rounded(BigDecimal.ZERO), rounded(BigDecimal.ONE));
    }
    BigDecimal n = BigDecimal.valueOf(of);
    BigDecimal p = BigDecimal.valueOf(hits).divide(n, EXACT);
    BigDecimal zz = Z.multiply(Z);
    BigDecimal two = BigDecimal.valueOf(2);
    BigDecimal middle = p.add(zz.divide(n.multiply(two), EXACT));
    BigDecimal spread =
        p.multiply(BigDecimal.ONE.subtract(p))
            .divide(n, EXACT)
            .add(zz.divide(n.multiply(n).multiply(two).multiply(two), EXACT))
            .sqrt(EXACT)
            .multiply(Z);
    BigDecimal whole = BigDecimal.ONE.add(zz.divide(n, EXACT));
    return new Wilson(
        rounded(p),
        rounded(middle.subtract(spread).divide(whole, EXACT).max(BigDecimal.ZERO)),
        rounded(middle.add(spread).divide(whole, EXACT).min(BigDecimal.ONE)));
  }

  private static BigDecimal rounded(BigDecimal share) {
    return share.setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }
}
