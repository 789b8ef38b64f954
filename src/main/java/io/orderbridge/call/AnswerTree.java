package io.orderbridge.call;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.XmlTree;
import java.io.IOException;

/**
 * An answer's JSON or XML, read at the first look. A pointer goes on inside a text that is itself
 * JSON, because partners wrap answers into answers. What cannot be read has nothing anywhere.
 */
final class AnswerTree {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final int BYTE_ORDER_MARK = 0xEF;
  private static final int BYTE_ORDER_MARK_BYTES = 3;

  private final byte[] body;
  private JsonNode root;

  AnswerTree(byte[] body) {
    this.body = body;
  }

  /** Whether something stands there; a JSON null is nothing. */
  boolean has(JsonPointer pointer) {
    JsonNode node = at(pointer);
    return !node.isMissingNode() && !node.isNull();
  }

  /** The single value that stands there as text, or null. */
  String text(JsonPointer pointer) {
    JsonNode node = at(pointer);
    return node.isValueNode() ? node.asText() : null;
  }

  private JsonNode at(JsonPointer pointer) {
    if (root == null) {
      root = read();
    }
    JsonNode here = root;
    for (JsonPointer rest = pointer; !rest.matches() && here != null; rest = rest.tail()) {
      here = opened(here);
      here = here.isArray() ? here.get(rest.getMatchingIndex()) : here.get(name(rest));
    }
    return here == null ? MissingNode.getInstance() : here;
  }

  private static String name(JsonPointer pointer) {
    return pointer.getMatchingProperty();
  }

  private JsonNode read() {
    try {
      if (startsAsXml()) {
        return JSON.valueToTree(XmlTree.read(body));
      }
      JsonNode read = JSON.readTree(body);
      return read == null ? MissingNode.getInstance() : read;
    } catch (IOException | Refusal e) {
      return MissingNode.getInstance();
    }
  }

  private boolean startsAsXml() {
    int start = body.length > 0 && (body[0] & 0xff) == BYTE_ORDER_MARK ? BYTE_ORDER_MARK_BYTES : 0;
    while (start < body.length && Character.isWhitespace(body[start])) {
      start++;
    }
    return start < body.length && body[start] == '<';
  }

  private static JsonNode opened(JsonNode node) {
    String text = node.isTextual() ? node.textValue().strip() : "";
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return node;
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return node;
    }
  }
}
