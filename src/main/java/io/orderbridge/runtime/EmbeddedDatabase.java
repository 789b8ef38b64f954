package io.orderbridge.runtime;

import io.quarkus.runtime.Application;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

/**
 * Answers the data source's address. With {@code orderbridge.db.url} it is that one; otherwise a
 * PostgreSQL of our own is started when the address is read for the first time, which is before
 * migrations and beans. It stops last, after the application has drained.
 *
 * <p>{@code quarkus.datasource.jdbc.url} from the environment or the command line goes before both.
 */
public final class EmbeddedDatabase implements ConfigSourceFactory {
  /** Above application.properties (250), below environment (300) and system properties (400). */
  private static final int ORDINAL = 275;

  private static final String URL = "quarkus.datasource.jdbc.url";
  private static final String USER = "quarkus.datasource.username";
  private static final String PASSWORD = "quarkus.datasource.password";
  private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class);

  // What this process started; null with a database by URL, and from the shutdown on.
  private static volatile PostgresServer own;
  private static final AtomicBoolean REVIVING = new AtomicBoolean();
  private static volatile String lastTrouble = "";

  /**
   * Brings our own server up again when its process is gone. Returns at once: recovery may take a
   * minute, and health must go on meanwhile. Called as long as the database is away.
   */
  static void revive() {
    PostgresServer server = own;
    if (server != null && server.isGone() && REVIVING.compareAndSet(false, true)) {
      Thread thread = new Thread(() -> revive(server), "database-revive");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void revive(PostgresServer server) {
    try {
      if (own != null) {
        server.revive();
        lastTrouble = "";
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      // It is tried again every second; one line for each kind of trouble is enough.
      if (!lastTrouble.equals(e.getMessage())) {
        LOG.warnf("database.revive failed what=%s; it is tried again", e.getMessage());
      }
      lastTrouble = String.valueOf(e.getMessage());
    } finally {
      REVIVING.set(false);
    }
  }

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    String url = value(context, "orderbridge.db.url", "");
    if (!url.isEmpty()) {
      return List.of(
          new PropertiesConfigSource(
              Map.of(
                  URL, url,
                  USER, value(context, "orderbridge.db.user", "orderbridge"),
                  PASSWORD, value(context, "orderbridge.db.password", "")),
              "orderbridge.db.url",
              ORDINAL));
    }
    Path folder = Path.of(value(context, "orderbridge.db.folder", "data/postgres"));
    String binaries = value(context, "orderbridge.db.binaries", "");
    int port = Integer.parseInt(value(context, "orderbridge.db.port", "0"));
    return List.of(new Lazy(folder, binaries.isEmpty() ? folder : Path.of(binaries), port));
  }

  private static String value(ConfigSourceContext context, String name, String otherwise) {
    ConfigValue found = context.getValue(name);
    return found == null || found.getValue() == null ? otherwise : found.getValue();
  }

  /** Starts the server on the first question that needs it. */
  private static final class Lazy implements ConfigSource {
    // Draining takes at most 10 s; six times that, for a machine that is short of everything.
    private static final Duration DRAIN_MAX = Duration.ofSeconds(60);

    private final Path folder;
    private final Path binaries;
    private final int port;

    Lazy(Path folder, Path binaries, int port) {
      this.folder = folder;
      this.binaries = binaries;
      this.port = port;
    }

    /** Empty: who lists all settings, such as the build, must not start a database. */
    @Override
    public Set<String> getPropertyNames() {
      return Set.of();
    }

    @Override
    public String getValue(String name) {
      return switch (name) {
        case URL -> address("url");
        case USER -> PostgresServer.USER;
        case PASSWORD -> address("password");
        default -> null;
      };
    }

    @Override
    public String getName() {
      return "embedded PostgreSQL in " + folder;
    }

    @Override
    public int getOrdinal() {
      return ORDINAL;
    }

    // Quarkus may load this class more than once in one process (tests, development mode); what
    // they share are the system's properties.
    private String address(String what) {
      String key = "orderbridge.db.running." + folder.toAbsolutePath().normalize() + ".";
      synchronized (System.getProperties()) {
        if (System.getProperty(key + "url") == null) {
          PostgresServer server = PostgresServer.open(folder, binaries, port);
          own = server;
          System.setProperty(key + "password", server.password());
          System.setProperty(key + "url", server.url());
          Runtime.getRuntime().addShutdownHook(new Thread(() -> stopLast(server), "database-stop"));
        }
      }
      return System.getProperty(key + what);
    }

    // Shutdown hooks run side by side; Quarkus' own drains Camel. So this one waits for it.
    private static void stopLast(PostgresServer server) {
      own = null;
      Application application = Application.currentApplication();
      if (application != null && application.isStarted()) {
        Thread drained = new Thread(application::awaitShutdown, "database-stop-waits");
        drained.setDaemon(true);
        drained.start();
        try {
          drained.join(DRAIN_MAX.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        if (drained.isAlive()) {
          LOG.warnf("database.stopping before the application drained waited=%s", DRAIN_MAX);
        }
      }
      server.close();
    }
  }
}
