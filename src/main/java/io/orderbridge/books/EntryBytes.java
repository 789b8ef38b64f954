package io.orderbridge.books;

import io.orderbridge.rows.PlainRow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A block of entries as PostgreSQL's COPY writes and reads them in binary: what is hashed on the
 * way in is, byte for byte, what comes out again.
 */
final class EntryBytes {
  /** The columns in the order of the bytes. */
  static final String COLUMNS =
      "key_hash, place, again, amount, quantity, ordered_at, paid_at, shipped_at, settled_at,"
          + " key, currency, status, kind, shop, sku, ref, converted, raw";

  /** A block ends with the entry that reaches this size: a copy of its own costs nothing beside. */
  static final int BLOCK_BYTES = 1 << 20;

  /** Signature, flags and the length of an extension that there is none of. */
  static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};

  // About what an entry has at least.
  private static final int ENTRY_BYTES = 128;
  private static final int FIELDS = 18;
  // PostgreSQL counts from 2000-01-01.
  private static final long EPOCH_MICROS = 946_684_800L * 1_000_000;
  private static final int LONG = 8;
  private static final int INT = 4;
  private static final int SHORT = 2;
  private static final int NULL = -1;
  // After the hash come length and place, and the length of the flag.
  private static final int FLAG_AFTER_HASH = LONG + INT + INT + INT;
  private static final int ASCII_MAX = 0x7f;

  private byte[] bytes = new byte[BLOCK_BYTES + 4096];
  private int size;
  // Of the entries of the block: hashes of their keys, and where their flags are.
  private long[] hashes = new long[BLOCK_BYTES / ENTRY_BYTES];
  private int[] flags = new int[BLOCK_BYTES / ENTRY_BYTES];
  private int entries;

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  void clear() {
    size = 0;
    entries = 0;
  }

  /** Appends the entry. */
  void add(Entry entry) {
    putShort(FIELDS);
    int hashAt = putPlace(entry.place());
    putNumber(entry.amount() == null ? null : entry.amount().minor());
    putNumber(entry.quantity());
    for (long at : entry.times()) {
      putTime(at);
    }
    int keyAt = size + INT;
    putText(entry.key());
    setKeyHash(hashAt, keyAt);
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

  /** Appends one of the entries of a plain row. */
  void add(PlainEntries plain, int index) {
    PlainRow row = plain.row;
    boolean first = index == 0;
    putShort(FIELDS);
    int hashAt = putPlace(row.line() * Entry.PLACES + index);
    putNumber(plain.hasAmounts(), plain.hasAmounts() ? plain.minor(index) : 0);
    putNumber(first && plain.hasQuantity, plain.quantity);
    for (long at : plain.times) {
      putTime(at);
    }
    int keyAt = size + INT;
    putCell(row, plain.keys[0]);
    setKeyHash(hashAt, keyAt);
    putWord(plain.hasAmounts() ? plain.currency(index) : null);
    putWord(plain.status);
    EntryKind kind = plain.kind(index);
    putText(kind == EntryKind.SALE ? null : kind.name());
    putWord(plain.shop);
    if (plain.sku >= 0) {
      putCell(row, plain.sku);
    } else {
      putText(null);
    }
    putRef(plain);
    putText(null);
    putRaw(row, first ? row.columns().size() : 0);
  }

  /** Where the hash of the key will stand; then the place, and that the key did not stand before. */
  private int putPlace(int place) {
    putLong(0);
    int hashAt = size - LONG;
    room(INT + INT);
    putInt(INT);
    putInt(place);
    putFlag(false);
    return hashAt;
  }

  private void putRef(PlainEntries plain) {
    if (!plain.hasRef()) {
      putText(null);
      return;
    }
    room(INT);
    int lengthAt = size;
    putInt(0);
    for (int i = 1; i < plain.keys.length; i++) {
      split(i > 1);
      if (!plain.isNone(plain.keys[i])) {
        putBytes(plain.row, plain.keys[i]);
      }
    }
    setInt(lengthAt, size - lengthAt - INT);
  }

  private void putRaw(PlainRow row, int cells) {
    room(INT);
    int lengthAt = size;
    putInt(0);
    for (int i = 0; i < cells; i++) {
      split(i > 0);
      putBytes(row, i);
    }
    setInt(lengthAt, size - lengthAt - INT);
  }

  private void split(boolean here) {
    if (here) {
      room(1);
      bytes[size++] = (byte) EntryReader.SPLIT;
    }
  }

  private void putCell(PlainRow row, int column) {
    room(INT);
    putInt(row.to(column) - row.from(column));
    putBytes(row, column);
  }

  private void putBytes(PlainRow row, int column) {
    int from = row.from(column);
    int length = row.to(column) - from;
    room(length);
    System.arraycopy(row.bytes(), from, bytes, size, length);
    size += length;
  }

  private void putWord(PlainCodes.Word word) {
    if (word == null) {
      putText(null);
      return;
    }
    int length = word.bytes().length;
    room(INT + length);
    putInt(length);
    System.arraycopy(word.bytes(), 0, bytes, size, length);
    size += length;
  }

  private void putNumber(boolean known, long number) {
    if (known) {
      putLong(number);
    } else {
      room(INT);
      putInt(NULL);
    }
  }

  private void setKeyHash(int hashAt, int keyAt) {
    long keyHash = Repeats.hash(bytes, keyAt, size);
    setLong(hashAt, keyHash);
    if (entries == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * entries);
      flags = Arrays.copyOf(flags, 2 * entries);
    }
    hashes[entries] = keyHash;
    flags[entries++] = hashAt + FLAG_AFTER_HASH;
  }

  /** Writes into the entries of the block whether their keys may have stood before. */
  void mark(Repeats repeats) {
    repeats.see(hashes, entries);
    for (int i = 0; i < entries; i++) {
      bytes[flags[i]] = (byte) hashes[i];
    }
  }

  private void putFlag(boolean flag) {
    room(INT + 1);
    putInt(1);
    bytes[size++] = (byte) (flag ? 1 : 0);
  }

  private void putNumber(Long number) {
    putNumber(number != null, number == null ? 0 : number);
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

  private void setInt(int at, int number) {
    int end = size;
    size = at;
    putInt(number);
    size = end;
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
