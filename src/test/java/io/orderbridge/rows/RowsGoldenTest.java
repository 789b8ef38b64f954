package io.orderbridge.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.runtime.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of {@code src/test/resources/rows}, read by the table that its name begins with, gives
 * exactly the JSON beside it: rows, rows put aside and notes, or the refusal of the whole file.
 */
class RowsGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/rows");
  private static final Map<String, Table> TABLES = tables();
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @MethodSource("files")
  @Tag("R43")
  @Tag("R45")
  @Tag("R74")
  @Tag("R77")
  @Tag("S11")
  @Tag("S13")
  void a_file_gives_what_stands_beside_it(Path file) throws IOException {
    String[] name = file.getFileName().toString().split("\\.");
    Path expected = FOLDER.resolve(name[0] + "." + name[1] + ".json");

    Object found = read(TABLES.get(name[0]), Files.readAllBytes(file));

    assertThat(expected).exists();
    JsonNode told = JSON.valueToTree(found);
    assertThat(told).isEqualTo(JSON.readTree(expected.toFile()));
  }

  static Object read(Table table, byte[] file) {
    try {
      Rows.Result result = Rows.read(table, file);
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("rows", result.rows());
      told.put("refused", result.refused());
      told.put("notes", result.notes());
      return told;
    } catch (Refusal e) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("why", e.why().name());
      told.put("place", e.place());
      told.put("message", e.getMessage());
      return told;
    }
  }

  static Stream<Path> files() throws IOException {
    return Files.list(FOLDER).filter(file -> !file.toString().matches(".*\\.(json|yaml)")).sorted();
  }

  private static Map<String, Table> tables() {
    try {
      List<Table> read = TableFiles.read(FOLDER.resolve("connection.yaml"));
      return read.stream()
          .collect(
              Collectors.toMap(table -> table.name().replace("rows/", ""), Function.identity()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
