package io.orderbridge.reconciliation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the entries of one side of a run came to. What came in, of the period and carried, is what
 * went out: rows, and sums by currency. Not thread-safe.
 */
public final class Tally {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A number of a tally; the names stand in the store in small letters. */
  public enum Part {
    /** Came in: of the snapshots of the period. */
    ENTRIES,
    /** Came in: open in the run before. */
    CARRIED,
    MATCHED,
    TOLERATED,
    BREAKS,
    EXCLUDED;

    static Part of(Outcome outcome) {
      return outcome == Outcome.BREAK ? BREAKS : valueOf(outcome.name());
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean comesIn() {
      return this == ENTRIES || this == CARRIED;
    }
  }

  private final Map<Part, Long> counts = new EnumMap<>(Part.class);
  private final Map<Part, Map<String, BigInteger>> sums = new EnumMap<>(Part.class);

  /** Nothing yet. */
  public Tally() {
    for (Part part : Part.values()) {
      counts.put(part, 0L);
      sums.put(part, new TreeMap<>());
    }
  }

  /** Counts rows that have no amount, or whose amounts are added apart. */
  public void count(Part part, long rows) {
    counts.merge(part, rows, Long::sum);
  }

  /** Adds minor units of a currency. */
  public void add(Part part, String currency, BigInteger minor) {
    sums.get(part).merge(currency, minor, BigInteger::add);
  }

  public long count(Part part) {
    return counts.get(part);
  }

  /** By currency, in minor units. */
  public Map<String, BigInteger> sums(Part part) {
    return Map.copyOf(sums.get(part));
  }

  Tally plus(Tally other) {
    Tally both = new Tally();
    for (Tally one : new Tally[] {this, other}) {
      one.counts.forEach(both::count);
      one.sums.forEach((part, sums) -> sums.forEach((code, sum) -> both.add(part, code, sum)));
    }
    return both;
  }

  /**
   * @throws IllegalStateException when what went out is not what came in
   */
  void conserved(String side) {
    long came = 0;
    long went = 0;
    Map<String, BigInteger> rest = new TreeMap<>();
    for (Part part : Part.values()) {
      boolean in = part.comesIn();
      came += in ? counts.get(part) : 0;
      went += in ? 0 : counts.get(part);
      sums.get(part)
          .forEach((code, sum) -> rest.merge(code, in ? sum : sum.negate(), BigInteger::add));
    }
    rest.values().removeIf(sum -> sum.signum() == 0);
    if (came != went || !rest.isEmpty()) {
      throw new IllegalStateException(
          "%s: %d entries came in and %d ended somewhere; the sums differ by %s: %s"
              .formatted(side, came, went, rest.isEmpty() ? "nothing" : rest, counts));
    }
  }

  Map<String, Object> countsView() {
    Map<String, Object> view = new TreeMap<>();
    counts.forEach((part, rows) -> view.put(part.word(), rows));
    return view;
  }

  Map<String, Object> sumsView() {
    Map<String, Object> view = new TreeMap<>();
    sums.forEach(
        (part, byCurrency) -> {
          Map<String, String> texts = new TreeMap<>();
          byCurrency.forEach((code, sum) -> texts.put(code, sum.toString()));
          view.put(part.word(), texts);
        });
    return view;
  }

  static Tally of(Map<String, Long> counts, Map<String, Map<String, String>> sums) {
    Tally tally = new Tally();
    for (Part part : Part.values()) {
      tally.count(part, counts.getOrDefault(part.word(), 0L));
      sums.getOrDefault(part.word(), Map.of())
          .forEach((code, sum) -> tally.add(part, code, new BigInteger(sum)));
    }
    return tally;
  }

  /** Both sides of a run. */
  public record Both(Tally left, Tally right) {
    /** Nothing yet. */
    public static Both none() {
      return new Both(new Tally(), new Tally());
    }

    Both plus(Both other) {
      return new Both(left.plus(other.left), right.plus(other.right));
    }

    String counts() {
      return json(new TreeMap<>(Map.of("left", left.countsView(), "right", right.countsView())));
    }

    String sums() {
      return json(new TreeMap<>(Map.of("left", left.sumsView(), "right", right.sumsView())));
    }

    static Both of(String counts, String sums) {
      try {
        Map<String, Map<String, Long>> rows = JSON.readValue(counts, new TypeReference<>() {});
        Map<String, Map<String, Map<String, String>>> totals =
            JSON.readValue(sums, new TypeReference<>() {});
        return new Both(
            Tally.of(rows.get("left"), totals.get("left")),
            Tally.of(rows.get("right"), totals.get("right")));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the counts or sums of a run cannot be read", e);
      }
    }

    private static String json(Object value) {
      try {
        return JSON.writeValueAsString(value);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the counts of a run cannot be written", e);
      }
    }
  }
}
