package io.orderbridge.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Alerts, messages, channels and silences as the API shows them. */
@Singleton
public class AlertList {
  /** What is asked by {@code state}, and the condition that finds it by an index. */
  private static final Map<String, String> STATES =
      Map.of(
          "all",
          "true",
          "waiting",
          """
          a.id in (select alert_id from alert_unsorted union all
                   select i.alert_id from alert_line l join alert_in_line i on i.line_id = l.id
                    where l.state <> 'TOLD')\
          """,
          "told",
          """
          exists (select 1 from alert_in_line i join alert_line l on l.id = i.line_id
                   where i.alert_id = a.id and l.state = 'TOLD')\
          """,
          "unread",
          """
          a.level = 'BREACH' and not a.clears
          and exists (select 1 from alert_in_line i join alert_line l on l.id = i.line_id
                       where i.alert_id = a.id and l.state = 'TOLD' and l.acknowledged_at is null)
          and not exists (select 1 from alert_cleared c where c.alert_id = a.id)\
          """,
          "acknowledged",
          """
          exists (select 1 from alert_in_line i join alert_line l on l.id = i.line_id
                   where i.alert_id = a.id and l.acknowledged_at is not null)\
          """,
          "logged",
          """
          not exists (select 1 from alert_in_line i where i.alert_id = a.id)
          and not exists (select 1 from alert_unsorted u where u.alert_id = a.id)\
          """);

  private static final String LIST =
      """
      select a.*, c.cleared_at, t.told, t.seen_at, t.seen_by,
             exists (select 1 from alert_unsorted u where u.alert_id = a.id) as unsorted
        from (select * from alert a
               where %s and (?::text is null or a.level = ?) and (?::text is null or a.cause = ?)
                 and (?::bigint is null or a.id < ?)
               order by a.id desc limit ?) a
        left join alert_cleared c on c.alert_id = a.id
        left join lateral (
          select json_agg(json_strip_nulls(json_build_object(
                   'channel', l.channel, 'state', l.state, 'message', l.message_id,
                   'at', to_char(l.told_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
                   order by l.id)::text as told,
                 max(l.acknowledged_at) as seen_at, max(l.acknowledged_by) as seen_by
            from alert_in_line i join alert_line l on l.id = i.line_id
           where i.alert_id = a.id) t on true
       order by a.id desc\
      """;

  private static final String MESSAGES =
      """
      select id, robot, level, alerts, text, state, made_at, ended_at, why from alert_message
       where (?::text is null or robot = ?) and (?::bigint is null or id < ?)
       order by id desc limit ?\
      """;
  private static final String ROBOTS = "select * from alert_robot";
  private static final String SILENCES =
      "select * from alert_silence where until > ? order by until, cause";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final Channels channels;

  public AlertList(Database database, Channels channels) {
    this.database = database;
    this.channels = channels;
  }

  /**
   * Which alerts are wanted; null stands for any.
   *
   * @param before only alerts with a lower number
   */
  record Filter(String state, String level, String cause, Long before) {}

  static boolean knows(String state) {
    return STATES.containsKey(state);
  }

  /** Alerts, the newest first. */
  List<Map<String, Object>> alerts(Filter filter, int max) {
    return rows(
        LIST.formatted(STATES.get(filter.state())),
        query -> {
          query.setString(1, filter.level());
          query.setString(2, filter.level());
          query.setString(3, filter.cause());
          query.setString(4, filter.cause());
          query.setObject(5, filter.before(), java.sql.Types.BIGINT);
          query.setObject(6, filter.before(), java.sql.Types.BIGINT);
          query.setInt(7, max);
        },
        AlertList::alert);
  }

  /** What was sent, the newest first. */
  List<Map<String, Object>> messages(String robot, Long before, int max) {
    return rows(
        MESSAGES,
        query -> {
          query.setString(1, robot);
          query.setString(2, robot);
          query.setObject(3, before, java.sql.Types.BIGINT);
          query.setObject(4, before, java.sql.Types.BIGINT);
          query.setInt(5, max);
        },
        AlertList::message);
  }

  /** The channels in force: their budget, and what is wrong with them. */
  List<Map<String, Object>> channels(Map<String, Long> waiting, Instant now) {
    Map<String, Robots.Robot> robots = new LinkedHashMap<>();
    rows(
            ROBOTS,
            query -> {},
            row -> Map.<String, Object>of("row", Robots.read(row.getString("robot"), row)))
        .forEach(
            row -> {
              Robots.Robot robot = (Robots.Robot) row.get("row");
              robots.put(robot.name(), robot);
            });
    return channels.all().stream()
        .map(channel -> channel(channel, robots.get(channel.robot()), waiting, now))
        .toList();
  }

