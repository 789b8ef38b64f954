package io.orderbridge.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** Bodies of messages for the eye: in lines, and without values for who may not read them. */
final class Mask {
  // 199.00 stays 199.00: what is compared by eye must be what came.
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  // Times, versions and small numbers name nobody; whatever has a letter or is longer may.
  private static final Pattern HARMLESS =
      Pattern.compile(
          "\\d{0,6}([.]\\d{1,4})?|\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d)?([.]\\d+)?)?"
              + "(Z|[+-]\\d\\d:?\\d\\d)?");
  private static final String HIDDEN = "•••";

  private Mask() {}

  /** JSON in lines; what is no JSON as it is. */
  static String lines(String body) {
    JsonNode tree = tree(body);
    return tree == null ? body : tree.toPrettyString();
  }

  /** JSON with its values hidden; empty when it is no JSON, of which nothing can be shown. */
  static String shape(String body) {
    JsonNode tree = tree(body);
    return tree == null ? "" : hidden(tree).toPrettyString();
  }

  /** A document in lines. */
  static String pretty(Object document) {
    return JSON.valueToTree(document).toPrettyString();
  }

  private static JsonNode tree(String body) {
    try {
      JsonNode tree = body == null ? null : JSON.readTree(body);
      return tree == null || !tree.isContainerNode() ? null : tree;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static JsonNode hidden(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JSON.createObjectNode();
      object.properties().forEach(field -> copy.set(field.getKey(), hidden(field.getValue())));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JSON.createArrayNode();
      array.forEach(item -> copy.add(hidden(item)));
      return copy;
    }
    boolean told = node.isBoolean() || node.isNull() || HARMLESS.matcher(node.asText()).matches();
    return told ? node : JSON.getNodeFactory().textNode(HIDDEN);
  }
}
