package io.orderbridge.passport;

import io.orderbridge.call.Tokens;
import io.orderbridge.consistency.StuckLimitsInForce;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.OrderTrace;
import io.orderbridge.order.OrderTrace.Claim;
import io.orderbridge.order.OrderTraces;
import io.orderbridge.outbox.Deliveries;
import io.orderbridge.outbox.Target;
import io.orderbridge.outbox.Targets;
import io.orderbridge.schedule.SourceStandings;
import io.orderbridge.schedule.SourceStandings.Standing;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers the facts of a passport, in one transaction and by index. */
@Singleton
class PassportReader {
  private final Database database;
  private final OrderTraces orders;
  private final MailReader mail;
  private final NoteReader notes;
  private final Lines lines;

  /** The connections: what they are owed, their tokens, their sources. */
  @Singleton
  static class Lines {
    private final Deliveries deliveries;
    private final Targets targets;
    private final Tokens tokens;
    private final SourceStandings sources;
    private final StuckLimitsInForce limits;

    Lines(
        Deliveries deliveries,
        Targets targets,
        Tokens tokens,
        SourceStandings sources,
        StuckLimitsInForce limits) {
      this.deliveries = deliveries;
      this.targets = targets;
      this.tokens = tokens;
      this.sources = sources;
      this.limits = limits;
    }

    private Map<String, Target> targets() {
      return targets.all().stream().collect(Collectors.toMap(Target::name, Function.identity()));
    }
  }

  PassportReader(
      Database database, OrderTraces orders, MailReader mail, NoteReader notes, Lines lines) {
    this.database = database;
    this.orders = orders;
    this.mail = mail;
    this.notes = notes;
    this.lines = lines;
  }

  /** Empty when nothing at all is known of the order. */
  Optional<Passport> read(OrderKey key, Instant now) {
    Optional<Passport> read = database.inTransaction(connection -> read(connection, key, now));
    // Not in the transaction: they take connections of their own, and a request holds one at a
    // time.
    return read.map(passport -> withLines(passport, now));
  }

  private Optional<Passport> read(Connection connection, OrderKey key, Instant now)
      throws SQLException {
    OrderTrace order = orders.find(connection, key).orElse(null);
    Mail letters = mail.read(connection, key, order);
    Notes noted = notes.read(connection, key, order);
    boolean named = !letters.dead().isEmpty() || !letters.waiting().isEmpty();
    if (order == null && !named && noted.records().isEmpty()) {
      return Optional.empty();
    }
    Wires wires =
        new Wires(
            order == null ? List.of() : lines.deliveries.of(connection, order),
            lines.targets(),
            List.of(),
            List.of(),
            orders.usual(connection, key.shop()));
    return Optional.of(
        new Passport(
            key, now, order, letters, wires, noted, Limits.of(lines.limits.now(), key.shop())));
  }

  private Passport withLines(Passport passport, Instant now) {
    Set<String> connections = new TreeSet<>(passport.awaitedFrom());
    connections.addAll(passport.shops());
    passport.claims().map(Claim::system).forEach(connections::add);
    Wires wires = passport.wires();
    return new Passport(
        passport.key(),
        now,
        passport.order(),
        passport.mail(),
        new Wires(
            wires.deliveries(),
            wires.targets(),
            lines.tokens.states(),
            lines.sources.of(connections, now),
            wires.usual()),
        passport.notes().with(notes.tickets(passport.key(), now)),
        passport.limits());
  }

  /**
   * What helps when nothing is known of an order.
   *
   * @param near orders that may be meant
   * @param behind sources of its shop that are not read
   */
  record Hints(List<OrderKey> near, List<Standing> behind) {}

  Hints hints(OrderKey key, Instant now) {
    record Found(List<OrderKey> near, Collection<String> shops) {}

    Found found =
        database.inTransaction(
            connection ->
                new Found(
                    orders.near(connection, key),
                    orders
                        .usual(connection, key.shop())
                        .of(Set.of(io.orderbridge.kernel.Milestone.CREATED))));
    List<Standing> behind =
        lines.sources.of(found.shops(), now).stream().filter(Standing::behind).toList();
    return new Hints(found.near(), behind);
  }
}
