package io.orderbridge.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The code table by which the product translates a status for the ERP, read as it stands. */
final class ErpTable {
  private ErpTable() {}

  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> words = new HashMap<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String[] cells = line.split(",", -1);
      if (!line.startsWith("#") && cells.length == 2) {
        words.put(cells[0].strip(), cells[1].strip());
      }
    }
    return words;
  }
}
