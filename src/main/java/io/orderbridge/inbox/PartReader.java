package io.orderbridge.inbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import java.io.IOException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/**
 * Takes single values out of a message that is not parsed yet. A body that is no JSON simply has no
 * such value: whatever came is stored first and judged afterwards.
 */
final class PartReader {
  private static final int VALUE_MAX = 200;
  private static final int DEPTH_MAX = 100;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  private final UnaryOperator<String> headers;
  private final byte[] body;

  PartReader(UnaryOperator<String> headers, byte[] body) {
    this.headers = headers;
    this.body = body;
  }

  /** The value, cut to 200 characters; null when the message has none. */
  String read(Part part) {
    String value;
    if (part instanceof Part.Header header) {
      value = firstOf(header);
    } else if (part instanceof Part.Json json) {
      value = scalar(json.pointer());
    } else if (part instanceof Part.Text text) {
      value = text.value();
    } else {
      value = HexFormat.of().formatHex(Inbox.sha256(body));
    }
    if (value == null || value.isBlank()) {
      return part instanceof Part.Text ? value : null;
    }
    String cut = value.length() > VALUE_MAX ? value.substring(0, VALUE_MAX) : value;
    return Inbox.storable(cut);
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
}
