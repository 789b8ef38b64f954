package io.orderbridge.ticket;

import io.orderbridge.kernel.Wording;
import io.orderbridge.store.Database;
import io.orderbridge.ticket.Duty.Plan;
import io.orderbridge.ticket.TicketLog.Entry;
import io.orderbridge.ticket.TicketState.InProgress;
import io.orderbridge.ticket.TicketState.Live;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * What people do with tickets. Each act is one transaction with its event and its entry in the
 * audit, and happens only when the ticket still is what the person saw. Thread-safe.
 */
@Singleton
public class TicketActs {
  /** What the reason of {@link #close} says. */
  public static final Wording WHY_CLOSE =
      new Wording("为什么不需要再处理", "why nothing has to be done any more");

  /** What the reason of {@link #reopen} says. */
  public static final Wording WHY_REOPEN =
      new Wording("为什么还需要处理", "why there is something to do after all");

  private static final Logger LOG = Logger.getLogger(TicketActs.class);

  private final Database database;
  private final PolicyInForce policy;

  public TicketActs(Database database, PolicyInForce policy) {
    this.database = database;
    this.policy = policy;
  }

  /**
   * Who wants to act on which ticket.
   *
   * @param version of the ticket as the person saw it; null for whatever it is now
   */
  public record Call(long id, Long version, String actor, Instant now) {}

  /** What became of an act. */
  public sealed interface Outcome {
    /** It is done; this is the ticket now. */
    record Done(Ticket ticket) implements Outcome {}

    /** Somebody else was quicker; this is the ticket now. */
    record Stale(Ticket ticket) implements Outcome {}

    /** The state does not allow it. */
    record NotNow(Ticket ticket) implements Outcome {}

    /** There is no such ticket. */
    record Missing() implements Outcome {}
  }

  /** A change of a ticket, before it is written. */
  private record Move(TicketState state, Owner owner, String what, String reason) {}

  /** Takes a ticket to work on it, from whoever has it. */
  public Outcome take(Call call, Owner owner) {
    return act(
        call,
        ticket ->
            live(ticket)
                .map(live -> new Move(live.take(owner.name(), call.now()), owner, "TAKEN", "")));
  }

  /** Gives a ticket to a person or a role, who has not begun yet. */
  public Outcome assign(Call call, Owner owner) {
    return act(
        call,
        ticket ->
            live(ticket)
                .map(
                    live ->
                        new Move(live.assign(call.actor(), call.now()), owner, "ASSIGNED", "")));
  }

  /** Says that it is mended: the next run of the check decides. */
  public Outcome toVerify(Call call) {
    return act(
        call,
        ticket ->
            ticket.state() instanceof InProgress begun
                ? Optional.of(
                    new Move(
                        begun.handOver(call.now()), ticket.charge().owner(), "HANDED_OVER", ""))
                : Optional.empty());
  }

  /**
   * Closes a ticket, whatever the check says: it is opened again by a later episode only.
   *
   * @throws IllegalArgumentException when the reason is blank
   */
  public Outcome close(Call call, String reason) {
    return act(
        call,
        ticket ->
            live(ticket)
                .map(
                    live ->
                        new Move(
                            live.close(call.actor(), reason, call.now()),
                            ticket.charge().owner(),
                            "CLOSED",
                            reason)));
  }

  /** Opens a closed ticket again, due anew by its rule. */
  public Outcome reopen(Call call, String reason) {
    return act(
        call,
        ticket ->
            ticket.state() instanceof TicketState.Closed closed
                ? Optional.of(
                    new Move(
                        closed.reopen(call.actor(), call.now()),
                        ticket.charge().owner(),
                        "REOPENED",
                        reason))
                : Optional.empty());
  }

