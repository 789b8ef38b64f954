package io.orderbridge.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a measure is made of, as it is kept, and where its rows are found. */
final class Causes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private Causes() {}

  static String text(Measure measure) {
    return write(Map.of("by", measure.by(), "examples", measure.examples()));
  }

  static Measure measure(BigDecimal numerator, BigDecimal denominator, String unit, String causes) {
    try {
      JsonNode kept = JSON.readTree(causes);
      Map<String, BigDecimal> by = new TreeMap<>();
      for (Map.Entry<String, JsonNode> one : kept.path("by").properties()) {
        by.put(one.getKey(), one.getValue().decimalValue());
      }
      List<String> examples = new ArrayList<>();
      kept.path("examples").forEach(one -> examples.add(one.asText()));
      return new Measure(numerator, denominator, unit, by, examples);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the causes of a metric are not readable", e);
    }
  }

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was measured is not writable as JSON", e);
    }
  }

  static Map<String, Object> object(String text) {
    try {
      return JSON.readValue(text, OBJECT);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was told of a month is not readable", e);
    }
  }

  /** Where to look, within this application. */
  static Map<String, Object> links(Metric metric, Period period) {
    Map<String, Object> links = new LinkedHashMap<>();
    links.put("versions", "/api/health/metrics/%s/%s".formatted(metric.word(), period.key()));
    links.put(
        "causes",
        switch (metric) {
          case SYNC_DELAY -> "/api/dead-letters?state=OPEN";
          case NOTICE_REACH -> "/api/notices?state=failed";
          case BOOK_DIFFERENCE -> "/api/breaks?state=OPEN";
          case HAND_WORK -> "/api/tickets";
        });
    return links;
  }
}
