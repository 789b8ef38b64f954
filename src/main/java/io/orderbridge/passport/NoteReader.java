package io.orderbridge.passport;

import io.orderbridge.finding.FindingTrace;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.notice.NoticeList;
import io.orderbridge.order.OrderTrace;
import io.orderbridge.outbox.OrderDeadlines;
import io.orderbridge.payment.RecordsOfOrder;
import io.orderbridge.ticket.Tickets;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what checks and people noted of an order. */
@Singleton
class NoteReader {
  // One per finding; an order with more has other worries than its passport.
  private static final int TICKETS_MAX = 20;

  private final FindingTrace findings;
  private final OrderDeadlines deadlines;
  private final ShownRows shown;
  private final RecordsOfOrder records;
  private final NoticeList notices;
  private final Tickets tickets;

  NoteReader(
      FindingTrace findings,
      OrderDeadlines deadlines,
      ShownRows shown,
      RecordsOfOrder records,
      NoticeList notices,
      Tickets tickets) {
    this.findings = findings;
    this.deadlines = deadlines;
    this.shown = shown;
    this.records = records;
    this.notices = notices;
    this.tickets = tickets;
  }

  /** The tickets about an order, in transactions of their own. */
  List<Tickets.Story> tickets(OrderKey key, Instant now) {
    return tickets.list(Tickets.Filter.about(key.toString()), null, TICKETS_MAX, now).stream()
        .map(ticket -> tickets.find(ticket.id()))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * All but the tickets. Joins the caller's transaction.
   *
   * @param order null when the order book does not know it
   */
  Notes read(Connection connection, OrderKey key, OrderTrace order) throws SQLException {
    return new Notes(
        findings.of(connection, key.toString()),
        deadlines.of(connection, key),
        shown.of(connection, key),
        records.of(connection, key),
        order == null ? List.of() : notices.of(connection, order.standing().id()),
        List.of());
  }
}
