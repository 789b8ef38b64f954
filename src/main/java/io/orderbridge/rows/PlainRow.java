package io.orderbridge.rows;

import java.util.List;

/**
 * A row of a text file whose cells stand in it as they are: without quotes, a number without
 * thousands separators, nothing that has to be told of it. It is good until the next one is read.
 */
public final class PlainRow {
  private final List<String> columns;
  final int[] from;
  final int[] to;
  byte[] bytes;
  int line;

  PlainRow(List<String> columns) {
    this.columns = List.copyOf(columns);
    this.from = new int[columns.size()];
    this.to = new int[columns.size()];
  }

  /** Names of the cells, in the order of the file. */
  public List<String> columns() {
    return columns;
  }

  public int line() {
    return line;
  }

  /** What its cells lie in, as UTF-8; not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where a cell begins. */
  public int from(int column) {
    return from[column];
  }

  /** Where a cell ends: the first byte that is not of it. */
  public int to(int column) {
    return to[column];
  }
}
