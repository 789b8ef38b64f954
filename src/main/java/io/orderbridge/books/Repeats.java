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

  // FNV-1a, mixed once more so that short keys spread as well. Two keys of one hash are told apart
  // by the keys themselves.
  static long hash(byte[] bytes, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
    return hash ^ (hash >>> 32);
  }

  /**
   * Whether keys may have been seen, many at a time: each of them waits for memory, and they wait
   * together.
   *
   * @param hashes of keys; replaced by 1 when the key may have been seen before, by 0 when not
   */
  void see(long[] hashes, int many) {
    for (int i = 0; i < many; i++) {
      int place = (int) (hashes[i] >>> Long.SIZE - BITS);
      long bit = 1L << place;
      long word = seen[place >> WORD_BITS];
      seen[place >> WORD_BITS] = word | bit;
      hashes[i] = (word & bit) == 0 ? 0 : 1;
    }
  }
}
