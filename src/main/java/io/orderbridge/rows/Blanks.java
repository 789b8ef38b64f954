package io.orderbridge.rows;

/** What stands around a cell and is not of it: blanks, and what the table says. */
record Blanks(String strip) {
  /** Cuts it off both ends. */
  String cut(String cell) {
    int from = 0;
    int to = cell.length();
    while (from < to && isBlank(cell.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(cell.charAt(to - 1))) {
      to--;
    }
    return cell.substring(from, to);
  }

  private boolean isBlank(char c) {
    return c == ' '
        || c == '\t'
        || c == '\u00A0'
        || c == '\u3000'
        || c == '\n'
        || strip.indexOf(c) >= 0;
  }
}
