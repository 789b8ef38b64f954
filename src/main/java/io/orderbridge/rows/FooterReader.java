package io.orderbridge.rows;

import io.orderbridge.rows.Records.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises the totals that a file says of itself. One object reads one file. */
final class FooterReader {
  private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

  private final Table table;
  private final Table.Footer footer;
  private final ColumnNames names;
  private final List<Pattern> missing = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();
  private List<String> labels;
  private boolean found;

  FooterReader(Table table, ColumnNames names) {
    this.table = table;
    this.names = names;
    this.footer = table.ending().footer();
    if (footer != null) {
      missing.addAll(footer.lines());
    }
  }

  boolean demanded() {
    return footer != null;
  }

  /** What the footer says under a label. */
  Optional<String> value(String label) {
    return Optional.ofNullable(values.get(label));
  }

  /** Whether the item is one of the lines that say totals. */
  boolean takesLine(Item item) {
    for (Pattern line : missing) {
      Matcher said = line.matcher(item.text());
      if (said.matches()) {
        Matcher group = GROUP.matcher(line.pattern());
        while (group.find()) {
          values.put(group.group(1), said.group(group.group(1)));
        }
        missing.remove(line);
        return true;
      }
    }
    return false;
  }

  /** Whether the cells belong to the footer: its header, its values, or the row of totals. */
  boolean takes(List<String> cells, List<String> columns, List<Integer> places) {
    if (footer == null || found) {
      return false;
    }
    if (labels != null) {
      takeValues(cells, labels);
      return true;
    }
    if (!footer.header().isEmpty() && cells.containsAll(footer.header())) {
      labels = names.of(cells);
      return true;
    }
    if (footer.row() != null && footer.row().matcher(firstFilled(cells)).matches()) {
      List<String> aligned =
          places.stream().map(place -> place < cells.size() ? cells.get(place) : "").toList();
      takeValues(aligned, columns);
      return true;
    }
    return false;
  }

  private void takeValues(List<String> cells, List<String> names) {
    for (int i = 0; i < names.size() && i < cells.size(); i++) {
      values.putIfAbsent(names.get(i), cells.get(i));
    }
    found = true;
  }

  private static String firstFilled(List<String> cells) {
    return cells.stream().filter(cell -> !cell.isEmpty()).findFirst().orElse("");
  }

  /** Refuses a file that ends before its footer. */
  void finish() {
    boolean whole = footer == null || (footer.lines().isEmpty() ? found : missing.isEmpty());
    if (!whole) {
      throw FileRefused.of(
          table, "the file ends without its footer; it is cut off, ask for it again");
    }
  }
}
