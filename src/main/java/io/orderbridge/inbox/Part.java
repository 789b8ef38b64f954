package io.orderbridge.inbox;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Locale;

/** Where a value stands in a message: {@code header:X-Id}, {@code json:/id}, {@code body}. */
public sealed interface Part {
  /**
   * The first of these headers that is there: a sender may speak two dialects.
   *
   * @param names in lower case
   */
  record Header(List<String> names) implements Part {
    public Header(String name) {
      this(List.of(name));
    }
  }

  /** A scalar in a JSON body. */
  record Json(JsonPointer pointer) implements Part {}

  /** Always the same text. */
  record Text(String value) implements Part {}

  /** The SHA-256 of the raw body: two equal bodies are one message. */
  record Body() implements Part {}

  /**
   * Reads the notation of connection files.
   *
   * @throws IllegalArgumentException that names the four forms
   */
  static Part parse(String text) {
    if (text.equals("body")) {
      return new Body();
    }
    int colon = text.indexOf(':');
    String form = colon < 0 ? "" : text.substring(0, colon);
    String rest = text.substring(colon + 1);
    if (form.equals("header") && !rest.isBlank()) {
      return new Header(List.of(rest.toLowerCase(Locale.ROOT).split(" *, *")));
    }
    if (form.equals("json") && rest.startsWith("/")) {
      return new Json(JsonPointer.compile(rest));
    }
    if (form.equals("text")) {
      return new Text(rest);
    }
    throw new IllegalArgumentException(
        "'%s' is none of header:<name>, json:/<pointer>, text:<constant>, body".formatted(text));
  }
}
