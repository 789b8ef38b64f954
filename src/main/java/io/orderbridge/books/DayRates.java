package io.orderbridge.books;

import io.orderbridge.books.Conversion.Factor;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rates of one source and day, and what follows from two of them. */
final class DayRates {
  // By base, then by quote.
  private final Map<String, Map<String, Rate>> rates = new TreeMap<>();

  void add(Rate rate) {
    rates.computeIfAbsent(rate.base(), base -> new TreeMap<>()).put(rate.quote(), rate);
  }

  /**
   * One unit of a currency in another: as it is quoted, the other way round, or over a third
   * currency in which both are quoted; of several, the first by name.
   */
  Optional<Factor> factor(String from, String to) {
    Optional<Factor> direct = direct(from, to);
    if (direct.isPresent()) {
      return direct;
    }
    for (String via : rates.keySet()) {
      Optional<Factor> over = over(via, from, to);
      if (over.isPresent()) {
        return over;
      }
    }
    // Quoted in a third currency each, as a central bank quotes all of them in its own.
    return rates.getOrDefault(from, Map.of()).keySet().stream()
        .map(via -> over(via, from, to))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Factor> direct(String from, String to) {
    Rate there = rates.getOrDefault(from, Map.of()).get(to);
    if (there != null) {
      BigDecimal units = BigDecimal.valueOf(there.units());
      return Optional.of(new Factor(there.price(), units, text(there.price(), units)));
    }
    Rate back = rates.getOrDefault(to, Map.of()).get(from);
    if (back != null) {
      BigDecimal units = BigDecimal.valueOf(back.units());
      return Optional.of(new Factor(units, back.price(), text(units, back.price())));
    }
    return Optional.empty();
  }

  private Optional<Factor> over(String via, String from, String to) {
    Optional<Factor> first = direct(from, via);
    Optional<Factor> second = direct(via, to);
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal times = first.get().times().multiply(second.get().times());
    BigDecimal by = first.get().by().multiply(second.get().by());
    return Optional.of(
        new Factor(
            times, by, "%s * %s via %s".formatted(first.get().text(), second.get().text(), via)));
  }

  private static String text(BigDecimal times, BigDecimal by) {
    String plain = times.toPlainString();
    return by.compareTo(BigDecimal.ONE) == 0 ? plain : plain + "/" + by.toPlainString();
  }
}
