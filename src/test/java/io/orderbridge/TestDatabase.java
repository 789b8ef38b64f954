package io.orderbridge;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * One real PostgreSQL for all tests of this JVM, started by the first that asks and stopped with
 * the JVM. It keeps nothing over a crash (fsync is off), so it is fast, and it is never the
 * product's own database.
 */
public final class TestDatabase {
  // First start unpacks 15 MB and runs initdb: up to 13 s on a loaded machine of two cores.
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final String TEMPLATE = "orderbridge_template";
  private static final String PREPARED = TEMPLATE + "_prepared";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Queue<String> THERE = new ConcurrentLinkedQueue<>();

  private static EmbeddedPostgres postgres;
  private static boolean prepared;

  private TestDatabase() {}

  /**
   * A database of its own with all migrations applied and no rows. Connections are not pooled:
   * close each. Safe for tests that run at the same time.
   */
  public static DataSource fresh() {
    return server().getDatabase("postgres", create());
  }

  /** The JDBC URL of a fresh database, user {@code postgres}, for tests of the application. */
  public static String freshUrl() {
    return server().getJdbcUrl("postgres", create());
  }

  /** As {@link #freshUrl()}; it has also what the first of these was given by {@code prepare}. */
  static synchronized String preparedUrl(Consumer<String> prepare) {
    if (!prepared) {
      copy(PREPARED, TEMPLATE);
      prepare.accept(server().getJdbcUrl("postgres", PREPARED));
      prepared = true;
    }
    return server().getJdbcUrl("postgres", add(PREPARED));
  }

  private static String create() {
    server();
    return add(TEMPLATE);
  }

  private static String add(String template) {
    String name = "test_" + NUMBER.incrementAndGet();
    copy(name, template);
    THERE.add(name);
    return name;
  }

  // By files: half the work of the other way, which writes each page to the log as well.
  private static void copy(String name, String template) {
    execute(server(), "create database " + name + " template " + template + " strategy file_copy");
  }

  /** Ends what is still connected to the databases made so far, and takes them away. */
  static void dropAll() {
    for (String name = THERE.poll(); name != null; name = THERE.poll()) {
      execute(server(), "drop database " + name + " with (force)");
    }
  }

  private static synchronized EmbeddedPostgres server() {
    if (postgres == null) {
      try {
        postgres = EmbeddedPostgres.builder().setPGStartupWait(START_MAX).start();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL for tests does not start", e);
      }
      execute(postgres, "create database " + TEMPLATE);
      Flyway.configure()
          .dataSource(postgres.getDatabase("postgres", TEMPLATE))
          .locations("classpath:db/migration")
          .load()
          .migrate();
    }
    return postgres;
  }

  private static void execute(EmbeddedPostgres server, String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("test database: " + sql, e);
    }
  }
}
