package io.orderbridge.alert;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.alert.Robots.Robot;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The messages of the robots: made of what waits at the moment in which one may be sent, so that
 * each says all there is to say. A message that failed, or in doubt because its process died, is
 * not sent again: what it told is told by the next one. So nothing is lost, and told twice at most
 * once per death. Thread-safe; several processes keep one budget.
 */
@Singleton
public class Messages {
  private static final Logger LOG = Logger.getLogger(Messages.class);
  // Causes that may have room as sentences: 2 KB hold some ten, 20 KB some hundred.
  private static final int SENTENCES_MAX = 100;
  private static final int SAMPLES = 3;

  private final Database database;
  private final Policies policies;
  private final Alerts alerts;
  private final Links links;
  private final AlertMeter meter;
  private final SecureRandom random = new SecureRandom();

  public Messages(
      Database database, Policies policies, Alerts alerts, Links links, AlertMeter meter) {
    this.database = database;
    this.policies = policies;
    this.alerts = alerts;
    this.links = links;
    this.meter = meter;
  }

  /**
   * A message in flight.
   *
   * @param body what the route is given
   * @param failures of its robot in a row before
   */
  record Message(long id, String robot, int failures, Map<String, Object> body) {}

  /** The next message of a robot, if something is due and it may be sent now. */
  Optional<Message> take(Channel channel, Instant now) {
    return database.inTransaction(
        connection -> {
          Optional<Robot> robot = Robots.lock(connection, channel.robot());
          return robot.isEmpty() || robot.get().isSending(now)
              ? Optional.empty()
              : take(connection, channel, robot.get(), now);
        });
  }

  private Optional<Message> take(Connection connection, Channel channel, Robot robot, Instant now)
      throws SQLException {
    if (robot.sending() != null) {
      doubt(connection, channel, robot, now);
    }
    if (!robot.maySend(channel.budget(), now)) {
      return Optional.empty();
    }
    Policy policy = policies.inForce();
    DueLines due = new DueLines(channel, policy, now);
    List<Part> parts = due.choose(connection);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    long chosen = parts.stream().mapToLong(Part::alerts).sum();
    long others = Math.max(0, due.alerts(connection) - chosen);
    LinkToken token = LinkToken.fresh(random);
    Digest.Composed composed =
        new Digest(policy, channel.textMax(), now)
            .compose(withDetails(connection, parts), others, links.of(token));
    long id = make(connection, channel, composed, token, now);
    Robots.send(connection, robot, channel.budget(), id, now);
    return Optional.of(
        new Message(
            id, channel.robot(), robot.failures(), body(channel, id, composed, links.of(token))));
  }

  private static List<Part> withDetails(Connection connection, List<Part> parts)
      throws SQLException {
    int sentences = Math.min(parts.size(), SENTENCES_MAX);
    List<Part> known =
        new ArrayList<>(PartDetails.load(connection, parts.subList(0, sentences), SAMPLES));
    known.addAll(parts.subList(sentences, parts.size()));
    return known;
  }

  private void doubt(Connection connection, Channel channel, Robot robot, Instant now)
      throws SQLException {
    end(connection, robot.sending(), "DOUBTFUL", "the process died, or did not come back", now);
    again(connection, robot.sending());
    Robots.send(connection, robot, channel.budget(), null, now);
    LOG.warnf("alert.doubtful message=%d robot=%s", robot.sending(), robot.name());
  }

  private long make(
      Connection connection,
      Channel channel,
      Digest.Composed composed,
      LinkToken token,
      Instant now)
      throws SQLException {
    List<Long> told = composed.told().stream().flatMap(p -> p.lines().stream()).toList();
    long id;
    try (PreparedStatement make = connection.prepareStatement(MessageSql.MAKE)) {
      make.setString(1, channel.robot());
      make.setString(2, worst(composed.told()).name());
      make.setLong(3, composed.told().stream().mapToLong(Part::alerts).sum());
      make.setArray(4, array(connection, "bigint", told, line -> line));
      make.setString(5, composed.text().replace(token.text(), LinkToken.MASK));
      make.setBytes(6, token.hash());
      make.setObject(7, Times.of(now));
      try (ResultSet row = make.executeQuery()) {
        row.next();
        id = row.getLong(1);
      }
    }
    try (PreparedStatement take = connection.prepareStatement(MessageSql.TAKE_LINES)) {
      take.setLong(1, id);
      take.setArray(2, array(connection, "bigint", told, line -> line));
      take.executeUpdate();
    }
    return id;
  }

