package io.orderbridge.books;

import io.orderbridge.rows.PlainRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * The rows of a file as they came: of each its place, how many bytes it has, and its cells split by
 * {@link EntryReader#SPLIT}; as many together as a page of the database takes, in a block as
 * PostgreSQL's COPY writes and reads them. One thread.
 */
final class CellBytes {
  /** The columns in the order of the bytes. */
  static final String COLUMNS = "first_place, part, cells";

  // A page has 8,192 bytes, which the head of a tuple and the other columns are among.
  private static final int PAGE_MAX = 8_000;
  private static final int HEAD = 2 * Integer.BYTES;

  // Two checksums which processors have: a row that is said otherwise is told from the one before.
  private final CRC32 low = new CRC32();
  private final CRC32C high = new CRC32C();
  private final CopyBytes block = new CopyBytes();
  private byte[] page = new byte[PAGE_MAX];
  private int size;
  private int firstPlace;

  /** The pages that are full; all once {@link #endPage} was called. */
  CopyBytes block() {
    return block;
  }

  /**
   * @return the checksum; 0 when there are no cells, which are not kept then
   */
  long add(int place, String cells) {
    byte[] text = cells.getBytes(StandardCharsets.UTF_8);
    if (text.length == 0) {
      return 0;
    }
    int at = begin(place, text.length);
    put(text, 0, text.length);
    return checksum(at);
  }

  /** As above, of all cells of a row. */
  long add(int place, PlainRow row) {
    int cells = row.columns().size();
    int length = cells - 1;
    for (int i = 0; i < cells; i++) {
      length += row.to(i) - row.from(i);
    }
    int at = begin(place, length);
    for (int i = 0; i < cells; i++) {
      if (i > 0) {
        page[size++] = (byte) EntryReader.SPLIT;
      }
      put(row.bytes(), row.from(i), row.to(i));
    }
    return checksum(at);
  }

  private int begin(int place, int length) {
    if (size + HEAD + length > PAGE_MAX) {
      endPage();
    }
    if (size == 0) {
      firstPlace = place;
    }
    if (size + HEAD + length > page.length) {
      page = Arrays.copyOf(page, HEAD + length);
    }
    setInt(size, place);
    setInt(size + Integer.BYTES, length);
    size += HEAD;
    return size;
  }

  private void put(byte[] from, int begin, int end) {
    System.arraycopy(from, begin, page, size, end - begin);
    size += end - begin;
  }

  private long checksum(int at) {
    low.reset();
    high.reset();
    low.update(page, at, size - at);
    high.update(page, at, size - at);
    return high.getValue() << Integer.SIZE | low.getValue();
  }

  private void setInt(int at, int number) {
    page[at] = (byte) (number >>> 24);
    page[at + 1] = (byte) (number >>> 16);
    page[at + 2] = (byte) (number >>> 8);
    page[at + 3] = (byte) number;
  }

  /** A row that is longer than a page has several parts. */
  void endPage() {
    int part = 0;
    for (int from = 0; from < size; from += PAGE_MAX) {
      block.begin(3);
      block.putInteger(firstPlace);
      block.putInteger(part++);
      block.putBytes(page, from, Math.min(size, from + PAGE_MAX));
    }
    size = 0;
  }

  /** Puts the cells of the places that stand in a page, all its parts, into {@code found}. */
  static void find(byte[] page, Set<Integer> places, Map<Integer, String> found) {
    ByteBuffer at = ByteBuffer.wrap(page);
    while (at.hasRemaining()) {
      int place = at.getInt();
      int length = at.getInt();
      if (places.contains(place)) {
        found.put(place, new String(page, at.position(), length, StandardCharsets.UTF_8));
      }
      at.position(at.position() + length);
    }
  }
}
