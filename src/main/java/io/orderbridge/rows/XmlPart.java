package io.orderbridge.rows;

import java.util.ArrayList;
import java.util.List;

/** A small piece of XML, by local names. */
final class XmlPart {
  private final String name;
  private final int line;
  private final List<XmlPart> children = new ArrayList<>();
  private final List<String> attributes = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  XmlPart(String name, int line) {
    this.name = name;
    this.line = line;
  }

  void child(XmlPart child) {
    children.add(child);
  }

  void attribute(String attribute, String value) {
    attributes.add(attribute);
    attributes.add(value);
  }

  void text(String more) {
    text.append(more);
  }

  String name() {
    return name;
  }

  int line() {
    return line;
  }

  /** Its own text without blanks around it. */
  String text() {
    return text.toString().strip();
  }

  /** The value of an attribute, or empty. */
  String attribute(String wanted) {
    int at = attributes.indexOf(wanted);
    return at < 0 ? "" : attributes.get(at + 1);
  }

  /** All parts at a path such as {@code NtryDtls/TxDtls}. */
  List<XmlPart> all(String path) {
    List<XmlPart> found = List.of(this);
    for (String step : path.split("/")) {
      found =
          found.stream()
              .flatMap(part -> part.children.stream())
              .filter(child -> child.name.equals(step))
              .toList();
    }
    return found;
  }

  /** The first part at a path, or null. */
  XmlPart first(String path) {
    List<XmlPart> found = all(path);
    return found.isEmpty() ? null : found.get(0);
  }

  /** The text of the first part at a path, or empty. */
  String at(String path) {
    XmlPart found = first(path);
    return found == null ? "" : found.text();
  }
}
