package io.orderbridge.books;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Refusal;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file of {@code src/test/resources/books}, taken by the book that its name begins with,
 * gives exactly the JSON beside it: entries and lines put aside, or the refusal of the whole file.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BooksGoldenDbTest {
  private static final Path FOLDER = Path.of("src/test/resources/books");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENTRIES =
      """
      select concat_ws(' ', 'line ' || place / 8, key, nullif(status, ''), kind, amount, currency,
                       'paid ' || to_char(paid_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
                       'settled ' || to_char(settled_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
                       'sku ' || sku, 'ref ' || ref, '= ' || converted)
        from %s order by place\
      """;

  private BookStage stage;

  @BeforeAll
  void begin() throws IOException {
    stage = new BookStage(Files.readString(FOLDER.resolve("connection.yaml")));
    stage.rates.take(
        List.of(
            rate("parity", "USD", 1, "7.0432"),
            rate("parity", "JPY", 100, "4.4937"),
            rate("fixing", "EUR", 1, "8.1000")),
        BookStage.NOW);
  }

  private static Rate rate(String source, String base, long units, String price) {
    return new Rate(source, LocalDate.of(2026, 11, 20), base, "CNY", units, new BigDecimal(price));
  }

  @AfterAll
  void end() {
    stage.close();
  }

  @ParameterizedTest
  @MethodSource("files")
  @Tag("R43")
  @Tag("R45")
  @Tag("R46")
  @Tag("R47")
  @Tag("R77")
  void a_file_gives_what_stands_beside_it(Path file) throws IOException {
    String[] name = file.getFileName().toString().split("\\.");
    Path expected = FOLDER.resolve(name[0] + "." + name[1] + ".json");

    JsonNode told = JSON.valueToTree(take(stage.book(name[0]), file));

    assertThat(expected).as(told.toPrettyString()).exists();
    assertThat(told.toPrettyString()).isEqualTo(JSON.readTree(expected.toFile()).toPrettyString());
  }

  private Map<String, Object> take(Book book, Path file) {
    Map<String, Object> told = new LinkedHashMap<>();
    try {
      Snapshot taken =
          stage.files.take(book, BookStage.DAY, () -> Files.newInputStream(file), BookStage.NOW);
      told.put("sums", SnapshotView.of(taken).get("sums"));
      told.put("entries", stage.heart.texts(ENTRIES.formatted(SnapshotSql.table(taken.id()))));
      told.put(
          "aside",
          stage.heart.texts(
              "select line || ': ' || why from books.aside where snapshot = %d order by line"
                  .formatted(taken.id())));
    } catch (Refusal e) {
      told.put("why", e.why().name());
      told.put("place", e.place());
      told.put("message", e.getMessage());
    }
    return told;
  }

  static Stream<Path> files() throws IOException {
    return Files.list(FOLDER)
        .filter(Files::isRegularFile)
        .filter(file -> !file.toString().matches(".*\\.(json|yaml)"))
        .sorted();
  }
}
