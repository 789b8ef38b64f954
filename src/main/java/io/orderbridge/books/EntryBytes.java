package io.orderbridge.books;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A block of entries as PostgreSQL's COPY writes and reads them in binary: what is hashed on the
 * way in is, byte for byte, what comes out again.
 */
final class EntryBytes {
  /** The columns in the order of the bytes. */
  static final String COLUMNS =
      "key_hash, amount, quantity, ordered_at, paid_at, shipped_at, settled_at, place,"
          + " again, key, currency, status, kind, shop, sku, ref, converted, raw";

  /** A block ends with the entry that reaches this size: a copy of its own costs nothing beside. */
  static final int BLOCK_BYTES = 1 << 20;

  /** Signature, flags and the length of an extension that there is none of. */
  static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};

  private static final int FIELDS = 18;
  // PostgreSQL counts from 2000-01-01.
  private static final long EPOCH_MICROS = 946_684_800L * 1_000_000;
  private static final int LONG = 8;
  private static final int INT = 4;
  private static final int SHORT = 2;
  private static final int NULL = -1;
  private static final int ASCII_MAX = 0x7f;

  private byte[] bytes = new byte[BLOCK_BYTES + 4096];
  private int size;

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  void clear() {
    size = 0;
  }

  /** Appends the entry. */
  void add(Entry entry, Repeats repeats) {
    putShort(FIELDS);
    putLong(0);
    int hashAt = size - LONG;
    putNumber(entry.amount() == null ? null : entry.amount().minor());
    putNumber(entry.quantity());
    for (long at : entry.times()) {
      putTime(at);
    }
    room(INT + INT);
    putInt(INT);
    putInt(entry.place());
    putFlag(false);
    int keyAt = size + INT;
    putText(entry.key());
    long keyHash = hash(bytes, keyAt, size);
    setLong(hashAt, keyHash);
    bytes[keyAt - INT - 1] = (byte) (repeats.see(keyHash) ? 1 : 0);
    putText(entry.amount() == null ? null : entry.amount().currency());
    putText(entry.status());
    Entry.More more = entry.more() == null ? Entry.More.NONE : entry.more();
    putText(more.kind() == null ? null : more.kind().name());
    putText(more.shop());
    putText(more.sku());
    putText(more.ref());
    putText(more.converted());
    putText(entry.raw());
  }

  // FNV-1a, mixed once more so that short keys spread as well. Two keys of one hash are told apart
  // by the keys themselves.
  private static long hash(byte[] bytes, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
    return hash ^ (hash >>> 32);
  }

  private void putFlag(boolean flag) {
    room(INT + 1);
    putInt(1);
    bytes[size++] = (byte) (flag ? 1 : 0);
  }

  private void putNumber(Long number) {
    if (number == null) {
      room(INT);
      putInt(NULL);
    } else {
      putLong(number);
    }
  }

  private void putTime(long micros) {
    if (micros == Entry.UNKNOWN) {
      room(INT);
      putInt(NULL);
    } else {
      putLong(micros - EPOCH_MICROS);
    }
  }

  private void putText(String text) {
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

  private void putUtf8(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    room(INT + utf8.length);
    putInt(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  private void putLong(long number) {
    room(INT + LONG);
    putInt(LONG);
    setLong(size, number);
    size += LONG;
  }

  private void setLong(int at, long number) {
    for (int i = 0; i < LONG; i++) {
      bytes[at + i] = (byte) (number >>> (LONG - 1 - i) * LONG);
    }
  }

  private void putInt(int number) {
    bytes[size++] = (byte) (number >>> 24);
    bytes[size++] = (byte) (number >>> 16);
    bytes[size++] = (byte) (number >>> 8);
    bytes[size++] = (byte) number;
  }

  private void putShort(int number) {
    room(SHORT);
    bytes[size++] = (byte) (number >>> 8);
    bytes[size++] = (byte) number;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
