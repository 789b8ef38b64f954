package io.orderbridge.runtime;

import io.orderbridge.alert.Channels;
import io.orderbridge.books.Books;
import io.orderbridge.call.Calls;
import io.orderbridge.call.Tokens;
import io.orderbridge.health.Pulse;
import io.orderbridge.inbox.ReceivingConnections;
import io.orderbridge.mapping.Mappings;
import io.orderbridge.notice.Vendors;
import io.orderbridge.order.Ownership;
import io.orderbridge.outbox.KnownTargets;
import io.orderbridge.rows.Tables;
import io.orderbridge.schedule.Schedules;
import io.orderbridge.schedule.Sources;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppedEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Loads {@code routes/} and {@code mappings/} as soon as Camel runs, and watches them until it
 * stops. A file that is wrong at the start is a problem like any other: the rest runs.
 */
@Singleton
final class RouteLoading implements Connections.Listener {
  private static final Pattern CONNECTION =
      Pattern.compile("routes/(?:.*/)?([^/]+)/connection\\.yaml");

  private final Mappings mappings;
  private final ReceivingConnections receiving;
  private final KnownTargets targets;
  private final Ownership ownership;
  private final Problems problems;
  private final Settings settings;
  private final Upkeep upkeep;
  private final Pulse pulse;
  private final Config config;
  private final Tables tables;
  private final Calls calls;
  private final Tokens tokens;
  private final Sources sources;
  private final Channels channels;
  private final Vendors vendors;
  private final RuleKinds rules;
  private final RoundThreads rounds;
  private final Schedules schedules;
  private final Books books;
  private final EditedFolders edited;
  private FolderWatch watch;

  /** Where the folders are and how often they are looked at. */
  @Singleton
  static final class Settings {
    final Path routes;
    final Path mappings;
    final Duration every;
    final boolean sandbox;

    @Inject
    Settings(
        @ConfigProperty(name = "orderbridge.routes", defaultValue = "routes") String routes,
        @ConfigProperty(name = "orderbridge.mappings", defaultValue = "mappings") String mappings,
        @ConfigProperty(name = "orderbridge.reload.every", defaultValue = "1s") Duration every,
        @ConfigProperty(name = "orderbridge.sandbox", defaultValue = "false") boolean sandbox) {
      this.routes = Path.of(routes);
      this.mappings = Path.of(mappings);
      this.every = every;
      this.sandbox = sandbox;
    }
  }

  @Inject
  RouteLoading(
      Mappings mappings,
      ReceivingConnections receiving,
      KnownTargets targets,
      Ownership ownership,
      Problems problems,
      Settings settings,
      Running running) {
    this.mappings = mappings;
    this.receiving = receiving;
    this.targets = targets;
    this.ownership = ownership;
    this.problems = problems;
    this.settings = settings;
    this.upkeep = running.upkeep();
    this.pulse = running.pulse();
    this.config = running.config();
    this.tables = running.tables();
    this.calls = running.calls();
    this.tokens = running.tokens();
    this.sources = running.sources();
    this.channels = running.channels();
    this.vendors = running.vendors();
    this.rules = running.rules();
    this.rounds = running.rounds();
    this.schedules = running.schedules();
    this.books = running.books();
    this.edited = running.edited();
  }

  /** What runs beside the routes. */
  @Singleton
  record Running(
      Upkeep upkeep,
      Pulse pulse,
      Config config,
      Tables tables,
      Calls calls,
      Tokens tokens,
      Sources sources,
      Channels channels,
      Vendors vendors,
      RuleKinds rules,
      RoundThreads rounds,
      Schedules schedules,
      Books books,
      EditedFolders edited) {}

  void start(@Observes CamelContextStartedEvent started) {
    CamelContext context = started.getContext();
    upkeep.start();
    CamelDefaults.set(context);
    targets.recall();
    Loader.Loaded loaded =
        Loader.starting(
                context,
                mappings,
                problems,
                List.of(new ConnectionDatabases(context), this),
                rules,
                name -> config.getOptionalValue(name, String.class).orElse(null))
            .load(settings.routes, settings.mappings, settings.sandbox);
    ReloadRound round = loaded.round();
    watch = new FolderWatch(() -> look(round), settings.every);
    watch.start();
    edited.open(watch, loaded);
    targets.settle(refusedConnections());
    schedules.start(round.schedules());
    rounds.start();
    pulse.startedUp();
  }

  private boolean look(ReloadRound round) {
    boolean changed = round.run();
    if (changed) {
      schedules.keepOnly(round.schedules());
    }
    receiving.await(refusedConnections());
    edited.looked();
    return changed;
  }

  private Set<String> refusedConnections() {
    return problems.files().stream()
        .map(CONNECTION::matcher)
        .filter(Matcher::matches)
        .map(file -> file.group(1))
        .collect(Collectors.toSet());
  }

  void stop(@Observes CamelContextStoppingEvent stopping) {
    schedules.rest();
    if (watch != null) {
      watch.close();
    }
    rounds.stop();
  }

  void stopped(@Observes CamelContextStoppedEvent stopped) {
    upkeep.stop();
  }

  @Override
  public void connectionChanged(Connection connection) {
    receiving.replace(connection.name(), connection.receiving());
    targets.follow(connection.name(), connection.target());
    ownership.replace(connection.name(), connection.owns());
    tables.replace(connection.name(), connection.tables());
    calls.replace(connection.name(), connection.calls());
    tokens.replace(connection.name(), connection.token());
    sources.replace(connection.name(), connection.reads());
    channels.replace(connection.name(), connection.alerts());
    vendors.replace(connection.name(), connection.notices());
    books.replace(connection.name(), connection.books());
  }

  @Override
  public void connectionRemoved(String name) {
    receiving.replace(name, null);
    targets.follow(name, null);
    ownership.replace(name, Set.of());
    tables.replace(name, List.of());
    calls.replace(name, List.of());
    tokens.replace(name, null);
    sources.replace(name, List.of());
    channels.replace(name, null);
    vendors.replace(name, null);
    books.replace(name, List.of());
  }
}
