package io.orderbridge.inbox;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  /**
   * The text of an element or, with {@code @}, of an attribute.
   *
   * @param path local names from the root on; a number counts elements that repeat, from 0
   */
  record Xml(List<String> path) implements Part {}

  /** A field of a form. */
  record Form(String name) implements Part {}

  /** A parameter of the address. */
  record Query(String name) implements Part {}

  /** Always the same text. */
  record Text(String value) implements Part {}

  /** The SHA-256 of the raw body: two equal bodies are one message. */
  record Body() implements Part {}

  /** All of these that are there, with {@code /} between them. */
  record Joined(List<Part> parts) implements Part {}

  /** What stands in a connection file, for error texts. */
  String FORMS =
      "header:<name>, json:/<pointer>, xml:/<path>, form:<field>, query:<name>, text:<constant>,"
          + " body, or several of them joined by +";

  // A + may stand in a pointer or a text; it joins only where a form begins behind it.
  Pattern JOINT = Pattern.compile("\\+(?=(?:header|json|xml|form|query|text):|body(?:\\+|$))");

  /**
   * Reads the notation of connection files.
   *
   * @throws IllegalArgumentException that names the forms
   */
  static Part parse(String text) {
    List<Part> parts = JOINT.splitAsStream(text).map(Part::single).toList();
    if (parts.size() > 1) {
      return new Joined(parts);
    }
    return single(text);
  }

  /** Whether this part, or one that is joined in it, is such. */
  default boolean has(Predicate<Part> such) {
    return Stream.of(this)
        .flatMap(part -> part instanceof Joined joined ? joined.parts().stream() : Stream.of(part))
        .anyMatch(such);
  }

  private static Part single(String text) {
    if (text.equals("body")) {
      return new Body();
    }
    int colon = text.indexOf(':');
    String form = colon < 0 ? "" : text.substring(0, colon);
    String rest = text.substring(colon + 1);
    if (form.equals("text")) {
      return new Text(rest);
    }
    if (!rest.isBlank()) {
      switch (form) {
        case "header":
          return new Header(List.of(rest.toLowerCase(Locale.ROOT).split(" *, *")));
        case "form":
          return new Form(rest);
        case "query":
          return new Query(rest);
        case "json":
          return new Json(JsonPointer.compile(rest));
        case "xml":
          return xml(rest);
        default:
          break;
      }
    }
    throw new IllegalArgumentException("'%s' is none of %s".formatted(text, FORMS));
  }

  private static Part xml(String path) {
    List<String> names = List.of(path.substring(1).split("/", -1));
    if (!path.startsWith("/") || names.contains("")) {
      throw new IllegalArgumentException("'%s' is no path such as /request/id".formatted(path));
    }
    return new Xml(names);
  }
}
