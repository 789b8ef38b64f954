package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every page of {@code bench/screens/pages.txt} by the measurement of {@code bench/screens}, with
 * few orders: whoever reads a large table from end to end, or much that is not shown, is named.
 */
@Tag("R16")
@Timeout(600)
class ScreensIT {
  private static final String ORDERS = "10000";
  private static final Path DRIVERS = Path.of("target/quarkus-app/lib/main");

  @TempDir Path folder;

  @Test
  void no_page_reads_a_large_table_from_end_to_end_or_takes_longer_than_its_limit()
      throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                driver(),
                "bench/screens/Screens.java",
                ORDERS,
                folder.resolve("work").toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(9, TimeUnit.MINUTES)).as(() -> read(out)).isTrue();
      assertThat(process.exitValue()).as(() -> read(out)).isZero();
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static String driver() throws IOException {
    try (Stream<Path> files = Files.list(DRIVERS)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("org.postgresql.postgresql-"))
          .findFirst()
          .orElseThrow()
          .toString();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
