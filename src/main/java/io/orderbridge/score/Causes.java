package io.orderbridge.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a measure is made of, as it is kept, and where its rows are found. */
final class Causes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Kept> KEPT = new TypeReference<>() {};
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private Causes() {}

  /** Public fields and constructor are what the reader of JSON asks for. */
  record Kept(Map<String, BigDecimal> by, List<String> examples) {}

  static String text(Measure measure) {
    return write(new Kept(measure.by(), measure.examples()));
  }

  static Measure measure(BigDecimal numerator, BigDecimal denominator, String unit, String causes) {
    try {
      Kept kept = JSON.readValue(causes, KEPT);
      return new Measure(numerator, denominator, unit, kept.by(), kept.examples());
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
