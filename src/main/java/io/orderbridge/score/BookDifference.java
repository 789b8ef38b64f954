package io.orderbridge.score;

import io.orderbridge.reconciliation.Rates;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * 对账差异率: as the reconciliations tell it. Currencies are not added up: the one that is worst is the
 * month's.
 */
@Singleton
class BookDifference implements Measured {
  private final Rates rates;

  BookDifference(Rates rates) {
    this.rates = rates;
  }

  @Override
  public Metric metric() {
    return Metric.BOOK_DIFFERENCE;
  }

  @Override
  public Optional<Measure> measure(Period period, HealthRules rules, Instant now) {
    return worst(rates.told(period.month()));
  }

  /** The currency that is worst; empty when there is none. */
  static Optional<Measure> worst(List<Rates.Told> told) {
    return told.stream()
        .max(Comparator.comparing(BookDifference::open, BookDifference::worse))
        .map(BookDifference::measure);
  }

  /** Open against sold, to be compared crosswise: a currency in which nothing was sold is worst. */
  private record Open(BigInteger open, BigInteger sold) {}

  private static Open open(Rates.Told told) {
    return new Open(told.open(), told.turnover().max(BigInteger.ZERO));
  }

  private static int worse(Open one, Open other) {
    if (one.open().signum() == 0 && other.open().signum() == 0) {
      return one.sold().compareTo(other.sold());
    }
    return one.open().signum() == 0 || other.open().signum() == 0
        ? Integer.compare(one.open().signum(), other.open().signum())
        : one.open().multiply(other.sold()).compareTo(other.open().multiply(one.sold()));
  }

  private static Measure measure(Rates.Told told) {
    Map<String, BigDecimal> by = new TreeMap<>();
    told.byName().forEach((name, open) -> by.put(name, new BigDecimal(open)));
    return new Measure(
        new BigDecimal(told.open()),
        new BigDecimal(told.turnover()),
        told.currency(),
        by,
        List.of());
  }
}
