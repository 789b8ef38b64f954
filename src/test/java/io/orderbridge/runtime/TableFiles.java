package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.rows.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Tables as a connection file describes them, for tests. */
public final class TableFiles {
  private TableFiles() {}

  /** All tables of a connection file, which must be good. */
  public static List<Table> read(Path file) throws IOException {
    ConnectionFile.Result result = read("rows", Files.readString(file));
    assertThat(result.problems()).isEmpty();
    return result.connection().orElseThrow().tables();
  }

  /** One table from the lines below its name. */
  public static Table table(String lines) {
    ConnectionFile.Result result = read("test", "tables:\n  table:\n" + lines.indent(4));
    assertThat(result.problems()).isEmpty();
    return result.connection().orElseThrow().tables().get(0);
  }

  static ConnectionFile.Result read(String name, String text) {
    return read(name, text, variable -> "x");
  }

  static ConnectionFile.Result read(String name, String text, UnaryOperator<String> environment) {
    return new ConnectionFile(environment, Set.of("order.paid"))
        .read("connection.yaml", name, Path.of("."), text.getBytes(StandardCharsets.UTF_8));
  }
}
