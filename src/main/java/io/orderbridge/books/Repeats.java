package io.orderbridge.books;

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

  /** Whether a key of this hash may have been seen. */
  boolean see(long hash) {
    int place = (int) (hash >>> Long.SIZE - BITS);
    long bit = 1L << place;
    long word = seen[place >> WORD_BITS];
    seen[place >> WORD_BITS] = word | bit;
    return (word & bit) != 0;
  }
}