  /** What is not told now. */
  List<Map<String, Object>> silences(Instant now) {
    return rows(SILENCES, query -> query.setObject(1, Times.of(now)), AlertList::silence);
  }

  private interface Setter {
    void set(PreparedStatement query) throws SQLException;
  }

  private interface Reader {
    Map<String, Object> read(ResultSet row) throws SQLException;
  }

  private List<Map<String, Object>> rows(String sql, Setter setter, Reader reader) {
    return database.inTransaction(
        connection -> {
          List<Map<String, Object>> found = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(sql)) {
            setter.set(query);
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                found.add(reader.read(rows));
              }
            }
          }
          return found;
        });
  }

  private static Map<String, Object> alert(ResultSet row) throws SQLException {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", row.getLong("id"));
    view.put("key", row.getString("key"));
    view.put("cause", row.getString("cause"));
    view.put("level", row.getString("level"));
    view.put("wellAgain", row.getBoolean("clears") ? true : null);
    view.put("subject", present(row.getString("subject")));
    view.put("owner", present(row.getString("owner")));
    view.put("text", Map.of("zh", row.getString("zh"), "en", row.getString("en")));
    view.put("count", row.getLong("count"));
    BigDecimal amount = row.getBigDecimal("amount");
    view.put("amount", amount == null ? null : amount.toPlainString());
    view.put("currency", row.getString("currency"));
    view.put("link", present(row.getString("link")));
    view.put("raisedAt", Times.at(row, "raised_at").toString());
    view.put("clearedAt", text(Times.at(row, "cleared_at")));
    String told = row.getString("told");
    view.put("state", state(row, told));
    view.put("told", told == null ? List.of() : json(told));
    view.put("acknowledgedAt", text(Times.at(row, "seen_at")));
    view.put("acknowledgedBy", row.getString("seen_by"));
    view.values().removeIf(java.util.Objects::isNull);
    return view;
  }

  private static String state(ResultSet row, String told) throws SQLException {
    if (row.getBoolean("unsorted")) {
      return "WAITING";
    }
    if (told == null) {
      return "LOGGED";
    }
    if (row.getString("seen_at") != null) {
      return "ACKNOWLEDGED";
    }
    return told.contains("\"TOLD\"") ? "TOLD" : "WAITING";
  }

  private static Map<String, Object> message(ResultSet row) throws SQLException {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", row.getLong("id"));
    view.put("robot", row.getString("robot"));
    view.put("level", row.getString("level"));
    view.put("alerts", row.getLong("alerts"));
    view.put("state", row.getString("state"));
    view.put("text", row.getString("text"));
    view.put("madeAt", Times.at(row, "made_at").toString());
    view.put("endedAt", text(Times.at(row, "ended_at")));
    view.put("why", row.getString("why"));
    view.values().removeIf(java.util.Objects::isNull);
    return view;
  }

  private static Map<String, Object> channel(
      Channel channel, Robots.Robot robot, Map<String, Long> waiting, Instant now) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("robot", channel.robot());
    view.put("channel", channel.name());
    view.put("waiting", waiting.getOrDefault(channel.name(), 0L));
    view.put("budget", channel.budget().messages());
    view.put("budgetSeconds", channel.budget().per().toSeconds());
    view.put("used", robot == null ? 0 : robot.counted(channel.budget(), now).size());
    if (robot != null) {
      boolean paused = robot.pausedUntil() != null && now.isBefore(robot.pausedUntil());
      view.put("pausedUntil", paused ? robot.pausedUntil().toString() : null);
      view.put("refusesSince", text(robot.refusedAt()));
      view.put("why", robot.why());
    }
    view.values().removeIf(java.util.Objects::isNull);
    return view;
  }

  private static Map<String, Object> silence(ResultSet row) throws SQLException {
    return Map.of(
        "cause", row.getString("cause"),
        "level", row.getString("level"),
        "until", Times.at(row, "until").toString(),
        "by", row.getString("set_by"),
        "reason", row.getString("reason"),
        "since", Times.at(row, "set_at").toString());
  }

  private static Object json(String text) {
    try {
      return JSON.readValue(text, List.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON of the database is not readable", e);
    }
  }

  private static String present(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String text(Instant at) {
    return at == null ? null : at.toString();
  }
}
