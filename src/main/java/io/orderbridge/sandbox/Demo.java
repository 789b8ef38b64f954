package io.orderbridge.sandbox;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * With {@code orderbridge.demo=true} plays shop, payment system, warehouse, ERP and CRM against the
 * running product and prints what came of it. Stays up afterwards; with {@code
 * orderbridge.demo.exit=true} it ends the process, with exit code 0 only when all systems are equal
 * and the books differ by what was planted, to the cent.
 */
@Singleton
class Demo {
  private static final Logger LOG = Logger.getLogger(Demo.class);

  private final Config config;
  private final DataSource database;
  private final Counterparts counterparts;
  private final Clock clock;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private Thread thread;

  Demo(Config config, DataSource database, Counterparts counterparts, Clock clock) {
    this.config = config;
    this.database = database;
    this.counterparts = counterparts;
    this.clock = clock;
  }

  void start(@Observes StartupEvent start) {
    if (config.getOptionalValue("orderbridge.demo", Boolean.class).orElse(false)) {
      thread = new Thread(this::play, "demo");
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((t, failure) -> failed(failure));
      thread.start();
    }
  }

  void stop(@Observes ShutdownEvent stop) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void play() {
    Words words = new Words();
    Partners partners =
        new Partners(words, name -> config.getOptionalValue(name, String.class).orElse(""));
    Product product = new Product(base());
    Callbacks callbacks = callbacks(words);
    try (Courier courier = new Courier(words, partners, product, clock)) {
      Play play =
          new Play(
              new Play.Stage(
                  words,
                  partners,
                  product,
                  courier,
                  new Systems(database),
                  counterparts.of(words.of("shop.connection")),
                  callbacks,
                  new Notified(words, product, counterparts),
                  new Reconciled(words, product, callbacks, settlements(words), clock.instant()),
                  clock),
              options(),
              new Progress(out, System.console() != null));
      boolean equal = play.run(out, mappings());
      end(equal);
    } catch (InterruptedException e) {
      // The process stops; whoever stopped it needs no summary.
      Thread.currentThread().interrupt();
    } catch (IOException | SQLException e) {
      failed(e);
    }
  }

  private Callbacks callbacks(Words words) {
    return new Callbacks(
        counterparts.of(words.of("payment.connection")),
        option("lost-callbacks", 0),
        option("seed", 20_261_123));
  }

  private Play.Options options() {
    return new Play.Options(
        option("orders", 300), option("rate", 150), option("seed", 20_261_123), base(), !ends());
  }

  private int option(String name, int otherwise) {
    return config.getOptionalValue("orderbridge.demo." + name, Integer.class).orElse(otherwise);
  }

  private Path mappings() {
    return Path.of(
        config.getOptionalValue("orderbridge.mappings", String.class).orElse("mappings"));
  }

  private Path settlements(Words words) {
    return Path.of(config.getValue(words.of("settlement.folder"), String.class));
  }

  private String base() {
    return "http://127.0.0.1:"
        + config.getOptionalValue("quarkus.http.port", Integer.class).orElse(8080);
  }

  private void failed(Throwable failure) {
    LOG.error("demo.failed", failure);
    out.println();
    out.println("The demo could not be played to its end: " + failure.getMessage());
    end(false);
  }

  private boolean ends() {
    return config.getOptionalValue("orderbridge.demo.exit", Boolean.class).orElse(false);
  }

  private void end(boolean equal) {
    if (ends()) {
      Quarkus.asyncExit(equal ? 0 : 1);
    }
  }
}
