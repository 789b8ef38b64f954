package io.orderbridge.kernel;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML as the same kind of tree that JSON gives: an element is a map of its children by local name,
 * or text when it has nothing but text. An attribute is {@code "@name"}; an element that repeats is
 * a list; text beside children or attributes is {@code "#text"}. White space between elements is
 * not kept, all other text is kept as it is.
 *
 * <p>Nothing outside the bytes is ever read, and a document type is refused: what it may declare,
 * entities, no partner needs. Safe for any number of threads.
 */
public final class XmlTree {
  /** Key of text that stands beside children or attributes. */
  public static final String TEXT = "#text";

  // As for JSON: a large order is 1.5 MB, and a hundred levels fit into any thread's stack.
  private static final int BYTES_MAX = 4 * 1024 * 1024;
  private static final int DEPTH_MAX = 100;
  // Every element costs a map or a text; a page of 100 orders has some ten thousand.
  private static final int ELEMENTS_MAX = 200_000;
  private static final int HEAD_BYTES = 200;
  private static final Pattern DECLARED =
      Pattern.compile("^<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");

  private final XMLStreamReader reader;
  private final Deque<Element> open = new ArrayDeque<>();
  private int elements;

  private XmlTree(XMLStreamReader reader) {
    this.reader = reader;
  }

  /**
   * Reads one XML document in the encoding that it declares, or that its byte order mark shows, or
   * else UTF-8.
   *
   * @return a map with the local name of the root as its single key
   * @throws Refusal BODY_BROKEN when it is no XML, has a document type, or is over 4 MB;
   *     BODY_TOO_COMPLEX when it nests over 100 deep or has over 200,000 elements. The place is
   *     line and column; content is never repeated
   */
  public static Map<String, Object> read(byte[] bytes) {
    if (bytes.length > BYTES_MAX) {
      throw new Refusal(
          Cause.BODY_BROKEN,
          "",
          "the body has %d bytes, at most %d are read".formatted(bytes.length, BYTES_MAX));
    }
    try {
      return new XmlTree(factory().createXMLStreamReader(new StringReader(text(bytes)))).document();
    } catch (XMLStreamException e) {
      throw broken(e.getLocation());
    } catch (CharacterCodingException e) {
      throw broken(null);
    }
  }

  // The JDK's own, whatever else is on the class path: its switches below are known to hold.
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing outside the document is read");
        });
    return factory;
  }

  // Read here, because the JDK's reader writes to the console when bytes do not fit the encoding.
  private static String text(byte[] bytes) throws CharacterCodingException {
    String text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Charset charset(byte[] bytes) {
    int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    // With or without a byte order mark (XML 1.0, appendix F).
    if (first == 0xFEFF || first == 0x003C) {
      return StandardCharsets.UTF_16BE;
    }
    if (first == 0xFFFE || first == 0x3C00) {
      return StandardCharsets.UTF_16LE;
    }
    String head =
        new String(bytes, 0, Math.min(bytes.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
    Matcher declared = DECLARED.matcher(head);
    if (!declared.find() || first == 0xEFBB) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(declared.group(1));
    } catch (IllegalArgumentException e) {
      throw new Refusal(Cause.BODY_BROKEN, "line 1", "the XML declares an unknown encoding");
    }
  }

  private Map<String, Object> document() throws XMLStreamException {
    Element root = new Element("");
    open.push(root);
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> begin();
        case XMLStreamConstants.END_ELEMENT -> end();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            open.element().text.append(reader.getText());
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw refusal(
                Cause.BODY_BROKEN,
                reader.getLocation(),
                "the XML has a document type or an entity of its own; neither is read");
        default -> {
          // Comments, white space around the root, instructions to other programs.
        }
      }
    }
    return root.children;
  }

  private void begin() {
    elements++;
    // The document itself stands in the stack, too.
    if (open.size() > DEPTH_MAX || elements > ELEMENTS_MAX) {
      throw refusal(
          Cause.BODY_TOO_COMPLEX,
          reader.getLocation(),
          "the XML nests over %d deep or has over %d elements".formatted(DEPTH_MAX, ELEMENTS_MAX));
    }
    Element element = new Element(reader.getLocalName());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      element.children.put("@" + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    open.push(element);
  }

  private void end() {
    Element ended = open.pop();
    open.element().add(ended.name, ended.value());
  }

  private static Refusal broken(Location at) {
    // No cause: the messages of the JDK repeat the sender's content.
    return refusal(Cause.BODY_BROKEN, at, "the body is not valid XML");
  }

  private static Refusal refusal(Cause why, Location at, String message) {
    boolean known = at != null && at.getLineNumber() > 0;
    return new Refusal(
        why,
        known ? "line %d, column %d".formatted(at.getLineNumber(), at.getColumnNumber()) : "",
        message);
  }

  /** An element whose end has not come yet. */
  private static final class Element {
    private final String name;
    private final Map<String, Object> children = new LinkedHashMap<>();
    private final Map<String, List<Object>> repeated = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    Element(String name) {
      this.name = name;
    }

    void add(String child, Object value) {
      List<Object> list = repeated.get(child);
      if (list != null) {
        list.add(value);
      } else if (children.containsKey(child)) {
        list = new ArrayList<>();
        list.add(children.get(child));
        list.add(value);
        repeated.put(child, list);
        children.put(child, list);
      } else {
        children.put(child, value);
      }
    }

    Object value() {
      boolean blank = text.toString().isBlank();
      if (children.isEmpty()) {
        return blank ? "" : text.toString();
      }
      if (!blank) {
        children.put(TEXT, text.toString());
      }
      return children;
    }
  }
}
