package io.orderbridge.ticket;

import io.orderbridge.alert.Alert;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Gives overdue tickets to the next on their ladder and tells them, once per step over all
 * processes: the step, its event and its alert are one transaction.
 */
@Singleton
class Overdue {
  private static final Logger LOG = Logger.getLogger(Overdue.class);
  // Some tens of milliseconds in one transaction.
  static final int BATCH = 500;
  // A hundred thousand in a round; what is left is a minute late.
  private static final int BATCHES_MAX = 200;
  // What one person is told one by one; a robot says about as many messages a minute.
  static final int ALONE_MAX = 20;
  private static final String LINK = "/api/tickets/%d";

  private final Database database;
  private final Escalations escalations;

  Overdue(Database database, Escalations escalations) {
    this.database = database;
    this.escalations = escalations;
  }

  private record Moved(
      long id,
      long version,
      int step,
      String owner,
      String subject,
      Level level,
      Money amount,
      Wording text) {}

  /**
   * Takes every step that is due. A ticket whose process was away for two steps takes both.
   *
   * @return steps taken
   */
  int escalate(Instant now) {
    int all = 0;
    for (int batch = 0; batch < BATCHES_MAX; batch++) {
      List<Moved> moved = database.inTransaction(connection -> step(connection, now));
      if (moved.isEmpty()) {
        return all;
      }
      all += moved.size();
      byOwner(moved)
          .forEach(
              (owner, tickets) ->
                  LOG.infof("tickets.escalated to=%s count=%d", owner, tickets.size()));
    }
    return all;
  }

  private List<Moved> step(Connection connection, Instant now) throws SQLException {
    List<Moved> moved = new ArrayList<>();
    try (PreparedStatement update = connection.prepareStatement(TicketSql.ESCALATE)) {
      Timestamp at = Timestamp.from(now);
      update.setTimestamp(1, at);
      update.setTimestamp(2, at);
      update.setTimestamp(3, Timestamp.from(now.minus(Ticket.VERIFY_MAX)));
      update.setInt(4, BATCH);
      update.setTimestamp(5, at);
      try (ResultSet rows = update.executeQuery()) {
        while (rows.next()) {
          moved.add(moved(rows));
        }
      }
    }
    for (var tickets : byOwner(moved).entrySet()) {
      for (Alert alert : alerts(tickets.getKey(), tickets.getValue())) {
        escalations.tell(connection, alert, now);
      }
    }
    return moved;
  }

  private static Moved moved(ResultSet row) throws SQLException {
    return new Moved(
        row.getLong(1),
        row.getLong(2),
        row.getInt(3),
        row.getString(4),
        row.getString(5),
        Level.valueOf(row.getString(6)),
        TicketRows.money(row.getString(7), row.getString(8)),
        new Wording(row.getString(9), row.getString(10)));
  }

  private static Map<String, List<Moved>> byOwner(List<Moved> moved) {
    Map<String, List<Moved>> owners = new TreeMap<>();
    moved.forEach(one -> owners.computeIfAbsent(one.owner(), o -> new ArrayList<>()).add(one));
    return owners;
  }

  private static List<Alert> alerts(String owner, List<Moved> moved) {
    if (moved.size() > ALONE_MAX) {
      return List.of(together(owner, moved));
    }
    return moved.stream().map(Overdue::alone).toList();
  }

  private static Alert alone(Moved one) {
    return new Alert(
        key(one),
        cause(one.owner()),
        one.level(),
        one.subject(),
        one.owner(),
        Wording.of(
            "工单 %1$d 已逾期,第 %2$d 次升级,现由 %3$s 负责:%4$s 请接手,或转给能处理的人。",
            "Ticket %1$d is overdue (step %2$d) and now with %3$s: %5$s Take it, or give it to who"
                + " can.",
            one.id(),
            one.step(),
            one.owner(),
            one.text().zh(),
            one.text().en()),
        1,
        one.amount(),
        LINK.formatted(one.id()));
  }

  private static Alert together(String owner, List<Moved> moved) {
    Moved first = moved.get(0);
    boolean breach = moved.stream().anyMatch(one -> one.level() == Level.BREACH);
    return new Alert(
        key(first),
        cause(owner),
        breach ? Level.BREACH : Level.WARNING,
        "",
        owner,
        Wording.of(
            "%1$d 个工单已逾期并升级,现由 %2$s 负责。请打开清单处理,或转给能处理的人。",
            "%1$d tickets are overdue and now with %2$s. Open the list: take them, or give them to"
                + " who can.",
            moved.size(),
            owner),
        moved.size(),
        null,
        "/api/tickets?overdue=true&owner=" + URLEncoder.encode(owner, StandardCharsets.UTF_8));
  }

  // Of a step that was rolled back the version is the same again, of every other it is another one.
  private static String key(Moved one) {
    return "ticket:%d:%d".formatted(one.id(), one.version());
  }

  private static String cause(String owner) {
    return "ticket-overdue:" + owner;
  }
}
