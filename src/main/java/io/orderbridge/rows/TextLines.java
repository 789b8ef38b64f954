package io.orderbridge.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The lines of a text file, ended by LF or CRLF. A byte that the charset lacks refuses it. */
final class TextLines {
  // Twice what a cell of a spreadsheet may hold; lines of bills have a few hundred characters.
  static final int LINE_MAX = 65_536;
  private static final int MARK_BYTES = 3;
  private static final int BUFFER_BYTES = 65_536;
  // A character has four bytes at most.
  private static final int LINE_BYTES_MAX = 4 * LINE_MAX + 2;

  private final Table table;
  private final Charset told;
  // In which a line feed is a byte that is nothing else.
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final InputStream in;
  private byte[] read = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  // The next line, once it was found.
  private boolean found;
  private boolean tooLong;
  private int end;
  private int after;
  private final Deque<Line> back = new ArrayDeque<>();
  private int number;

  /**
   * @param text null when the line is longer than {@link #LINE_MAX}
   */
  record Line(int number, String text) {}

  TextLines(Table table, InputStream bytes) throws IOException {
    this.table = table;
    PushbackInputStream pushback = new PushbackInputStream(bytes, MARK_BYTES);
    this.told = charset(pushback, table.text().charset());
    boolean byBytes = Recoded.keepsAscii(told);
    this.charset = byBytes ? told : StandardCharsets.UTF_8;
    this.in = byBytes ? pushback : new Recoded(pushback, strict(told));
    this.decoder = strict(charset);
  }

  private static CharsetDecoder strict(Charset charset) {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
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
    if (!find()) {
      return null;
    }
    Line line = new Line(number + 1, tooLong ? null : text());
    pass();
    return line;
  }

  private String text() {
    int all = 0;
    for (int i = from; i < end; i++) {
      all |= read[i];
    }
    String text =
        all >= 0 ? new String(read, from, end - from, StandardCharsets.ISO_8859_1) : decoded();
    return text.length() > LINE_MAX ? null : text;
  }

  private String decoded() {
    try {
      return decoder.decode(ByteBuffer.wrap(read, from, end - from)).toString();
    } catch (CharacterCodingException e) {
      throw wrongCharset();
    }
  }

  private FileRefused wrongCharset() {
    return FileRefused.at(
        table,
        number + 1,
        "from here on there are bytes that are not %s; set 'charset' of the table (GBK,"
                .formatted(told.name())
            + " UTF-8, ...), or the file is damaged");
  }

  /** Gives lines back that were read too far, in their order. */
  void giveBack(List<Line> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      back.push(lines.get(i));
    }
  }

  /** Whether there is a line that nobody gave back and that is not too long; it stays the next. */
  boolean findWhole() throws IOException {
    return back.isEmpty() && find() && !tooLong && end - from <= LINE_MAX;
  }

  byte[] bytes() {
    return read;
  }

  int begin() {
    return from;
  }

  int end() {
    return end;
  }

  /** Of the last line that was passed. */
  int number() {
    return number;
  }

  /** Whether the bytes of the line are UTF-8, and not damaged. */
  boolean isUtf8() {
    return charset.equals(StandardCharsets.UTF_8) && told.equals(charset) && decoded() != null;
  }

  /** Goes to the line after the one that was found. */
  void pass() {
    number++;
    from = after;
    found = false;
    tooLong = false;
  }

  private boolean find() throws IOException {
    try {
      return found || search();
    } catch (CharacterCodingException e) {
      throw wrongCharset();
    }
  }

  private static int nextLine(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private boolean search() throws IOException {
    int at = from;
    while (true) {
      at = nextLine(read, at, to);
      if (at == to) {
        dropTooLong();
        int searched = to - from;
        boolean more = fill();
        at = from + searched;
        if (more) {
          continue;
        }
      }
      if (at == to && from == to && !tooLong) {
        return false;
      }
      end = at > from && read[at - 1] == '\r' ? at - 1 : at;
      after = Math.min(at + 1, to);
      found = true;
      return true;
    }
  }

  private void dropTooLong() {
    if (to - from >= LINE_BYTES_MAX) {
      tooLong = true;
      to = from;
    }
  }

  /** Reads on behind what is there. */
  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(read, from, read, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == read.length) {
      read = Arrays.copyOf(read, Math.min(2 * to, LINE_BYTES_MAX));
    }
    int some = in.read(read, to, read.length - to);
    to += Math.max(some, 0);
    return some > 0;
  }
}
