package io.orderbridge.rows;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;

/** A file that cannot be taken as a whole. Its message never repeats what stands in a row. */
final class FileRefused extends Refusal {
  private static final long serialVersionUID = 1L;

  private FileRefused(String place, String message) {
    super(Cause.FILE_REFUSED, place, message);
  }

  static FileRefused of(Table table, String message) {
    return new FileRefused("", "table %s: %s".formatted(table.name(), message));
  }

  static FileRefused at(Table table, int line, String message) {
    return new FileRefused(
        "line " + line, "table %s, line %d: %s".formatted(table.name(), line, message));
  }
}
