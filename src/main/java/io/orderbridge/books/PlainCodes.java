package io.orderbridge.books;

import io.orderbridge.rows.PlainRow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The words of a column of codes; they are few, and looked up by their bytes. One thread. */
final class PlainCodes {
  private static final int PLACES = 256;
  private static final int LENGTH_MAX = 64;

  private final Layout.Codes codes;
  private final int column;
  private final Word[] words = new Word[PLACES];
  private final Word only;

  /**
   * A word with its bytes.
   *
   * @param code it is the word of
   */
  record Word(byte[] code, String text, byte[] bytes) {
    static Word of(String text) {
      return new Word(null, text, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * @param codes null when there are none
   * @param column where the codes stand; of no effect when there is one word
   * @param otherwise the word when there are no codes; null for none
   */
  PlainCodes(Layout.Codes codes, int column, String otherwise) {
    this.codes = codes;
    this.column = column;
    boolean one = codes == null || codes.column() == null;
    String word = codes == null ? otherwise : one ? codes.only() : null;
    this.only = word == null ? null : Word.of(word);
  }

  /** Whether there are no words at all. */
  boolean isEmpty() {
    return codes == null && only == null;
  }

  /** Null when the code means nothing. */
  Word of(PlainRow row) {
    if (codes == null || codes.column() == null) {
      return only;
    }
    byte[] bytes = row.bytes();
    int from = row.from(column);
    int to = row.to(column);
    int length = to - from;
    int place =
        length == 0
            ? 0
            : (length * 31 + bytes[from] * 7 + bytes[to - 1] * 3 + bytes[from + length / 2])
                & PLACES - 1;
    Word word = words[place];
    if (word != null && Arrays.equals(word.code(), 0, word.code().length, bytes, from, to)) {
      return word;
    }
    String code = new String(bytes, from, length, StandardCharsets.UTF_8);
    String text = codes.word(code);
    if (text == null) {
      return null;
    }
    Word found =
        new Word(Arrays.copyOfRange(bytes, from, to), text, text.getBytes(StandardCharsets.UTF_8));
    if (length <= LENGTH_MAX) {
      words[place] = found;
    }
    return found;
  }
}
