package io.orderbridge.passport;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.notice.NoticeList;
import io.orderbridge.outbox.Deadlines;
import io.orderbridge.payment.RecordsOfOrder;
import io.orderbridge.ticket.Tickets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What checks and people noted of the order.
 *
 * @param findings the newest first, cleared ones as well
 * @param deadlines until when a shop has to be told of the shipment
 * @param shown what connected systems show of it, as last read there
 * @param records what payment systems say of payments and refunds, the oldest first
 * @param notices what the customer was told, the oldest first
 * @param tickets work for people, the newest first, closed ones as well
 */
record Notes(
    List<Findings.Stored> findings,
    List<Deadlines.Entry> deadlines,
    List<Shown> shown,
    List<RecordsOfOrder.Record> records,
    List<NoticeList.Notice> notices,
    List<Tickets.Story> tickets) {

  /**
   * What a system showed when it was last read.
   *
   * @param status in the words of the canonical status
   * @param raw its own code
   * @param at since when, by its own word; null when it does not say
   */
  record Shown(String system, String status, String raw, Instant at, Instant readAt) {}

  /** Findings that are not cleared. */
  Stream<Findings.Stored> open() {
    return findings.stream().filter(stored -> stored.state().equals("OPEN"));
  }

  /** An open finding of this kind and one of these codes. */
  Optional<Findings.Stored> open(Finding.Kind kind, Set<String> codes) {
    return open()
        .filter(stored -> stored.finding().kind() == kind)
        .filter(stored -> codes.contains(stored.finding().code()))
        .findFirst();
  }

  Notes with(List<Tickets.Story> stories) {
    return new Notes(findings, deadlines, shown, records, notices, stories);
  }
}
