package io.orderbridge.schedule;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.kernel.XmlTree;
import io.orderbridge.schedule.Intake.Arrived;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes items, total and cursor out of an answer, JSON or XML, by the pointers of the source. A
 * pointer goes on inside a text that is itself JSON. Numbers keep their digits.
 */
final class PageReader {
  private static final TypeReference<Object> PLAIN = new TypeReference<>() {};
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  // An id stands in an index; a longer one is no id.
  private static final int ID_MAX = 200;
  private static final int HASH_BYTES = 16;

  private final Source source;

  PageReader(Source source) {
    this.source = source;
  }

  /**
   * An item as it is stored.
   *
   * @param id the source's own
   */
  record Named(String id, Arrived arrived) {}

  /**
   * Reads one answer.
   *
   * @throws TryLater when it is cut off, or has none of the places of the source
   */
  Page read(PageRoute.Answer answer) {
    if (answer.empty()) {
      return Page.EMPTY;
    }
    JsonNode root = tree(answer.body());
    Source.Pages pages = source.pages();
    JsonNode items = at(root, pages.items());
    Optional<String> total = scalar(at(root, pages.total()));
    Optional<String> more = scalar(at(root, pages.more()));
    JsonNode cursor = at(root, pages.cursor());
    boolean told = total.isPresent() || more.isPresent() || !cursor.isMissingNode();
    if (!told && items.isMissingNode() && at(root, parent(pages.items())).isMissingNode()) {
      throw new TryLater(
          Cause.ANSWER_BROKEN,
          Optional.empty(),
          "the answer has neither %s nor any other place that 'pages' names"
              .formatted(pages.items()));
    }
    List<JsonNode> list = list(items);
    String next =
        pages.byLastItem()
            ? (list.isEmpty() ? null : id(list.get(list.size() - 1)).orElse(null))
            : scalar(cursor).orElse(null);
    return new Page(
        list, total.map(this::whole).orElse(null), more.map(this::yes).orElse(null), next);
  }

  private static JsonPointer parent(JsonPointer pointer) {
    return pointer == null ? JsonPointer.empty() : pointer.head();
  }

  private long whole(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new Refusal(
          Cause.ANSWER_BROKEN,
          source.pages().total().toString(),
          "the total is no whole number; correct 'pages.total'",
          e);
    }
  }

  private boolean yes(String text) {
    String word = text.strip().toLowerCase(java.util.Locale.ROOT);
    return switch (word) {
      case "true", "1", "yes", "y" -> true;
      case "false", "0", "no", "n" -> false;
      default ->
          throw new Refusal(
              Cause.ANSWER_BROKEN,
              source.pages().more().toString(),
              "whether there is more is neither true nor false; correct 'pages.more'");
    };
  }

  private static JsonNode tree(Object body) {
    try {
      if (body instanceof Map || body instanceof List) {
        return JSON.valueToTree(body);
      }
      byte[] bytes = bytes(body);
      int first = 0;
      while (first < bytes.length && bytes[first] <= ' ' && bytes[first] >= 0) {
        first++;
      }
      boolean xml = first < bytes.length && bytes[first] == '<';
      JsonNode root = xml ? JSON.valueToTree(XmlTree.read(bytes)) : JSON.readTree(bytes);
      if (root != null && !root.isMissingNode()) {
        return root;
      }
    } catch (IOException e) {
      // No cause: the parser's message quotes the answer.
    }
    throw new TryLater(
        Cause.ANSWER_BROKEN,
        Optional.empty(),
        "the answer is empty, cut off, or no JSON and no XML");
  }

  static byte[] bytes(Object body) {
    if (body instanceof byte[] bytes) {
      return bytes;
    }
    return body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode at(JsonNode root, JsonPointer pointer) {
    JsonNode node = root;
    if (pointer == null) {
      return JsonNodeFactory.instance.missingNode();
    }
    for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
      node = opened(node);
      node =
          node.isArray() && rest.mayMatchElement()
              ? node.path(rest.getMatchingIndex())
              : node.path(rest.getMatchingProperty());
    }
    return node;
  }

  // An answer that is wrapped twice holds JSON as text.
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

  private static Optional<String> scalar(JsonNode node) {
    boolean told = node.isValueNode() && !node.isNull() && !node.asText().isBlank();
    return told ? Optional.of(node.asText()) : Optional.empty();
  }

  private static List<JsonNode> list(JsonNode at) {
    JsonNode node = opened(at);
    List<JsonNode> items = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(items::add);
    } else if (node.isObject() && !node.isEmpty()) {
      items.add(node);
    }
    return items;
  }

  private Optional<String> id(JsonNode item) {
    return source.item().id() == null ? Optional.empty() : scalar(at(item, source.item().id()));
  }

  /**
   * Names an item: {@code <id>@<version>}, and the hash of the item where it has none of the two.
   *
   * @throws Refusal when it has no id where the source says that it stands
   */
  Named named(JsonNode item) {
    byte[] body = json(item);
    if (source.item().id() == null) {
      String hash = hash(body);
      return new Named(hash, new Arrived(hash, kind(item), body));
    }
    String id =
        id(item)
            .filter(text -> text.length() <= ID_MAX)
            .orElseThrow(
                () ->
                    new Refusal(
                        Cause.ANSWER_BROKEN,
                        source.item().id().toString(),
                        "an item has no id here, or one of over %d characters; correct 'item.id'"
                            .formatted(ID_MAX)));
    String version =
        source.item().version() == null
            ? hash(body)
            : scalar(at(item, source.item().version()))
                .filter(text -> text.length() <= ID_MAX)
                .orElseGet(() -> hash(body));
    return new Named(id, new Arrived(id + "@" + version, kind(item), body));
  }

  private String kind(JsonNode item) {
    return source.item().kind() == null
        ? source.kind()
        : scalar(at(item, source.item().kind())).orElse(source.kind());
  }

  private static byte[] json(JsonNode item) {
    try {
      return JSON.writeValueAsBytes(item);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that was read can be written", e);
    }
  }

  /** The item as maps, lists, text and numbers. */
  static Object plain(JsonNode item) {
    return JSON.convertValue(item, PLAIN);
  }

  static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
