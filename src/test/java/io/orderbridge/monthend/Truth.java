package io.orderbridge.monthend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every difference that was planted, by the key under which it has to be found. */
final class Truth {
  private final List<Expected> expected = new ArrayList<>();

  /**
   * @param kind a {@code BreakClass} by its name
   * @param gap left less right, in fen
   */
  record Expected(String reconciliation, String key, String kind, long gap) {
    @Override
    public String toString() {
      return "%s,%s,%s,%d".formatted(reconciliation, key, kind, gap);
    }
  }

  void add(Expected one) {
    expected.add(one);
  }

  List<String> lines(String reconciliation) {
    return expected.stream()
        .filter(one -> one.reconciliation().equals(reconciliation))
        .map(Expected::toString)
        .sorted()
        .toList();
  }

  Map<String, Long> counts(String reconciliation) {
    return expected.stream()
        .filter(one -> one.reconciliation().equals(reconciliation))
        .collect(Collectors.groupingBy(Expected::kind, TreeMap::new, Collectors.counting()));
  }
}
