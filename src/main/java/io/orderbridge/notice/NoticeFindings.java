package io.orderbridge.notice;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Round;
import io.orderbridge.kernel.Wording;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds customers who were not told, and vendors who take nothing. Each is found once, whatever
 * channels failed, and is over by itself when a receipt comes after all.
 */
@Singleton
public class NoticeFindings implements Round {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration VENDORS_OVER = Duration.ofHours(1);
  private static final int BATCH = 500;
  // Causes that say what is to be mended have a section of their own in the runbook.
  private static final Set<String> OWN =
      Set.of("TEMPLATE_INVALID", "CHANNEL_AUTH_EXPIRED", "CHANNEL_QUOTA");

  private static final String ORDERS =
      """
      with taken as (
        select id from notice where not checked order by id limit ? for update skip locked)
      update notice n set checked = true from taken t where n.id = t.id
      returning n.order_id, n.shop, n.number\
      """;
  private static final String FAILED =
      """
      select gate, item, shop, number, cause, gate_at, decided
        from notice
       where order_id = any (?) and state = 'FAILED'
       order by id\
      """;
  private static final String VENDORS =
      """
      select vendor, cause, count(*), max(failed_at), (array_agg(why order by failed_at desc))[1]
        from notice_send
       where failed_at > ? and cause = any (?)
       group by vendor, cause order by vendor, cause\
      """;

  private final Database database;
  private final Findings findings;
  private final NoticeRulesInForce rules;

  NoticeFindings(Database database, Findings findings, NoticeRulesInForce rules) {
    this.database = database;
    this.findings = findings;
    this.rules = rules;
  }

  @Override
  public String name() {
    return "notices-findings";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    while (database.inTransaction(connection -> orders(connection, now)) == BATCH) {
      // The next batch.
    }
    database.run(connection -> vendors(connection, now));
  }

  private int orders(Connection connection, Instant now) throws SQLException {
    Set<Long> ids = new LinkedHashSet<>();
    Set<OrderKey> orders = new LinkedHashSet<>();
    int taken = 0;
    try (PreparedStatement take = connection.prepareStatement(ORDERS)) {
      take.setInt(1, BATCH);
      try (ResultSet rows = take.executeQuery()) {
        for (; rows.next(); taken++) {
          ids.add(rows.getLong(1));
          orders.add(new OrderKey(rows.getString(2), rows.getString(3)));
        }
      }
    }
    if (taken > 0) {
      Findings.add(connection, failed(connection, ids));
      List<String> subjects = orders.stream().map(OrderKey::toString).toList();
      findings.settle(connection, "notice:orders", subjects, now);
    }
    return taken;
  }

  private List<Finding> failed(Connection connection, Set<Long> ids) throws SQLException {
    List<Finding> failed = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(FAILED)) {
      query.setArray(1, array(connection, "bigint", ids, id -> id));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          failed.add(failed(rows));
        }
      }
    }
    return failed;
  }

  private Finding failed(ResultSet row) throws SQLException {
    String gate = row.getString(1);
    String item = row.getString(2);
    String subject = new OrderKey(row.getString(3), row.getString(4)).toString();
    String cause = row.getString(5);
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("gate", gate);
    evidence.put("item", item);
    evidence.put("cause", cause);
    evidence.put("due", row.getTimestamp(6).toInstant().toString());
    evidence.put("decided", Json.rows(row.getString(7)));
    Wording title = rules.now().gate(gate).map(Gate::title).orElse(new Wording(gate, gate));
    String about = item.isEmpty() ? subject : subject + " (" + item + ")";
    return new Finding(
        Finding.Kind.NOTICE,
        OWN.contains(cause) ? cause : "NOTICE_FAILED",
        subject,
        gate + "/" + item,
        Level.BREACH,
        null,
        cause,
        evidence,
        new Wording(
            "%s 的「%s」没有送达任何通道（%s），请电话告知客户".formatted(about, title.zh(), cause),
            "'%s' of %s reached the customer by no channel (%s); call the customer"
                .formatted(title.en(), about, cause)));
  }

  private void vendors(Connection connection, Instant now) throws SQLException {
    List<Finding> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(VENDORS)) {
      query.setTimestamp(1, Timestamp.from(now.minus(VENDORS_OVER)));
      query.setArray(2, array(connection, "text", OWN, cause -> cause));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Finding(
                  Finding.Kind.NOTICE,
                  rows.getString(2),
                  rows.getString(1),
                  "",
                  Level.BREACH,
                  null,
                  rows.getString(2),
                  Map.of(
                      "messages", rows.getLong(3),
                      "newest", rows.getTimestamp(4).toInstant().toString(),
                      "answer", String.valueOf(rows.getString(5))),
                  Wording.of(
                      "渠道商 %s 最近一小时拒收通知（%s），请处理",
                      "vendor %s refused notices within the last hour (%s); mend it",
                      rows.getString(1),
                      rows.getString(2))));
        }
      }
    }
    Findings.add(connection, found);
    findings.settle(connection, "notice:vendors", now);
  }
}
