package io.orderbridge.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orderbridge.FileServer;
import io.orderbridge.call.CallSpec.Login;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("R42")
@Timeout(30)
class SftpFetchTest {
  private static final String PASSWORD = "CANARY_password";
  private static final Duration SHORT = Duration.ofMillis(700);

  @TempDir Path root;
  private final KeyPair key = FileServer.keyPair();
  private final Calling.Draft draft = Calling.to("");
  private FileServer server;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(root.resolve("bills/2026"));
    Files.writeString(root.resolve("bills/2026/11-20.csv"), "a,b");
    Files.write(root.resolve("bills/large"), new byte[200_000]);
    Files.writeString(root.resolve("secret"), "s3cr3t");
    Files.createSymbolicLink(root.resolve("bills/out"), Path.of("../secret"));
    Files.createSymbolicLink(root.resolve("bills/up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("bills/in"), Path.of("2026/11-20.csv"));
    server = new FileServer(root).withPassword("till", PASSWORD).withKey("keeper", key.getPublic());
    draft.url = url("/bills");
    draft.login = password(PASSWORD);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String url(String folder) {
    return "sftp://127.0.0.1:%d%s".formatted(server.port(), folder);
  }

  private Login password(String password) {
    return new Login("till", password, "", server.knownHosts());
  }

  private byte[] fetch(String path) {
    try {
      return new FileFetch().fetch(draft.spec("bills"), CallRequest.of(Map.of("path", path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Refusal refused() {
    Refusal refused = catchThrowableOfType(Refusal.class, () -> fetch("2026/11-20.csv"));
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.why()).isEqualTo(Cause.TARGET_REFUSED);
    assertThat(refused.place()).isEqualTo("call:shop/bills");
    assertThat(refused.toString()).doesNotContain("CANARY");
    return refused;
  }

  @Test
  void the_named_file_is_read_with_a_password_and_stays() {
    assertThat(fetch("/2026/11-20.csv")).asString().isEqualTo("a,b");
    assertThat(root.resolve("bills/2026/11-20.csv")).exists();
    draft.url = url("");
    assertThat(fetch("bills/2026/11-20.csv")).asString().isEqualTo("a,b");
    draft.url = url("/");
    assertThat(fetch("bills/2026/11-20.csv")).asString().isEqualTo("a,b");
  }

  @Test
  void a_key_opens_as_well() {
    draft.login = new Login("keeper", "", FileServer.openSsh(key), server.knownHosts());
    assertThat(fetch("2026/11-20.csv")).asString().isEqualTo("a,b");
  }

  @Test
  void a_wrong_login_is_a_persons_matter_and_is_tried_once() {
    draft.login = password("CANARY_other");
    assertThat(refused()).hasMessageContaining("correct 'login'");
    assertThat(server.logins()).as("an account is locked after some").isEqualTo(1);
    draft.login =
        new Login("keeper", "", FileServer.openSsh(FileServer.keyPair()), server.knownHosts());
    assertThat(refused()).hasMessageContaining("correct 'login'");
    draft.login = new Login("keeper", "", "CANARY_no_key", server.knownHosts());
    assertThat(refused()).hasMessageContaining("private-key");
  }

  @Test
  void a_server_with_another_key_is_not_given_the_password() {
    for (String line :
        List.of(
            FileServer.knownHosts(server.port(), FileServer.keyPair().getPublic()),
            server.knownHosts().replace("127.0.0.1", "127.0.0.2"),
            "")) {
      draft.login = new Login("till", PASSWORD, "", line);
      assertThat(refused()).as(line).hasMessageContaining("login.known-hosts");
    }
    assertThat(server.logins()).isZero();
  }

  @Test
  void a_file_that_is_not_there_yet_is_looked_for_again() {
    for (String path : List.of("2026/11-21.csv", "2027/01-01.csv")) {
      TryLater later = catchThrowableOfType(TryLater.class, () -> fetch(path));
      assertThat(later.why()).isEqualTo(Cause.TARGET_BUSY);
      assertThat(later).hasMessageContaining(path + " is not there yet");
    }
  }

  @Test
  void a_folder_that_is_away_is_no_file_that_is_late() {
    for (String folder : List.of("/unmounted", "/secret")) {
      draft.url = url(folder);
      assertThat(catchThrowable(() -> fetch("x"))).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void nothing_beside_the_folder_is_read() {
    for (String path :
        List.of("../secret", "2026/../../secret", "..", "", "out", "up/secret", "2026", "in")) {
      Throwable thrown = catchThrowable(() -> fetch(path));
      assertThat(thrown).as(path).isInstanceOf(Refusal.class);
      assertThat(((Refusal) thrown).why()).as(path).isEqualTo(Cause.ADDRESS_REFUSED);
    }
  }

  @Test
  void a_large_file_is_read_no_further_than_the_limit_shows() {
    byte[] read = fetch("large");
    assertThat(read).hasSize(Calling.LIMITS.answer() + 1);
    assertThat(catchThrowable(() -> Unpacked.bounded(read, draft.spec("bills"))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("limits.answer");
  }

  @Test
  void a_server_that_says_nothing_is_cut_off() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      draft.url = "sftp://127.0.0.1:%d/bills".formatted(silent.getLocalPort());
      cutOff();
    }
  }

  @Test
  void a_server_that_gives_a_piece_now_and_then_is_cut_off() {
    server.slow(Duration.ofMillis(500));
    cutOff();
  }

  private void cutOff() {
    draft.limits = new Limits(1, Limits.Rate.NONE, SHORT, 1_000_000);
    long begun = System.nanoTime();
    assertThat(catchThrowable(() -> fetch("large")))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("no whole answer within 700 ms");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isLessThan(SHORT.plus(Duration.ofMillis(1500)));
  }
}
