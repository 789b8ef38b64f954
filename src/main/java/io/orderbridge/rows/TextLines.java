package io.orderbridge.rows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The lines of a text file, ended by LF or CRLF. A byte that the charset lacks refuses it. */
final class TextLines {
  // Twice what a cell of a spreadsheet may hold; lines of bills have a few hundred characters.
  static final int LINE_MAX = 65_536;
  private static final int MARK_BYTES = 3;

  private final Table table;
  private final Charset charset;
  private final BufferedReader reader;
  private final Deque<Line> back = new ArrayDeque<>();
  private int number;

  /**
   * @param text null when the line is longer than {@link #LINE_MAX}
   */
  record Line(int number, String text) {}

  TextLines(Table table, InputStream bytes) throws IOException {
    this.table = table;
    PushbackInputStream in = new PushbackInputStream(bytes, MARK_BYTES);
    this.charset = charset(in, table.text().charset());
    this.reader =
        new BufferedReader(
            new InputStreamReader(
                in,
                charset
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  // A byte order mark is more certain than any setting.
  private static Charset charset(PushbackInputStream in, Charset told) throws IOException {
    byte[] first = in.readNBytes(MARK_BYTES);
    int two = first.length < 2 ? 0 : (first[0] & 0xff) << 8 | first[1] & 0xff;
    if (first.length == MARK_BYTES && two == 0xEFBB && (first[2] & 0xff) == 0xBF) {
      return StandardCharsets.UTF_8;
    }
    boolean utf16 = two == 0xFEFF || two == 0xFFFE;
    in.unread(first, utf16 ? 2 : 0, utf16 ? first.length - 2 : first.length);
    if (!utf16) {
      return told;
    }
    return two == 0xFEFF ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
  }

  /** The next line, or null after the last. */
  Line next() throws IOException {
    if (!back.isEmpty()) {
      return back.pop();
    }
    try {
      return read();
    } catch (CharacterCodingException e) {
      throw FileRefused.at(
          table,
          number + 1,
          "from here on there are bytes that are not %s; set 'charset' of the table (GBK,"
                  .formatted(charset.name())
              + " UTF-8, ...), or the file is damaged");
    }
  }

  /** Gives lines back that were read too far, in their order. */
  void giveBack(List<Line> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      back.push(lines.get(i));
    }
  }

  private Line read() throws IOException {
    StringBuilder line = new StringBuilder();
    boolean tooLong = false;
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    while (c >= 0 && c != '\n') {
      if (line.length() < LINE_MAX) {
        line.append((char) c);
      } else {
        tooLong = true;
      }
      c = reader.read();
    }
    number++;
    if (tooLong) {
      return new Line(number, null);
    }
    int last = line.length() - 1;
    if (last >= 0 && line.charAt(last) == '\r') {
      line.setLength(last);
    }
    return new Line(number, line.toString());
  }
}
