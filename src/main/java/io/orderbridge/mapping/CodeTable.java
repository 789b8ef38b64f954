package io.orderbridge.mapping;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * One CSV of codes: the first line names the columns, the first column is the key.
 *
 * @param file as the integrator knows it, {@code mappings/shopify/status.csv}
 * @param columns the names of the first line
 * @param rows by key
 */
record CodeTable(String file, List<String> columns, Map<String, List<String>> rows) {

  /**
   * @throws MappingFileException with the line, when the text is no table
   */
  static CodeTable read(String file, String text) {
    List<CsvLine> lines = CsvLine.read(text);
    if (lines.isEmpty()) {
      throw new MappingFileException(
          0, "has no line; expected a first line that names the columns, such as 'code,value'");
    }
    List<String> columns = lines.get(0).cells();
    checkColumns(lines.get(0));
    Map<String, List<String>> rows = new LinkedHashMap<>();
    Map<String, Integer> lineOf = new LinkedHashMap<>();
    for (CsvLine line : lines.subList(1, lines.size())) {
      checkRow(line, columns, lineOf);
      rows.put(line.cells().get(0), line.cells());
      lineOf.put(line.cells().get(0), line.number());
    }
    return new CodeTable(file, columns, Map.copyOf(rows));
  }

  private static void checkColumns(CsvLine header) {
    if (header.cells().size() < 2) {
      throw new MappingFileException(
          header.number(),
          "the first line names %d column; expected the key column and at least one more,"
                  .formatted(header.cells().size())
              + " separated by commas (not semicolons or tabs)");
    }
    if (new LinkedHashSet<>(header.cells()).size() < header.cells().size()
        || header.cells().contains("")) {
      throw new MappingFileException(
          header.number(), "the first line has an empty or repeated column name");
    }
  }

  private static void checkRow(CsvLine line, List<String> columns, Map<String, Integer> lineOf) {
    if (line.cells().size() != columns.size()) {
      throw new MappingFileException(
          line.number(),
          "has %d cells, expected %d (%s); quote a cell that holds a comma"
              .formatted(line.cells().size(), columns.size(), String.join(",", columns)));
    }
    String key = line.cells().get(0);
    if (key.isEmpty()) {
      throw new MappingFileException(line.number(), "the key (first cell) is empty");
    }
    if (lineOf.containsKey(key)) {
      throw new MappingFileException(
          line.number(),
          "the key '%s' stands in line %d already; keep one of them"
              .formatted(key, lineOf.get(key)));
    }
  }

  /** The first column to the second. */
  Map<String, String> codes() {
    Map<String, String> codes = new LinkedHashMap<>();
    rows.forEach((key, row) -> codes.put(key, row.get(1)));
    return codes;
  }

  /** The cell, or null when no row has the key. The column must be one of {@link #columns}. */
  String cell(String key, String column) {
    List<String> row = rows.get(key);
    return row == null ? null : row.get(columns.indexOf(column));
  }
}
