package io.orderbridge.rows;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a large XML file part by part: the children of one kind of element, each as a small tree.
 * Nothing outside the file is ever read, and a document type is refused.
 */
final class XmlParts {
  // camt.053 nests some 15 deep.
  private static final int DEPTH_MAX = 50;
  private static final int HEAD_BYTES = 200;
  private static final Pattern DECLARED =
      Pattern.compile("^<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");

  private final Table table;
  private final InputStream bytes;

  XmlParts(Table table, InputStream bytes) {
    this.table = table;
    this.bytes = new BufferedInputStream(bytes);
  }

  /**
   * @param begin told the line of each element of this name
   * @param part each child of it
   * @param end its end
   */
  void read(String element, IntConsumer begin, Consumer<XmlPart> part, Runnable end)
      throws XMLStreamException, IOException {
    XMLStreamReader reader = reader();
    boolean inside = false;
    while (next(reader)) {
      if (reader.isStartElement() && inside) {
        part.accept(tree(reader, 0));
      } else if (reader.isStartElement() && reader.getLocalName().equals(element)) {
        inside = true;
        begin.accept(reader.getLocation().getLineNumber());
      } else if (reader.isEndElement() && inside) {
        inside = false;
        end.run();
      }
    }
  }

  private boolean next(XMLStreamReader reader) throws XMLStreamException {
    try {
      if (!reader.hasNext()) {
        return false;
      }
      int event = reader.next();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw FileRefused.of(table, "the XML has a document type or entities; neither is read");
      }
      return true;
    } catch (FileRefused e) {
      throw e;
    } catch (RuntimeException e) {
      // The JDK's reader answers some damaged bytes with its own unchecked exceptions.
      throw new XMLStreamException("unreadable", reader.getLocation());
    }
  }

  private XmlPart tree(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth > DEPTH_MAX) {
      throw FileRefused.of(table, "the XML nests over %d deep".formatted(DEPTH_MAX));
    }
    XmlPart part = new XmlPart(reader.getLocalName(), reader.getLocation().getLineNumber());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      part.attribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    while (next(reader) && !reader.isEndElement()) {
      if (reader.isStartElement()) {
        part.child(tree(reader, depth + 1));
      } else if (reader.isCharacters()) {
        part.text(reader.getText());
      }
    }
    return part;
  }

  // The JDK's own, whatever else is on the class path: its switches below are known to hold.
  private XMLStreamReader reader() throws XMLStreamException, IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing outside the document is read");
        });
    // Decoded here, because the JDK's reader writes to the console when bytes do not fit.
    return factory.createXMLStreamReader(
        new InputStreamReader(
            bytes,
            charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  private Charset charset() throws IOException {
    bytes.mark(HEAD_BYTES);
    byte[] head = bytes.readNBytes(HEAD_BYTES);
    bytes.reset();
    int two = head.length < 2 ? 0 : (head[0] & 0xff) << 8 | head[1] & 0xff;
    if (two == 0xEFBB) {
      bytes.skipNBytes(3);
      return StandardCharsets.UTF_8;
    }
    if (two == 0xFEFF || two == 0xFFFE) {
      bytes.skipNBytes(2);
    }
    if (two == 0xFEFF || two == 0x003C) {
      return StandardCharsets.UTF_16BE;
    }
    if (two == 0xFFFE || two == 0x3C00) {
      return StandardCharsets.UTF_16LE;
    }
    Matcher declared = DECLARED.matcher(new String(head, StandardCharsets.ISO_8859_1));
    if (!declared.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(declared.group(1));
    } catch (IllegalArgumentException e) {
      throw new CharacterCodingException();
    }
  }
}
