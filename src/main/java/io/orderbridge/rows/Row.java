package io.orderbridge.rows;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A row as a map of column to text, in the order of the file; the last entry is {@code @line}. All
 * rows of a file share their column names, so that a large file costs little more than its text.
 */
final class Row extends AbstractMap<String, String> {
  static final String LINE = "@line";

  private final Names names;
  private final String[] cells;

  /** Cells in the order of the names, the line number last. */
  Row(Names names, String[] cells) {
    this.names = names;
    this.cells = cells;
  }

  /** The column names of a file. */
  static final class Names {
    private final List<String> inOrder;
    private final Map<String, Integer> places = new LinkedHashMap<>();

    Names(List<String> columns) {
      inOrder = List.copyOf(columns);
      IntStream.range(0, inOrder.size()).forEach(i -> places.put(inOrder.get(i), i));
    }

    int size() {
      return inOrder.size();
    }
  }

  @Override
  public String get(Object column) {
    Integer place = names.places.get(column);
    return place == null ? null : cells[place];
  }

  @Override
  public boolean containsKey(Object column) {
    return names.places.containsKey(column);
  }

  @Override
  public Collection<String> values() {
    return Collections.unmodifiableList(Arrays.asList(cells));
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, String>> iterator() {
        return IntStream.range(0, cells.length)
            .<Entry<String, String>>mapToObj(i -> Map.entry(names.inOrder.get(i), cells[i]))
            .iterator();
      }

      @Override
      public int size() {
        return cells.length;
      }
    };
  }
}
