package io.orderbridge.mapping;

import com.dashjoin.jsonata.Jsonata.JFunction;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.math.BigDecimal;
import java.util.Map;

/** The tables of one snapshot, and the functions that look into them. */
final class CodeTables {
  // Enough to recognise a code; a longer value is free text that landed in the wrong field.
  private static final int VALUE_SHOWN_MAX = 80;

  private final Map<String, CodeTable> tables;
  private final Map<String, JFunction> functions;

  CodeTables(Map<String, CodeTable> tables) {
    this.tables = Map.copyOf(tables);
    this.functions =
        Map.of(
            "table", MappingFunctions.function("<x?x?x?:x>", args -> table(args)),
            "tableOr", MappingFunctions.function("<x?x?x?x?:x>", args -> tableOr(args)));
  }

  Map<String, JFunction> functions() {
    return functions;
  }

  private Object table(Arguments args) {
    CodeTable table = find(args.at(0));
    String key = key(args.at(1));
    if (key == null) {
      throw CarriedRefusal.of(
          Cause.MAPPING_FAILED,
          "the key for the table %s is absent; test it with $exists, or use $tableOr"
              .formatted(table.file()));
    }
    String cell = table.cell(key, column(table, args.at(2)));
    if (cell == null) {
      throw new CarriedRefusal(unmapped(table, key));
    }
    return cell;
  }

  private Object tableOr(Arguments args) {
    CodeTable table = find(args.at(0));
    String key = key(args.at(1));
    String cell = key == null ? null : table.cell(key, column(table, args.at(3)));
    return cell == null ? args.at(2) : cell;
  }

  private CodeTable find(Object name) {
    CodeTable table = tables.get(String.valueOf(name));
    if (table == null) {
      throw CarriedRefusal.of(
          Cause.MAPPING_FAILED,
          "no table mappings/%s.csv is loaded; loaded are %s"
              .formatted(name, NearNames.of(String.valueOf(name), tables.keySet())));
    }
    return table;
  }

  private static String column(CodeTable table, Object column) {
    if (column == null) {
      return table.columns().get(1);
    }
    if (!table.columns().contains(column)) {
      throw CarriedRefusal.of(
          Cause.MAPPING_FAILED,
          "%s has no column '%s'; it has %s"
              .formatted(table.file(), column, String.join(", ", table.columns())));
    }
    return String.valueOf(column);
  }

  private static String key(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value == null ? null : String.valueOf(value);
  }

  private static Refusal unmapped(CodeTable table, String value) {
    String shown =
        value.length() <= VALUE_SHOWN_MAX
            ? value
            : value.substring(0, VALUE_SHOWN_MAX) + "... (%d characters)".formatted(value.length());
    String line = shown.replaceAll("\\p{Cntrl}", "?");
    return new Refusal(
        Cause.UNMAPPED_VALUE,
        table.file(),
        "the table has no line for '%s'; add a line '%s,...' to %s and replay by cause %s"
            .formatted(line, line, table.file(), Cause.UNMAPPED_VALUE));
  }
}
