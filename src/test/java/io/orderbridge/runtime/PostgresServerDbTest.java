package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresServerDbTest {
  private static final Path BINARIES =
      Path.of(System.getProperty("java.io.tmpdir"), "orderbridge-test-binaries");

  private static final Duration BACK_MAX = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void it_is_durable_and_keeps_what_was_committed_over_a_restart() throws SQLException {
    // Given
    try (PostgresServer server = PostgresServer.open(folder, BINARIES, 0)) {
      execute(server, "create table kept as select 42 as answer");
      assertThat(query(server, "show fsync")).isEqualTo("on");
      assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
      assertThat(query(server, "show shared_buffers")).isEqualTo("64MB");
    }

    // When
    try (PostgresServer again = PostgresServer.open(folder, BINARIES, 0)) {

      // Then
      assertThat(query(again, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void the_server_of_a_killed_application_is_taken_over_on_its_port() throws Exception {
    // Given
    PostgresServer orphan = PostgresServer.open(folder, BINARIES, 0);
    orphan.abandon();

    // When
    try (PostgresServer next = PostgresServer.open(folder, BINARIES, 0)) {

      // Then
      assertThat(next.port()).isEqualTo(orphan.port());
      assertThat(query(next, "select 1")).isEqualTo("1");
    }
    assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-KILL", "-QUIT"})
  void a_server_that_somebody_killed_comes_back_on_its_port_with_its_data(String signal)
      throws Exception {
    try (PostgresServer server = PostgresServer.open(folder, BINARIES, 0)) {
      // Given
      execute(server, "create table kept as select 42 as answer");
      String url = server.url();
      kill(signal);
      Await.until("its end", BACK_MAX, server::isGone);

      // When: as the upkeep does, until the dead server's children have ended.
      Await.until("back", BACK_MAX, () -> revives(server));

      // Then
      assertThat(server.isGone()).isFalse();
      assertThat(server.url()).isEqualTo(url);
      assertThat(query(server, "select answer from kept")).isEqualTo("42");
      assertThat(query(server, "show fsync")).isEqualTo("on");
    }
  }

  @Test
  void a_server_that_was_closed_or_runs_is_not_revived() throws Exception {
    PostgresServer server = PostgresServer.open(folder, BINARIES, 0);
    String before = Files.readString(folder.resolve("data/postmaster.pid"));
    server.revive();
    assertThat(folder.resolve("data/postmaster.pid")).hasContent(before);

    server.close();
    server.revive();

    assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
  }

  @Test
  void a_server_whose_data_is_gone_is_not_replaced_by_an_empty_one() throws Exception {
    try (PostgresServer server = PostgresServer.open(folder, BINARIES, 0)) {
      kill("-QUIT");
      Await.until("its end", BACK_MAX, server::isGone);
      Files.delete(folder.resolve("data/PG_VERSION"));

      assertThatThrownBy(server::revive).hasMessageContaining("restore it from a backup");
    }
  }

  @Test
  void a_second_application_on_the_folder_is_refused_with_the_process_that_has_it() {
    // Given
    try (PostgresServer first = PostgresServer.open(folder, BINARIES, 0)) {

      // When, Then
      assertThatThrownBy(() -> PostgresServer.open(folder, BINARIES, 0))
          .hasMessageContaining("in use by another Orderbridge (process ")
          .hasMessageContaining("orderbridge.db.folder");
      assertThat(query(first, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void a_taken_port_is_named() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> PostgresServer.open(folder, BINARIES, taken.getLocalPort()))
          .hasMessage(
              "database port %d is taken by another program; set orderbridge.db.port to a free one"
                      .formatted(taken.getLocalPort())
                  + " or 0");
    }
  }

  @Test
  void the_folder_of_another_major_version_is_refused() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/PG_VERSION"), "14\n");

    assertThatThrownBy(() -> PostgresServer.open(folder, BINARIES, 0))
        .hasMessageContaining("was written by PostgreSQL 14, this Orderbridge brings 17");
  }

  @Test
  void a_folder_that_cannot_be_written_says_which_setting_to_change() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "");

    assertThatThrownBy(() -> PostgresServer.open(file.resolve("below"), BINARIES, 0))
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("orderbridge.db.folder");
  }

  private static boolean revives(PostgresServer server) throws IOException {
    try {
      server.revive();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private void kill(String signal) throws Exception {
    String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip();
    new ProcessBuilder("kill", signal, pid).start().waitFor();
  }

  private static void execute(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = connect(server)) {
      connection.createStatement().execute(sql);
    }
  }

  private static String query(PostgresServer server, String sql) {
    try (Connection connection = connect(server);
        ResultSet result = connection.createStatement().executeQuery(sql)) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect(PostgresServer server) throws SQLException {
    return DriverManager.getConnection(server.url(), PostgresServer.USER, server.password());
  }
}
