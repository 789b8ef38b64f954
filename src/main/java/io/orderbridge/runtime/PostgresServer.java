package io.orderbridge.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jboss.logging.Logger;

/**
 * A durable PostgreSQL in a folder of ours. Started by {@link #open}, it outlives a killed
 * application: the next start on the same folder takes it over. One running application per folder.
 */
final class PostgresServer implements AutoCloseable {
  static final String USER = "orderbridge";
  static final String DATABASE = "orderbridge";

  private static final Logger LOG = Logger.getLogger(PostgresServer.class);
  // Crash recovery reads at most max_wal_size = 1 GB; at 50 MB/s that is 20 s. Three times that.
  private static final String START_MAX_S = "60";
  private static final String STOP_MAX_S = "60";

  // No statement and no row value in its log: they hold personal data. Nobody follows its log of
  // changes, so a table that is filled where it is made, a snapshot, is written once, not twice.
  private static final List<String> SETTINGS =
      List.of(
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "listen_addresses=" + PostgresFolder.HOST,
          "unix_socket_directories=",
          "shared_buffers=64MB",
          "max_connections=60",
          "wal_level=minimal",
          "max_wal_senders=0",
          "wal_compression=on",
          "checkpoint_timeout=15min",
          "max_wal_size=1GB",
          "jit=off",
          "autovacuum_naptime=5s",
          "autovacuum_vacuum_cost_delay=0",
          "timezone=UTC",
          "logging_collector=on",
          "log_directory=log",
          "log_filename=postgres-%a.log",
          "log_truncate_on_rotation=on",
          "log_rotation_age=1d",
          "log_rotation_size=0",
          "log_error_verbosity=terse",
          "log_min_error_statement=panic",
          "log_parameter_max_length_on_error=0");

  private final Path folder;
  private final Path data;
  private final PostgresPrograms programs;
  private final FileChannel lock;
  private final int port;
  private final String password;

  private PostgresServer(
      Path folder, PostgresPrograms programs, FileChannel lock, int port, String password) {
    this.folder = folder;
    this.data = folder.resolve("data");
    this.programs = programs;
    this.lock = lock;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts the server or takes over the one that a killed application left. Returns when it accepts
   * connections and its durability has been read back from it.
   *
   * @param port 0 for the port of last time, or any free one
   * @throws IllegalStateException that says what to change when it cannot start
   */
  static PostgresServer open(Path folder, Path binariesFolder, int port) {
    PostgresFolder place = new PostgresFolder(folder);
    FileChannel lock = place.lock();
    try {
      place.checkVersion(PostgresBinaries.MAJOR);
      PostgresPrograms programs = new PostgresPrograms(folder, PostgresBinaries.in(binariesFolder));
      String password = place.password();
      Optional<Integer> orphan = place.runningPort();
      int chosen = orphan.isPresent() ? orphan.get() : place.choosePort(port);
      PostgresServer server = new PostgresServer(folder, programs, lock, chosen, password);
      server.start(orphan.isPresent(), port);
      return port == 0 || chosen == port ? server : server.movedTo(port);
    } catch (IOException e) {
      release(lock);
      throw new IllegalStateException("database folder %s: %s".formatted(folder, e), e);
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  String url() {
    return url(DATABASE);
  }

  String password() {
    return password;
  }

  int port() {
    return port;
  }

  /** Stops the server after its clients are gone or cut off; a second call does nothing. */
  @Override
  public synchronized void close() {
    if (!lock.isOpen()) {
      return;
    }
    try {
      if (!isGone()) {
        stop();
      }
    } finally {
      release(lock);
    }
  }

  /** Whether its process ended although nobody closed it. */
  boolean isGone() {
    try {
      return lock.isOpen() && !new PostgresFolder(folder).hasServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts it again on its port with what was committed, when its process is gone.
   *
   * @throws IllegalStateException when that does not work, as while its last children still end
   */
  synchronized void revive() throws IOException {
    if (!isGone()) {
      return;
    }
    // Without its data a new, empty database would be started, as if nothing had been accepted.
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      throw new IllegalStateException(
          "database folder %s has lost its data; stop, restore it from a backup, start"
              .formatted(folder));
    }
    start(false, port);
    LOG.infof("database.revived folder=%s port=%d", folder, port);
  }

  /** What a kill of the application does: the lock is gone, the server runs on. For tests. */
  void abandon() {
    release(lock);
  }

  private PostgresServer movedTo(int newPort) throws IOException {
    stop();
    PostgresFolder.requireFree(newPort);
    PostgresServer moved = new PostgresServer(folder, programs, lock, newPort, password);
    moved.start(false, newPort);
    return moved;
  }

  private void start(boolean orphan, int wanted) throws IOException {
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      create();
    }
    if (!orphan) {
      programs.run(
          "start",
          "pg_ctl",
          List.of(
              "-D",
              absolute(data),
              "-l",
              absolute(programs.startLog()),
              "-o",
              options(),
              "-w",
              "-t",
              START_MAX_S,
              "start"));
    }
    Files.writeString(folder.resolve("port"), Integer.toString(port));
    try (Connection connection = connect("postgres")) {
      checkDurable(connection);
      createDatabase(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "database in %s runs on port %d but cannot be used: %s"
              .formatted(folder, port, e.getMessage()),
          e);
    }
    LOG.infof(
        "database.started folder=%s port=%d taken_over=%s wanted_port=%d",
        folder, port, orphan, wanted);
  }

  private void create() throws IOException {
    programs.run(
        "create",
        "initdb",
        List.of(
            "-D",
            absolute(data),
            "-U",
            USER,
            "-A",
            "scram-sha-256",
            "--pwfile",
            absolute(folder.resolve("password")),
            "-E",
            "UTF-8",
            "--no-locale"));
  }

  private void stop() {
    try {
      programs.run(
          "stop",
          "pg_ctl",
          List.of("-D", absolute(data), "-m", "fast", "-w", "-t", STOP_MAX_S, "stop"));
      LOG.infof("database.stopped folder=%s", folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }

  private String options() {
    StringBuilder options = new StringBuilder("-p " + port);
    for (String setting : SETTINGS) {
      options.append(" -c '").append(setting).append('\'');
    }
    return options.toString();
  }

  private void checkDurable(Connection connection) throws SQLException {
    for (String name : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      try (Statement statement = connection.createStatement();
          ResultSet value = statement.executeQuery("show " + name)) {
        value.next();
        if (!value.getString(1).equals("on")) {
          throw new IllegalStateException(
              "database in %s has %s=%s; an accepted message could be lost. Stop that server."
                  .formatted(folder, name, value.getString(1)));
        }
      }
    }
  }

  private void createDatabase(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select 1 from pg_database where datname = '" + DATABASE + "'")) {
      if (!found.next()) {
        try (Statement create = connection.createStatement()) {
          create.execute("create database " + DATABASE);
        }
      }
    }
  }

  private Connection connect(String database) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", USER);
    login.setProperty("password", password);
    return DriverManager.getConnection(url(database), login);
  }

  private String url(String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(PostgresFolder.HOST, port, database);
  }

  private static void release(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warnf("database.unlock failed what=%s", e.getMessage());
    }
  }
}
