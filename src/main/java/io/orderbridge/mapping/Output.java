package io.orderbridge.mapping;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.FormText;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.XmlText;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What becomes of a mapping's result before the route goes on with it. */
enum Output {
  OBJECT(null),
  JSON("application/json"),
  XML("application/xml; charset=UTF-8"),
  FORM("application/x-www-form-urlencoded; charset=UTF-8");

  private final String contentType;

  Output(String contentType) {
    this.contentType = contentType;
  }

  /** The option's value in a route. */
  static Output of(String option) {
    for (Output output : values()) {
      if (output.option().equals(option)) {
        return output;
      }
    }
    throw new IllegalArgumentException(
        "output=%s; allowed are object (default), json, xml and form".formatted(option));
  }

  String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The header that goes with the written body; null when it is none that can be sent. */
  String contentType() {
    return contentType;
  }

  /**
   * The body.
   *
   * @param result as {@link Mappings#apply} gives it; null when the mapping gave nothing
   * @param file the mapping, for the refusal
   * @throws Refusal MAPPING_FAILED when the result cannot be written this way
   */
  Object body(Object result, String file) {
    if (this == OBJECT) {
      // Undefined means that there is nothing to record.
      return result == null ? List.of() : result;
    }
    if (result == null) {
      throw new Refusal(
          Cause.MAPPING_FAILED,
          file,
          "the mapping gives nothing for this body, but the route wants %s (output=%s)"
              .formatted(name(), option()));
    }
    if (this == JSON) {
      return Json.write(result);
    }
    if (!(result instanceof Map<?, ?> map)) {
      throw failed(file, "the result is no object");
    }
    try {
      return this == XML ? XmlText.write(map) : FormText.write(fields(map));
    } catch (IllegalArgumentException e) {
      throw failed(file, e.getMessage());
    }
  }

  private Refusal failed(String file, String why) {
    return new Refusal(
        Cause.MAPPING_FAILED,
        file,
        "the route wants %s (output=%s), but %s".formatted(name(), option(), why));
  }

  private static Map<String, String> fields(Map<?, ?> map) {
    Map<String, String> fields = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          String text = text(value);
          if (!text.isEmpty()) {
            fields.put(String.valueOf(name), text);
          }
        });
    return fields;
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value instanceof Map || value instanceof List ? Json.write(value) : value.toString();
  }
}
