package io.orderbridge.consistency;

import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Round;
import io.orderbridge.kernel.Wording;
import io.orderbridge.outbox.UploadRisk;
import io.orderbridge.outbox.UploadRisk.Pressing;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells of orders whose shop has to hear of the shipment soon, or should have (R18): a warning
 * before the deadline, a breach after it, gone when the shop was told or the order is cancelled.
 */
@Singleton
class UploadRound implements Round {
  static final String SCOPE = "uploads";
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int BATCH = 1_000;

  private final Database database;
  private final Findings findings;
  private final UploadRisk risk;

  UploadRound(Database database, Findings findings, UploadRisk risk) {
    this.database = database;
    this.findings = findings;
    this.risk = risk;
  }

  @Override
  public String name() {
    return SCOPE;
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    database.run(
        connection -> {
          if (Turn.take(connection, SCOPE)) {
            settle(connection, now);
          }
        });
  }

  private void settle(Connection connection, Instant now) throws SQLException {
    List<Finding> batch = new ArrayList<>();
    risk.pressing(
        connection,
        pressing -> {
          batch.add(finding(pressing));
          if (batch.size() == BATCH) {
            Findings.add(connection, batch);
            batch.clear();
          }
        });
    Findings.add(connection, batch);
    findings.settle(connection, SCOPE, now);
  }

  private static Finding finding(Pressing pressing) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("target", pressing.target());
    evidence.put("dueAt", pressing.dueAt().toString());
    return new Finding(
        Finding.Kind.UPLOAD,
        pressing.late() ? "UPLOAD_LATE" : "UPLOAD_AT_RISK",
        pressing.order(),
        pressing.target(),
        pressing.late() ? Level.BREACH : Level.WARNING,
        null,
        "",
        evidence,
        pressing.late() ? late(pressing) : atRisk(pressing));
  }

  private static Wording atRisk(Pressing pressing) {
    return Wording.of(
        "最迟 %s 要把发货告知 %s，目前还没有告知：催仓库出库，或查看该平台的投递与死信。",
        "By %s %s has to be told of the shipment and was not yet: hurry the warehouse, or look at"
            + " the deliveries and dead letters of this target.",
        pressing.dueAt(),
        pressing.target());
  }

  private static Wording late(Pressing pressing) {
    return Wording.of(
        "发货告知已过时限（%s），%s 可能判定延迟发货：尽快告知，并按平台规则报备。",
        "The deadline of %s is over and %s was not told of the shipment: tell it, and report the"
            + " reason as its rules allow.",
        pressing.dueAt(),
        pressing.target());
  }
}
