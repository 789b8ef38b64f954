package io.orderbridge.rows;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that a table uses, recognised in a header row also when it writes brackets or signs in
 * the other width: {@code amount(元)} is {@code amount（元）}, and when a variant of the file has
 * another name for them. Rows carry the name as the table writes it.
 */
final class ColumnNames {
  private final Map<String, String> known = new HashMap<>();
  private final Map<String, String> renamed = new HashMap<>();

  ColumnNames(Table table) {
    table.columns().header().forEach(this::add);
    table.columns().required().forEach(this::add);
    table.columns().numbers().forEach(this::add);
    table.columns().optional().forEach(this::add);
    table.columns().renamed().forEach((from, to) -> renamed.put(narrow(from), to));
    for (Table.Total total : table.ending().totals()) {
      add(total.column());
      total.where().keySet().forEach(this::add);
    }
    Table.Balance balance = table.ending().balance();
    if (balance != null) {
      add(balance.column());
      add(balance.plus());
      add(balance.minus());
      balance.minusWhen().keySet().forEach(this::add);
    }
  }

  /** The cells with the names of the table where they mean them. */
  List<String> of(List<String> cells) {
    List<String> named =
        cells.stream().map(cell -> known.getOrDefault(narrow(cell), cell)).toList();
    if (renamed.isEmpty()) {
      return named;
    }
    // A file that has the name itself means something else by the other.
    return named.stream().map(cell -> named.contains(other(cell)) ? cell : other(cell)).toList();
  }

  private String other(String cell) {
    return renamed.getOrDefault(narrow(cell), cell);
  }

  private void add(String name) {
    if (name != null) {
      known.putIfAbsent(narrow(name), name);
    }
  }

  private static String narrow(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC);
  }
}
