package io.orderbridge.sandbox;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the tables of the sandbox systems, before the demo sends anything. No migration: they
 * belong to the partners who are played, and exist only in the profile demo.
 */
@Singleton
class SandboxSchema {
  // Before everybody else who starts something.
  private static final int FIRST = 1;

  private final DataSource database;
  private final boolean wanted;

  SandboxSchema(
      DataSource database,
      @ConfigProperty(name = "orderbridge.sandbox", defaultValue = "false") boolean wanted) {
    this.database = database;
    this.wanted = wanted;
  }

  void make(@Observes @Priority(FIRST) StartupEvent start) throws SQLException {
    if (wanted) {
      make(database);
    }
  }

  static void make(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(Words.resource("schema.sql"));
    }
  }
}
