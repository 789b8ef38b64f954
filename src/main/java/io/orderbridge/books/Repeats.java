package io.orderbridge.books;

import java.util.Arrays;

/**
 * Which keys of a file may stand in it more than once, in constant memory: those whose hash falls
 * on a bit that is set already. Of a million keys that stand once some seven thousand do as well;
 * what really repeats is found among them by the database.
 */
final class Repeats {
  // 2^26 bits are 8 MB.
  private static final int BITS = 26;
  private static final int WORD_BITS = 6;

  private final long[] seen = new long[1 << BITS - WORD_BITS];
  private long[] hashes = new long[64];
  private int size;

  void see(long hash) {
    int place = (int) (hash >>> Long.SIZE - BITS);
    long bit = 1L << place;
    if ((seen[place >> WORD_BITS] & bit) != 0) {
      if (size == hashes.length) {
        hashes = Arrays.copyOf(hashes, size * 2);
      }
      hashes[size++] = hash;
    }
    seen[place >> WORD_BITS] |= bit;
  }

  /** Each once. */
  long[] hashes() {
    return Arrays.stream(hashes, 0, size).distinct().toArray();
  }
}