  private static Level worst(List<Part> parts) {
    boolean breach = parts.stream().anyMatch(p -> !p.clears() && p.level() == Level.BREACH);
    return breach ? Level.BREACH : Level.WARNING;
  }

  private Map<String, Object> body(
      Channel channel, long id, Digest.Composed composed, String link) {
    List<String> owners =
        composed.told().stream().map(Part::owner).filter(o -> !o.isEmpty()).distinct().toList();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", id);
    body.put("robot", channel.robot());
    body.put("level", worst(composed.told()).name());
    body.put("title", composed.title());
    body.put("text", composed.text());
    body.put("owners", channel.mention() ? owners : List.of());
    body.put("causes", composed.told().size());
    body.put("more", composed.more());
    body.put("link", link);
    return body;
  }

  /** The robot took it. */
  void told(Message message, Instant now) {
    Map<Level, Long> told =
        database.inTransaction(
            connection -> {
              end(connection, message.id(), "TOLD", null, now);
              Robots.told(connection, message.robot(), message.id(), now);
              return linesTold(connection, message.id(), now);
            });
    told.forEach((level, count) -> meter.told(message.robot(), level, count));
    LOG.infof("alert.told message=%d robot=%s alerts=%s", message.id(), message.robot(), told);
  }

  private static Map<Level, Long> linesTold(Connection connection, long id, Instant now)
      throws SQLException {
    Map<Level, Long> told = new LinkedHashMap<>();
    try (PreparedStatement update = connection.prepareStatement(MessageSql.LINES_TOLD)) {
      update.setObject(1, Times.of(now));
      update.setLong(2, id);
      try (ResultSet rows = update.executeQuery()) {
        while (rows.next()) {
          told.merge(Level.valueOf(rows.getString(1)), rows.getLong(2), Long::sum);
        }
      }
    }
    return told;
  }

  /** The robot did not take it, or nobody knows; what it told is told again later. */
  void failed(Message message, Failure failure, Instant now) {
    boolean first = database.inTransaction(connection -> fail(connection, message, failure, now));
    meter.failed(message.robot());
    LOG.warnf(
        "alert.failed message=%d robot=%s refused=%s why=%s%s",
        message.id(),
        message.robot(),
        failure.refused(),
        failure.loggable(),
        first ? "; told to the next channel until it is mended" : "");
  }

  private boolean fail(Connection connection, Message message, Failure failure, Instant now)
      throws SQLException {
    end(connection, message.id(), "FAILED", failure.why(), now);
    again(connection, message.id());
    Optional<Robot> robot = Robots.lock(connection, message.robot());
    if (robot.isEmpty()) {
      return false;
    }
    Robots.failed(connection, robot.get(), message.id(), failure, now);
    boolean first = failure.refused() && robot.get().refusedAt() == null;
    if (first) {
      alerts.raise(connection, refusing(message.robot(), now), now);
    }
    return first;
  }

  private static Alert refusing(String robot, Instant now) {
    return new Alert(
        "alert-robot:%s:%d".formatted(robot, now.getEpochSecond()),
        "alert-robot:" + robot,
        Level.BREACH,
        robot,
        "",
        Wording.of(
            "告警通道 %s 拒收消息，告警已改由其他通道发送；请检查其密钥与配置（GET /api/alerts/channels）",
            "Alert channel %s refuses its messages, others tell in its place; check its key and"
                + " settings (GET /api/alerts/channels)",
            robot),
        1,
        null,
        "");
  }

  private static void end(
      Connection connection, long message, String state, String why, Instant now)
      throws SQLException {
    List<String> from = state.equals("TOLD") ? List.of("SENDING", "DOUBTFUL") : List.of("SENDING");
    try (PreparedStatement end = connection.prepareStatement(MessageSql.END)) {
      end.setString(1, state);
      end.setObject(2, Times.of(now));
      end.setString(3, why);
      end.setLong(4, message);
      end.setArray(5, array(connection, "text", from, text -> text));
      end.executeUpdate();
    }
  }

  private static void again(Connection connection, long message) throws SQLException {
    try (PreparedStatement again = connection.prepareStatement(MessageSql.LINES_AGAIN)) {
      again.setLong(1, message);
      again.executeUpdate();
    }
  }
}
