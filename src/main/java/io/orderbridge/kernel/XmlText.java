package io.orderbridge.kernel;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes the tree that {@link XmlTree} reads: a map is an element with children, a list repeats its
 * element, {@code "@name"} is an attribute, {@code "#text"} the text beside them. Values that are
 * null or empty are left out, but never the root.
 */
public final class XmlText {
  private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  private static final int DEPTH_MAX = 100;
  private static final Pattern NAME =
      Pattern.compile("([\\p{L}_][\\p{L}\\p{N}._-]*:)?[\\p{L}_][\\p{L}\\p{N}._-]*");

  private final StringBuilder xml = new StringBuilder(DECLARATION);
  private int depth;

  private XmlText() {}

  /**
   * Writes a document without line breaks of its own; it is to be sent in UTF-8.
   *
   * @param tree the root's name with its content: maps, lists, text, numbers, booleans, null
   * @throws IllegalArgumentException when there is not exactly one root, a name is none of XML, a
   *     list holds a list, it nests over 100 deep, or a text has a character that XML cannot carry.
   *     Names are repeated, values never
   */
  public static String write(Map<?, ?> tree) {
    if (tree.size() != 1) {
      throw new IllegalArgumentException(
          "XML has exactly one root element; the object has %d keys".formatted(tree.size()));
    }
    XmlText text = new XmlText();
    tree.forEach(
        (name, value) -> {
          if (value instanceof List) {
            throw new IllegalArgumentException("the root element of XML cannot be a list");
          }
          text.element(String.valueOf(name), value);
        });
    return text.xml.toString();
  }

  private void element(String name, Object value) {
    check(name);
    depth++;
    if (depth > DEPTH_MAX) {
      throw new IllegalArgumentException("the object nests over %d deep".formatted(DEPTH_MAX));
    }
    xml.append('<').append(name);
    if (value instanceof Map<?, ?> children) {
      children.forEach((child, given) -> attribute(String.valueOf(child), given));
      xml.append('>');
      children.forEach((child, given) -> child(String.valueOf(child), given));
    } else {
      xml.append('>');
      text(name, value);
    }
    xml.append("</").append(name).append('>');
    depth--;
  }

  private void attribute(String key, Object value) {
    if (!key.startsWith("@") || isEmpty(value)) {
      return;
    }
    String name = key.substring(1);
    check(name);
    if (value instanceof Map || value instanceof List) {
      throw new IllegalArgumentException("the attribute '%s' is not a single value".formatted(key));
    }
    xml.append(' ').append(name).append("=\"");
    text(key, value);
    xml.append('"');
  }

  private void child(String name, Object value) {
    if (name.startsWith("@") || isEmpty(value)) {
      return;
    }
    if (name.equals(XmlTree.TEXT)) {
      text(name, value);
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof List) {
          throw new IllegalArgumentException(
              "'%s' is a list in a list, which XML does not have".formatted(name));
        }
        if (!isEmpty(item)) {
          element(name, item);
        }
      }
    } else {
      element(name, value);
    }
  }

  private static boolean isEmpty(Object value) {
    return value == null
        || value instanceof String text && text.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty()
        || value instanceof List<?> list && list.isEmpty();
  }

  private static void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'%s' is no name of XML".formatted(name));
    }
  }

  private void text(String name, Object value) {
    if (value == null) {
      return;
    }
    if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
      throw new IllegalArgumentException("'%s' is not text".formatted(name));
    }
    String text =
        value instanceof Number number
            ? new BigDecimal(number.toString()).toPlainString()
            : String.valueOf(value);
    text.codePoints().forEach(point -> character(name, point));
  }

  // White space in numbers: a reader makes blanks of it in attributes, and of CR everywhere.
  private void character(String name, int point) {
    switch (point) {
      case '&' -> xml.append("&amp;");
      case '<' -> xml.append("&lt;");
      case '>' -> xml.append("&gt;");
      case '"' -> xml.append("&quot;");
      case '\t', '\r' -> xml.append("&#").append(point).append(';');
      case '\n' -> xml.append(name.startsWith("@") ? "&#10;" : "\n");
      default -> {
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        if (point < ' ' || surrogate || point == 0xFFFE || point == 0xFFFF) {
          throw new IllegalArgumentException(
              "'%s' has a character that XML cannot carry (U+%04X)".formatted(name, point));
        }
        xml.appendCodePoint(point);
      }
    }
  }
}
