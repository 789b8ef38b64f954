package io.orderbridge.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
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
  private static final int BUFFER_CHARS = 8_192;

  private final Table table;
  private final Charset charset;
  private final Reader reader;
  private final char[] read = new char[BUFFER_CHARS];
  private int from;
  private int to;
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
        new InputStreamReader(
            in,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
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
    if (from == to && !fill()) {
      return null;
    }
    // Most lines lie in the buffer as a whole.
    int end = lineEnd();
    if (end < to) {
      String text = line(read, from, end);
      from = end + 1;
      return new Line(++number, text.length() > LINE_MAX ? null : text);
    }
    return readOn();
  }

  private Line readOn() throws IOException {
    StringBuilder line = new StringBuilder();
    boolean tooLong = false;
    boolean ended = false;
    do {
      int end = lineEnd();
      int room = LINE_MAX - line.length();
      tooLong |= end - from > room;
      line.append(read, from, Math.min(end - from, room));
      ended = end < to;
      from = Math.min(end + 1, to);
    } while (!ended && fill());
    number++;
    return new Line(number, tooLong ? null : line(line.toString().toCharArray(), 0, line.length()));
  }

  private int lineEnd() {
    int end = from;
    while (end < to && read[end] != '\n') {
      end++;
    }
    return end;
  }

  private static String line(char[] chars, int begin, int end) {
    boolean carriage = end > begin && chars[end - 1] == '\r';
    return new String(chars, begin, end - begin - (carriage ? 1 : 0));
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, reader.read(read, 0, read.length));
    return to > 0;
  }
}
