package io.orderbridge.reconciliation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers and texts behind one another, small numbers in few bytes. Grows as it is written. */
final class JudgeBytes {
  private static final int SEVEN_BITS = 0x7f;
  private static final int MORE = 0x80;
  private static final int FIRST_SIZE = 1024;

  private byte[] bytes;
  private int at;

  JudgeBytes() {
    this(new byte[FIRST_SIZE], 0);
  }

  private JudgeBytes(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  void clear() {
    at = 0;
  }

  int size() {
    return at;
  }

  void copyTo(byte[] target, int position) {
    System.arraycopy(bytes, 0, target, position, at);
  }

  /** Reads from an array that is not copied. */
  static JudgeBytes reading(byte[] bytes, int position) {
    return new JudgeBytes(bytes, position);
  }

  void number(long value) {
    long rest = value << 1 ^ value >> Long.SIZE - 1;
    while ((rest & ~SEVEN_BITS) != 0) {
      put((int) (rest & SEVEN_BITS | MORE));
      rest >>>= 7;
    }
    put((int) rest);
  }

  long number() {
    long value = 0;
    int shift = 0;
    int one;
    do {
      one = bytes[at++];
      value |= (long) (one & SEVEN_BITS) << shift;
      shift += 7;
    } while ((one & MORE) != 0);
    return value >>> 1 ^ -(value & 1);
  }

  /** A text that is null is read as null. */
  void text(String text) {
    if (text == null) {
      number(-1);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, at, utf8.length);
    at += utf8.length;
  }

  String text() {
    int length = (int) number();
    if (length < 0) {
      return null;
    }
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private void put(int one) {
    room(1);
    bytes[at++] = (byte) one;
  }

  private void room(int length) {
    if (bytes.length - at < length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + length));
    }
  }
}
