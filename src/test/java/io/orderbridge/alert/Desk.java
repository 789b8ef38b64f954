package io.orderbridge.alert;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderbridge.Heart;
import io.orderbridge.alert.Channel.Budget;
import io.orderbridge.alert.Channel.Escalation;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Findings;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All parts of the feature, wired by hand: one process. Two desks over one heart's URL are two. */
final class Desk implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
  static final String URL = "https://oms.example.com";

  final Heart heart;
  final Policies policies;
  final Channels channels;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final AlertMeter meter = new AlertMeter(registry);
  final Alerts alerts;
  final Lines lines;
  final Messages messages;
  final AlertRound round;
  final Acknowledging acknowledging;
  final AlertList list;
  final Findings findings;

  Desk(Heart heart, Policies policies, Channels channels) {
    this.heart = heart;
    this.policies = policies;
    this.channels = channels;
    this.alerts = new Alerts(policies, channels);
    this.lines = new Lines(heart.database, channels, policies);
    this.messages =
        new Messages(heart.database, policies, alerts, new Links(Optional.of(URL)), meter);
    this.round = new AlertRound(lines, meter);
    this.acknowledging = new Acknowledging(heart.database);
    this.list = new AlertList(heart.database, channels);
    this.findings = new Findings(heart.database, List.of(new FindingAlerts(alerts, policies)));
  }

  static Desk fresh() {
    return new Desk(Heart.fresh(), new Policies(), new Channels());
  }

  Desk another() {
    return new Desk(heart.another(), new Policies(), new Channels());
  }

  /** A robot as WeCom has them. */
  Desk robot(String name) {
    return robot(name, name, EnumSet.allOf(Level.class), null);
  }

  Desk robot(String name, String pool, Set<Level> levels, Escalation escalation) {
    Budget budget = new Budget(20, Duration.ofMinutes(1));
    channels.replace(name, new Channel(name, pool, levels, budget, 2048, true, escalation));
    return this;
  }

  Desk policy(Policy.Rule... rules) {
    Policy standard = Policy.DEFAULT;
    policies.replace(
        new Policy(
            standard.language(),
            standard.zone(),
            List.of(),
            "ops",
            standard.gather(),
            false,
            null,
            List.of(rules)));
    return this;
  }

  static Alert alert(String key, String cause, Level level) {
    return alert(key, cause, level, null);
  }

  static Alert alert(String key, String cause, Level level, String yuan) {
    return new Alert(
        key,
        cause,
        level,
        "tb/" + key,
        "",
        Wording.of("%s 有问题，请查看", "%s is wrong, look at it", cause),
        1,
        yuan == null ? null : Money.of(yuan, "CNY"),
        "");
  }

  boolean raise(Alert alert, Instant now) {
    return heart.database.inTransaction(connection -> alerts.raise(connection, alert, now));
  }

  /** Many in one transaction. */
  void raise(List<Alert> many, Instant now) {
    heart.database.run(
        connection -> {
          List<AlertLog.Entry> entries = new ArrayList<>();
          for (Alert alert : many) {
            entries.add(alerts.entry(alert, false, policies.inForce().of(alert)));
          }
          alerts.raise(connection, entries, now);
        });
  }

  Findings.Settled find(String scope, Instant now, Finding... found) {
    return heart.database.inTransaction(
        connection -> {
          Findings.add(connection, List.of(found));
          return findings.settle(connection, scope, now);
        });
  }

  static Finding finding(Finding.Kind kind, String code, String subject, Level level) {
    return new Finding(
        kind,
        code,
        subject,
        "",
        level,
        Money.of("10.00", "CNY"),
        "",
        Map.of(),
        new Wording(subject + " 卡住了", subject + " is stuck"));
  }

  /** What the robot is sent next, after a round; empty when nothing is. */
  Optional<Messages.Message> next(String robot, Instant now) {
    round.run(now);
    return take(robot, now);
  }

  Optional<Messages.Message> take(String robot, Instant now) {
    return messages.take(channels.find(robot).orElseThrow(), now);
  }

  /** The text of what a robot is sent next, and takes. */
  String told(String robot, Instant now) {
    Optional<Messages.Message> message = next(robot, now);
    message.ifPresent(taken -> messages.told(taken, now));
    return message.map(Desk::text).orElse("");
  }

  static String text(Messages.Message message) {
    return String.valueOf(message.body().get("text"));
  }

  static String token(Messages.Message message) {
    String link = String.valueOf(message.body().get("link"));
    return link.substring(link.lastIndexOf('/') + 1);
  }

  /** Alerts by what became of them. */
  long count(String state) {
    return list.alerts(new AlertList.Filter(state, null, null, null), 1_000_000).size();
  }

  long number(String sql) {
    return heart.number(sql);
  }

  @Override
  public void close() {
    heart.close();
  }
}
