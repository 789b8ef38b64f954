package io.orderbridge.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Text in a charset whose bytes do not show where a line ends, as UTF-8. */
final class Recoded extends InputStream {
  private static final int BUFFER_CHARS = 8_192;
  // What a file is made of beside its words.
  private static final String ASCII = "\t\n\r\"',;|`0123456789ABCxyz";

  private final Reader reader;
  private final char[] chars = new char[BUFFER_CHARS];
  private byte[] bytes = {};
  private int at;

  Recoded(InputStream in, CharsetDecoder decoder) {
    this.reader = new InputStreamReader(in, decoder);
  }

  /** Whether ASCII is single bytes in it that are nothing else, at least those below the digits. */
  static boolean keepsAscii(Charset charset) {
    byte[] bytes = ASCII.getBytes(StandardCharsets.US_ASCII);
    return new String(bytes, charset).equals(ASCII) && !charset.name().startsWith("ISO-2022");
  }

  @Override
  public int read() throws IOException {
    return at < bytes.length || fill() ? bytes[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    if (at == bytes.length && !fill()) {
      return -1;
    }
    int some = Math.min(most, bytes.length - at);
    System.arraycopy(bytes, at, into, from, some);
    at += some;
    return some;
  }

  private boolean fill() throws IOException {
    int some = reader.read(chars, 0, chars.length);
    bytes = some <= 0 ? new byte[0] : new String(chars, 0, some).getBytes(StandardCharsets.UTF_8);
    at = 0;
    return some > 0;
  }
}
