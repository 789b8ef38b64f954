package io.orderbridge.books;

import io.orderbridge.rows.PlainRow;
import java.util.Arrays;

/** A block of entries, and the rows that they came from. One thread. */
final class EntryBytes extends CopyBytes {
  /** The columns in the order of the bytes. */
  static final String COLUMNS =
      "key_hash, cells, place, again, amount, quantity, ordered_at, paid_at, shipped_at,"
          + " settled_at, key, currency, status, kind, shop, sku, ref, converted";

  // About what an entry has at least.
  private static final int ENTRY_BYTES = 128;
  private static final int FIELDS = 18;
  // PostgreSQL counts from 2000-01-01.
  private static final long EPOCH_MICROS = 946_684_800L * 1_000_000;
  // After the hash come the cells and the place with their lengths, and the length of the flag.
  private static final int FLAG_AFTER_HASH = LONG + INT + LONG + INT + INT + INT;

  private final CellBytes cells = new CellBytes();
  // Of the entries of the block: hashes of their keys, and where their flags are.
  private long[] hashes = new long[BLOCK_BYTES / ENTRY_BYTES];
  private int[] flags = new int[BLOCK_BYTES / ENTRY_BYTES];
  private int entries;

  /** The rows that the entries came from, in blocks of their own. */
  CellBytes cells() {
    return cells;
  }

  @Override
  void clear() {
    super.clear();
    entries = 0;
  }

  /** Appends the entry. */
  void add(Entry entry) {
    begin(FIELDS);
    int hashAt = putPlace(entry.place(), cells.add(entry.place(), entry.raw()));
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
  }

  /** Appends one of the entries of a plain row. */
  void add(PlainEntries plain, int index) {
    PlainRow row = plain.row;
    boolean first = index == 0;
    begin(FIELDS);
    int place = row.line() * Entry.PLACES + index;
    int hashAt = putPlace(place, first ? cells.add(place, row) : 0);
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
  }

  /**
   * Where the hash of the key will stand; then the place, and that the key did not stand before.
   */
  private int putPlace(int place, long checksum) {
    putLong(0);
    int hashAt = size - LONG;
    putLong(checksum);
    putInteger(place);
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

  private void split(boolean here) {
    if (here) {
      room(1);
      bytes[size++] = (byte) EntryReader.SPLIT;
    }
  }

  private void putCell(PlainRow row, int column) {
    putBytes(row.bytes(), row.from(column), row.to(column));
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
    putBytes(word.bytes(), 0, word.bytes().length);
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
}
