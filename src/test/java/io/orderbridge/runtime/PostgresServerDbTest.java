package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerDbTest {
  private static final Path BINARIES =
      Path.of(System.getProperty("java.io.tmpdir"), "orderbridge-test-binaries");

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
