package io.orderbridge.mapping;

/**
 * Where in a mapping file. JSONata counts characters and points behind the word it speaks of; some
 * of its errors have no position (-1, or 0 for the comparison of two kinds).
 *
 * @param line first is 1, 0 when the position is not known
 * @param column first is 1
 */
record FilePosition(int line, int column) {
  static FilePosition of(String text, int location) {
    if (location <= 0) {
      return new FilePosition(0, 0);
    }
    String before = text.substring(0, Math.min(location, text.length()));
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new FilePosition(line, Math.max(1, before.length() - before.lastIndexOf('\n') - 1));
  }
}
