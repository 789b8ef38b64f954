package io.orderbridge.mapping;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;

/** JSON inside text, and the integrator's own refusals. What is absent stays absent. */
final class TextFunctions {
  // A sentence for a person; more is a document that landed in an error text.
  private static final int FAIL_MAX = 300;

  private TextFunctions() {}

  static Object json(Object text) {
    if (text == null) {
      return null;
    }
    if (!(text instanceof String json)) {
      throw CarriedRefusal.of(
          Cause.MAPPING_FAILED, "$json takes text; the value is an object or a number already");
    }
    try {
      return Json.read(json);
    } catch (Refusal e) {
      // The place of a refusal is the call; where in the text it was goes into the message.
      throw CarriedRefusal.of(
          e.why(), "the text given to $json: %s, %s".formatted(e.place(), e.getMessage()));
    }
  }

  static String toJson(Object value) {
    return value == null ? null : Json.write(PlainValues.of(value));
  }

  static Object fail(Object text) {
    String said = text == null ? "the mapping refuses this body" : String.valueOf(text);
    String line = said.replaceAll("\\p{Cntrl}", "?");
    throw CarriedRefusal.of(
        Cause.MAPPING_FAILED,
        line.length() <= FAIL_MAX ? line : line.substring(0, FAIL_MAX) + "...");
  }
}
