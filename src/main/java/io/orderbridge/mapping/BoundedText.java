package io.orderbridge.mapping;

/**
 * Text whose reads by a regular expression are counted; java.util.regex has no limit of its own.
 */
record BoundedText(String text, Bounds bounds) implements CharSequence {
  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    bounds.regexRead();
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
