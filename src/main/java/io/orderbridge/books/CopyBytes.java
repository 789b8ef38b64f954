package io.orderbridge.books;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A block of rows as PostgreSQL's COPY writes and reads them in binary: what is hashed on the way
 * in is, byte for byte, what comes out again.
 */
class CopyBytes {
  /** A block ends with the row that reaches this size: a copy of its own costs nothing beside. */
  static final int BLOCK_BYTES = 1 << 20;

  /** Signature, flags and the length of an extension that there is none of. */
  static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};

  static final int LONG = 8;
  static final int INT = 4;
  private static final int SHORT = 2;
  static final int NULL = -1;
  private static final int ASCII_MAX = 0x7f;

  byte[] bytes = new byte[BLOCK_BYTES + 4096];
  int size;

  final int size() {
    return size;
  }

  final byte[] array() {
    return bytes;
  }

  final boolean isFull() {
    return size >= BLOCK_BYTES;
  }

  void clear() {
    size = 0;
  }

  /** The next row, which has so many columns. */
  final void begin(int columns) {
    room(SHORT);
    bytes[size++] = (byte) (columns >>> 8);
    bytes[size++] = (byte) columns;
  }

  final void putInteger(int number) {
    room(INT + INT);
    putInt(INT);
    putInt(number);
  }

  final void putBytes(byte[] from, int begin, int end) {
    room(INT + end - begin);
    putInt(end - begin);
    System.arraycopy(from, begin, bytes, size, end - begin);
    size += end - begin;
  }

  final void putText(String text) {
    if (text == null) {
      room(INT);
      putInt(NULL);
      return;
    }
    int length = text.length();
    room(INT + length);
    int at = size + INT;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c > ASCII_MAX) {
        putUtf8(text);
        return;
      }
      bytes[at + i] = (byte) c;
    }
    putInt(length);
    size += length;
  }

  final void putUtf8(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    room(INT + utf8.length);
    putInt(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  final void putLong(long number) {
    room(INT + LONG);
    putInt(LONG);
    setLong(size, number);
    size += LONG;
  }

  final void setLong(int at, long number) {
    setInt(at, (int) (number >>> Integer.SIZE));
    setInt(at + INT, (int) number);
  }

  final void putInt(int number) {
    setInt(size, number);
    size += INT;
  }

  final void setInt(int at, int number) {
    byte[] into = bytes;
    into[at] = (byte) (number >>> 24);
    into[at + 1] = (byte) (number >>> 16);
    into[at + 2] = (byte) (number >>> 8);
    into[at + 3] = (byte) number;
  }

  final void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