  /**
   * Writes a comment. The text goes nowhere but into its row.
   *
   * @return false when there is no such ticket
   */
  public boolean comment(Call call, String text) {
    return database.inTransaction(
        connection -> {
          Optional<Ticket> found = read(connection, TicketSql.FIND, call.id());
          if (found.isEmpty()) {
            return false;
          }
          try (PreparedStatement insert = connection.prepareStatement(TicketSql.COMMENT)) {
            insert.setLong(1, call.id());
            insert.setTimestamp(2, Timestamp.from(call.now()));
            insert.setString(3, call.actor());
            insert.setString(4, text);
            insert.executeUpdate();
          }
          Ticket ticket = found.get();
          Entry entry = new Entry("COMMENTED", call.actor(), "", call.now());
          TicketLog.write(connection, ticket, entry, "characters=" + text.length());
          return true;
        });
  }

  private static Optional<Live> live(Ticket ticket) {
    return ticket.state() instanceof Live live ? Optional.of(live) : Optional.empty();
  }

  private Outcome act(Call call, Function<Ticket, Optional<Move>> decide) {
    Outcome outcome =
        database.inTransaction(
            connection -> {
              Optional<Ticket> found = read(connection, TicketSql.LOCK, call.id());
              if (found.isEmpty()) {
                return new Outcome.Missing();
              }
              Ticket ticket = found.get();
              if (call.version() != null && call.version() != ticket.version()) {
                return new Outcome.Stale(ticket);
              }
              Optional<Move> move = decide.apply(ticket);
              if (move.isEmpty()) {
                return new Outcome.NotNow(ticket);
              }
              write(connection, call, ticket, move.get());
              return new Outcome.Done(read(connection, TicketSql.FIND, call.id()).orElseThrow());
            });
    if (outcome instanceof Outcome.Done done) {
      LOG.infof(
          "ticket.moved ticket=%d state=%s owner=%s by=%s version=%d",
          call.id(),
          done.ticket().state().name(),
          done.ticket().charge().owner().name(),
          call.actor(),
          done.ticket().version());
    }
    return outcome;
  }

  private void write(Connection connection, Call call, Ticket ticket, Move move)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(TicketSql.MOVE)) {
      update.setString(1, move.state().name());
      update.setString(2, move.state().by());
      update.setTimestamp(3, Timestamp.from(move.state().since()));
      update.setString(4, move.state() instanceof TicketState.Closed ? move.reason() : "");
      update.setString(5, move.owner().name());
      update.setString(6, ticket.matter().level().name());
      update.setBigDecimal(7, TicketRows.amount(ticket.matter().amount()));
      update.setString(8, TicketRows.currency(ticket.matter().amount()));
      update.setString(9, ticket.matter().text().zh());
      update.setString(10, ticket.matter().text().en());
      update.setLong(11, ticket.id());
      update.setLong(12, ticket.version());
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("ticket %d changed under its lock".formatted(ticket.id()));
      }
    }
    if (ticket.state() instanceof TicketState.Closed) {
      planAgain(connection, call, ticket);
    }
    Ticket moved = ticket.moved(move.state(), move.owner());
    Entry entry = new Entry(move.what(), call.actor(), move.reason(), call.now());
    TicketLog.write(connection, moved, entry, "before: " + TicketLog.standing(ticket));
  }

  private void planAgain(Connection connection, Call call, Ticket ticket) throws SQLException {
    TicketPolicy rules = policy.current();
    Plan plan = rules.dutyOf(ticket.charge().rule()).plan(call.now(), rules.calendar());
    try (PreparedStatement update = connection.prepareStatement(TicketSql.PLAN_AGAIN)) {
      update.setTimestamp(1, Timestamp.from(call.now()));
      update.setTimestamp(2, Timestamp.from(plan.dueAt()));
      update.setString(3, TicketRows.rungsTo(plan));
      update.setString(4, TicketRows.rungsAt(plan));
      update.setString(5, TicketRows.rungsAt(plan));
      update.setLong(6, ticket.id());
      update.executeUpdate();
    }
  }

  private static Optional<Ticket> read(Connection connection, String sql, long id)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(TicketRows.ticket(row)) : Optional.empty();
      }
    }
  }
}
