package io.orderbridge;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderbridge.order.Events;
import io.orderbridge.order.Ownership;
import io.orderbridge.outbox.Targets;
import io.orderbridge.store.Database;
import io.orderbridge.store.Partitions;
import io.orderbridge.store.Partitions.Kept;
import io.orderbridge.store.RunningInstance;
import io.orderbridge.work.DeadLetters;
import io.orderbridge.work.Settlements;
import io.orderbridge.work.WorkMeter;
import io.orderbridge.work.WorkQueue;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * One process of the product without its outer parts: database, queues, dead letters, events. Two
 * hearts over one URL are two processes.
 */
public final class Heart implements AutoCloseable {
  private static final List<Kept> TABLES =
      List.of(
          new Kept("inbox_message", false, 35),
          new Kept("inbox_seen", true, 62),
          new Kept("attempt", false, 35),
          new Kept("order_fact", true, 400),
          new Kept("event", false, 35),
          new Kept("window_item", false, 35),
          new Kept("source_row", true, 400),
          new Kept("comparison_row", true, 400),
          new Kept("payment_record", true, 400),
          new Kept("payment_result", true, 400),
          new Kept("notice_receipt", true, 400));
  private static final int CONNECTIONS = 12;
  private static final String LOCKS =
      """
      select count(*) from pg_locks where locktype = 'advisory' and objid = %d
         and database = (select oid from pg_database where datname = current_database())\
      """;

  public final String url;
  public final Clock clock;
  public final DataSource source;
  public final Database database;
  public final RunningInstance instance;
  public final WorkQueue queue;
  public final DeadLetters letters;
  public final Settlements settlements;
  public final Ownership ownership = new Ownership();
  public final Targets targets = new Targets();
  public final Events events;
  private final AgroalDataSource pool;

  private Heart(String url, Clock clock) {
    this.url = url;
    this.clock = clock;
    this.pool = pool(url);
    this.source = pool;
    this.database = new Database(source);
    this.instance = new RunningInstance(source, database);
    this.queue = new WorkQueue(database, instance);
    this.letters = new DeadLetters(database, queue);
    WorkMeter meter = new WorkMeter(new SimpleMeterRegistry(), clock);
    this.settlements = new Settlements(database, queue, letters, meter);
    this.events = new Events(database);
  }

  /** The first process on a database of its own, with the partitions of today. */
  public static Heart fresh() {
    Heart heart = new Heart(TestDatabase.preparedUrl(Heart::partitions), Clock.systemUTC());
    heart.instance.heartbeat();
    return heart;
  }

  private static void partitions(String url) {
    try (AgroalDataSource pool = pool(url)) {
      LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
      new Partitions(new Database(pool)).keep(TABLES, today);
    }
  }

  /** Another process on the same database. */
  public Heart another() {
    Heart other = new Heart(url, clock);
    other.instance.heartbeat();
    return other;
  }

  private static AgroalDataSource pool(String url) {
    try {
      return AgroalDataSource.from(
          new AgroalDataSourceConfigurationSupplier()
              .connectionPoolConfiguration(
                  pool ->
                      pool.maxSize(CONNECTIONS)
                          .connectionFactoryConfiguration(
                              factory ->
                                  factory.jdbcUrl(url).principal(new NamePrincipal("postgres")))));
    } catch (SQLException e) {
      throw new IllegalStateException("no pool for " + url, e);
    }
  }

  public void execute(String sql) {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
          }
        });
  }

  /** The first column of the first row. */
  public long number(String sql) {
    return Long.parseLong(texts(sql).get(0));
  }

  /** The first column of every row. */
  public List<String> texts(String sql) {
    return database.inTransaction(connection -> texts(connection, sql));
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  /**
   * As if the process were killed: its connections break, nothing is given back. The server notices
   * a broken connection a moment later; this waits until it has.
   */
  @Override
  public void close() {
    pool.close();
    Await.until("the server has noticed", Duration.ofSeconds(10), this::isGone);
  }

  private boolean isGone() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(LOCKS.formatted(instance.id()))) {
      row.next();
      return row.getLong(1) == 0;
    }
  }
}
