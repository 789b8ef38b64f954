package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Book;
import io.orderbridge.mapping.Mappings;
import io.orderbridge.rows.Table;
import io.orderbridge.schedule.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Books and tables as connection files describe them, for tests. */
public final class DescribedBooks {
  private static final List<String> PARTS = List.of("tables:", "books:", "reads:");

  // The seller of the sample files.
  private static final Map<String, String> ENVIRONMENT =
      Map.of("ALIPAY_SELLER_ID", "2088102122524333");

  private DescribedBooks() {}

  /** What a connection file says of its books. */
  public record Described(
      List<Table> tables, List<Source> reads, List<Book> books, Mappings mappings) {
    public Book book(String name) {
      return books.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }
  }

  /** A shipped connection: only its books; the rest of the file asks for keys and addresses. */
  public static Described shipped(String connection) {
    try {
      String file = Files.readString(Path.of("routes", connection, "connection.yaml"));
      StringBuilder kept = new StringBuilder();
      boolean inside = false;
      for (String line : file.lines().toList()) {
        if (line.matches("[a-z].*")) {
          inside = PARTS.contains(line);
        }
        kept.append(inside ? line + "\n" : "");
      }
      return described(connection, kept.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection file of a test, which has to be good. */
  public static Described described(String connection, String text) throws IOException {
    ConnectionFile.Result result =
        TableFiles.read(connection, text, name -> ENVIRONMENT.getOrDefault(name, "x"));
    assertThat(result.problems()).isEmpty();
    Connection read = result.connection().orElseThrow();
    return new Described(read.tables(), read.reads(), read.books(), mappings(connection));
  }

  private static Mappings mappings(String system) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    Path folder = Path.of("mappings", system);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        for (Path file : all.toList()) {
          files.put(system + "/" + file.getFileName(), Files.readAllBytes(file));
        }
      }
    }
    Mappings mappings = new Mappings();
    assertThat(mappings.load(files, Set.of())).isEmpty();
    return mappings;
  }
}
