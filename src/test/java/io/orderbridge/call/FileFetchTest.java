package io.orderbridge.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R42")
class FileFetchTest {
  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void files() throws IOException {
    folder = Files.createDirectories(root.resolve("bills"));
    Files.createDirectories(folder.resolve("2026"));
    Files.writeString(folder.resolve("2026/11-20.csv"), "a,b");
    Files.writeString(root.resolve("secret"), "s3cr3t");
    Files.createSymbolicLink(folder.resolve("out"), root.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("up"), root);
    Files.createSymbolicLink(folder.resolve("in"), folder.resolve("2026/11-20.csv"));
  }

  private byte[] fetch(String path) throws IOException {
    CallSpec spec = Calling.to("file:" + folder).spec("bills");
    return new FileFetch().fetch(spec, CallRequest.of(Map.of("path", path)));
  }

  @Test
  void the_named_file_below_the_folder_is_read_and_stays() throws IOException {
    assertThat(fetch("/2026/11-20.csv")).asString().isEqualTo("a,b");
    assertThat(fetch("in")).asString().isEqualTo("a,b");
    assertThat(folder.resolve("2026/11-20.csv")).exists();
  }

  @Test
  void a_file_that_is_not_there_yet_is_looked_for_again() {
    TryLater later = (TryLater) catchThrowable(() -> fetch("2026/11-21.csv"));
    assertThat(later.why()).isEqualTo(Cause.TARGET_BUSY);
    assertThat(later).hasMessageContaining("2026/11-21.csv is not there yet");
  }

  @Test
  void a_folder_that_is_away_is_no_file_that_is_late() {
    folder = root.resolve("unmounted");
    assertThat(catchThrowable(() -> fetch("x"))).isInstanceOf(IOException.class);
  }

  @Test
  void nothing_beside_the_folder_is_read() {
    for (String path :
        List.of(
            "../secret",
            "2026/../../secret",
            "..",
            "/",
            "",
            "out",
            "up/secret",
            "2026",
            "a\0b",
            "2026/..",
            "./..",
            "/etc/passwd/../../secret",
            "..\\secret")) {
      Throwable thrown = catchThrowable(() -> fetch(path));
      assertThat(thrown).as(path).isInstanceOf(Refusal.class);
      assertThat(((Refusal) thrown).why()).isEqualTo(Cause.ADDRESS_REFUSED);
    }
    assertThat(catchThrowable(() -> fetch("/etc/passwd"))).isInstanceOf(TryLater.class);
  }

  @Test
  void a_large_file_is_read_no_further_than_the_limit_shows() throws IOException {
    Files.write(folder.resolve("large"), new byte[200_000]);
    assertThat(fetch("large")).hasSize(Calling.LIMITS.answer() + 1);
  }
}
