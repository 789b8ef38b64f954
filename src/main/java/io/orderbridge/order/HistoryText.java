package io.orderbridge.order;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a message said of an order as it stands in its history: JSON without personal data. */
final class HistoryText {
  private HistoryText() {}

  static String of(Facts facts) {
    List<Object> reached = new ArrayList<>();
    for (Facts.Reached one : facts.reached()) {
      Map<String, Object> text = new LinkedHashMap<>();
      text.put("milestone", one.milestone().name());
      text.put("at", one.at().toString());
      if (!one.parcel().isEmpty()) {
        text.put("parcel", one.parcel());
      }
      reached.add(text);
    }
    for (Facts.RefundStep step : facts.refunds()) {
      reached.add(
          Map.of("refund", step.id(), "status", step.status().name(), "at", step.at().toString()));
    }
    for (Forced word : facts.forced()) {
      Map<String, Object> text = new LinkedHashMap<>();
      text.put("milestone", word.milestone().name());
      text.put("at", word.at().toString());
      text.put("parcel", word.parcel());
      text.put("forced", word.says().name());
      text.put("by", word.by());
      text.put("reason", word.reason());
      reached.add(text);
    }
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("facts", reached);
    if (facts.version() != null) {
      text.put("version", facts.version().toString());
    }
    if (facts.raw() != null) {
      text.put("raw", facts.raw());
    }
    text.put("details", facts.details() != null);
    return Json.text(text);
  }
}
