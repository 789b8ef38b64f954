package io.orderbridge.inbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import io.orderbridge.kernel.FormText;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.XmlTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Takes single values out of a message that is not parsed yet. A body that is no JSON, XML or form
 * simply has no such value: whatever came is stored first and judged afterwards.
 */
final class PartReader {
  private static final int VALUE_MAX = 200;
  private static final int DEPTH_MAX = 100;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  private final UnaryOperator<String> headers;
  private final String query;
  private final byte[] body;
  private Map<String, Object> xml;
  private Map<String, String> form;
  private Map<String, String> parameters;

  /**
   * @param query as it stands in the address, or null
   */
  PartReader(UnaryOperator<String> headers, String query, byte[] body) {
    this.headers = headers;
    this.query = query;
    this.body = body;
  }

  /** The value, cut to 200 characters; null when the message has none. */
  String read(Part part) {
    String value = part instanceof Part.Joined joined ? joined(joined) : value(part);
    if (value == null || value.isBlank()) {
      return part instanceof Part.Text ? value : null;
    }
    String cut = value.length() > VALUE_MAX ? value.substring(0, VALUE_MAX) : value;
    return Inbox.storable(cut);
  }

  /** The parameters of the address by name; empty when it has none or they are not readable. */
  Map<String, String> query() {
    if (parameters == null) {
      byte[] bytes = query == null ? new byte[0] : query.getBytes(StandardCharsets.UTF_8);
      parameters = readable(() -> FormText.read(bytes, null));
    }
    return parameters;
  }

  private String value(Part part) {
    if (part instanceof Part.Header header) {
      return firstOf(header);
    }
    if (part instanceof Part.Json json) {
      return scalar(json.pointer());
    }
    if (part instanceof Part.Xml path) {
      return element(path.path());
    }
    if (part instanceof Part.Form field) {
      return form().get(field.name());
    }
    if (part instanceof Part.Query parameter) {
      return query().get(parameter.name());
    }
    return part instanceof Part.Text text
        ? text.value()
        : HexFormat.of().formatHex(Inbox.sha256(body));
  }

  // A constant alone names no message: it would make one of all that have nothing else.
  private String joined(Part.Joined joined) {
    List<String> values = new ArrayList<>();
    boolean told = false;
    for (Part part : joined.parts()) {
      String value = value(part);
      if (value != null && !value.isBlank()) {
        values.add(value);
        told |= !(part instanceof Part.Text);
      }
    }
    return told ? String.join("/", values) : null;
  }

  private String firstOf(Part.Header header) {
    return header.names().stream()
        .map(headers)
        .filter(value -> value != null && !value.isBlank())
        .findFirst()
        .orElse(null);
  }

  private String scalar(JsonPointer pointer) {
    try (JsonParser parser =
        new FilteringParserDelegate(
            JSON.createParser(body),
            new JsonPointerBasedFilter(pointer),
            Inclusion.ONLY_INCLUDE_ALL,
            false)) {
      JsonToken token = parser.nextToken();
      boolean told = token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL;
      return told ? parser.getText() : null;
    } catch (IOException e) {
      return null;
    }
  }

  private String element(List<String> path) {
    if (xml == null) {
      xml = readable(() -> XmlTree.read(body));
    }
    Object at = xml;
    for (String name : path) {
      at = below(at, name);
    }
    Object text = at instanceof Map<?, ?> map ? map.get(XmlTree.TEXT) : at;
    return text instanceof String told ? told : null;
  }

  private static Object below(Object at, String name) {
    if (at instanceof List<?> list && name.matches("\\d{1,6}")) {
      int index = Integer.parseInt(name);
      return index < list.size() ? list.get(index) : null;
    }
    return at instanceof Map<?, ?> map ? map.get(name) : null;
  }

  private Map<String, String> form() {
    if (form == null) {
      form = readable(() -> FormText.read(body, headers.apply("content-type")));
    }
    return form;
  }

  private static <T> Map<String, T> readable(Supplier<Map<String, T>> reading) {
    try {
      return reading.get();
    } catch (Refusal e) {
      return Map.of();
    }
  }
}
