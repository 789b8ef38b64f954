package io.orderbridge.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many items, and how much money, ended in each class, by currency. */
public record Totals(List<Line> lines) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Map<String, String>>> LINES = new TypeReference<>() {};

  public Totals {
    lines = List.copyOf(lines);
  }

  /**
   * One class in one currency.
   *
   * @param amount decimal text
   */
  public record Line(Verdict verdict, String currency, long count, String amount) {}

  /** How many ended in the class, whatever the currency. */
  public long count(Verdict verdict) {
    return lines.stream().filter(line -> line.verdict() == verdict).mapToLong(Line::count).sum();
  }

  String json() {
    List<Map<String, String>> written = new ArrayList<>();
    for (Line line : lines) {
      Map<String, String> one = new LinkedHashMap<>();
      one.put("class", line.verdict().name());
      one.put("currency", line.currency());
      one.put("count", Long.toString(line.count()));
      one.put("amount", line.amount());
      written.add(one);
    }
    try {
      return JSON.writeValueAsString(written);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts can be written", e);
    }
  }

  static Totals of(String json) {
    try {
      return new Totals(
          JSON.readValue(json, LINES).stream()
              .map(
                  line ->
                      new Line(
                          Verdict.valueOf(line.get("class")),
                          line.get("currency"),
                          Long.parseLong(line.get("count")),
                          line.get("amount")))
              .toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the totals of a run are not readable", e);
    }
  }
}
