package io.orderbridge.books;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** Reads one key of a row: a cell, or what is made of several. */
final class KeyText {
  private final String column;
  // Null when the column holds it.
  private final Layout.Made made;

  KeyText(Layout layout, String name) {
    this.column = name;
    this.made = layout.made().get(name);
  }

  /** Empty when the row has none. */
  String read(Map<String, String> row) throws EntryReader.NoEntry {
    if (made == null) {
      return EntryReader.cell(row, column);
    }
    StringBuilder cells = new StringBuilder();
    List<String> of = made.of();
    for (int i = 0; i < of.size(); i++) {
      cells.append(i == 0 ? "" : " ").append(EntryReader.cell(row, of.get(i)));
    }
    Matcher matcher = made.matches().matcher(cells);
    return matcher.matches() ? matcher.replaceFirst(made.gives()) : "";
  }
}
