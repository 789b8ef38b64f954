package io.orderbridge.runtime;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;

/**
 * The data sources of connections that have a {@code database:}, in Camel's registry under the
 * connection's name. No connection is opened before a route needs one.
 */
final class ConnectionDatabases implements Connections.Listener {
  // A poller and a few parallel writes; the partner's database is not ours to fill.
  private static final int POOL_MAX = 5;
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);

  private final CamelContext context;
  private final Map<String, Open> open = new ConcurrentHashMap<>();

  private record Open(Connection.Login login, AgroalDataSource source) {}

  ConnectionDatabases(CamelContext context) {
    this.context = context;
  }

  @Override
  public void connectionChanged(Connection connection) {
    Open last = open.get(connection.name());
    if (last != null && last.login().equals(connection.database())) {
      return;
    }
    if (connection.database() == null) {
      connectionRemoved(connection.name());
      return;
    }
    AgroalDataSource source = source(connection.database());
    context.getRegistry().bind(connection.name(), source);
    open.put(connection.name(), new Open(connection.database(), source));
    if (last != null) {
      last.source().close();
    }
  }

  @Override
  public void connectionRemoved(String name) {
    Open last = open.remove(name);
    if (last != null) {
      context.getRegistry().unbind(name);
      last.source().close();
    }
  }

  private static AgroalDataSource source(Connection.Login login) {
    try {
      return AgroalDataSource.from(
          new AgroalDataSourceConfigurationSupplier()
              .connectionPoolConfiguration(
                  pool ->
                      pool.maxSize(POOL_MAX)
                          .acquisitionTimeout(WAIT_MAX)
                          .connectionFactoryConfiguration(
                              factory ->
                                  factory
                                      .jdbcUrl(login.url())
                                      // Rows in its details would be personal data in our log.
                                      .jdbcProperty("logServerErrorDetail", "false")
                                      .principal(new NamePrincipal(login.user()))
                                      .credential(new SimplePassword(login.password())))));
    } catch (SQLException e) {
      throw new IllegalStateException("data source cannot be made: " + e.getMessage(), e);
    }
  }
}
