package io.orderbridge.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.orderbridge.kernel.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Camel's own YAML schema: what satisfies it opens in Camel's visual designers. */
final class YamlSchema {
  private static final String RESOURCE = "schema/camelYamlDsl.json";
  // One mistake gives several messages, the deepest first; more than these do not help.
  private static final int MESSAGES_MAX = 3;
  private static final int DEPTH_MAX = 100;

  private final JsonSchema schema;

  YamlSchema() {
    try (InputStream text = getClass().getClassLoader().getResourceAsStream(RESOURCE)) {
      if (text == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
              .getSchema(
                  text,
                  SchemaValidatorsConfig.builder()
                      .pathType(PathType.JSON_POINTER)
                      .locale(Locale.ENGLISH)
                      .preloadJsonSchema(false)
                      .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the schema says against the file, with lines; empty when nothing. */
  List<FileProblem> check(String file, Node root) {
    Map<String, Integer> lines = new HashMap<>();
    JsonNode json = json(root, "", lines, 0);
    return schema.validate(json).stream()
        .sorted(Comparator.comparing(YamlSchema::depth).reversed())
        .limit(MESSAGES_MAX)
        .map(message -> problem(file, message, lines))
        .toList();
  }

  private static int depth(ValidationMessage message) {
    return message.getInstanceLocation().getNameCount();
  }

  private static FileProblem problem(
      String file, ValidationMessage message, Map<String, Integer> lines) {
    String place = message.getInstanceLocation().toString();
    String property = message.getProperty() == null ? "" : "/" + message.getProperty();
    int line = lines.getOrDefault(place + property, lines.getOrDefault(place, 0));
    String text = message.getMessage();
    String what = text.startsWith(place + ": ") ? text.substring(place.length() + 2) : text;
    return new FileProblem(
        file, line, "%s: %s (Camel YAML schema)".formatted(place.isEmpty() ? "/" : place, what));
  }

  private static JsonNode json(Node node, String path, Map<String, Integer> lines, int depth) {
    lines.put(path, YamlText.line(node));
    if (depth > DEPTH_MAX) {
      return JsonNodeFactory.instance.nullNode();
    }
    if (node instanceof MappingNode mapping) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
          String below = path + "/" + key.getValue().replace("~", "~0").replace("/", "~1");
          object.set(key.getValue(), json(entry.getValueNode(), below, lines, depth + 1));
        }
      }
      return object;
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Node item : sequence.getValue()) {
        array.add(json(item, path + "/" + array.size(), lines, depth + 1));
      }
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.BOOL)) {
      return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.NULL)) {
      return JsonNodeFactory.instance.nullNode();
    }
    if (tag.equals(Tag.INT) && text.matches("-?\\d{1,30}")) {
      return JsonNodeFactory.instance.numberNode(new BigInteger(text));
    }
    return JsonNodeFactory.instance.textNode(text);
  }
}
