package io.orderbridge.notice;

import io.orderbridge.kernel.Refusal;
import io.orderbridge.notice.TemplateVersion.State;
import io.orderbridge.store.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** The table of the templates; everything joins the caller's transaction. */
final class TemplateRows {
  private static final Logger LOG = Logger.getLogger(TemplateRows.class);
  private static final int VERSIONS_SHOWN_MAX = 200;
  private static final int LIST_MAX = 1_000;
  // The first key of the advisory locks of templates; others use 28514 to 28521.
  private static final int LOCK_CLASS = 28_530;

  private static final String COLUMNS =
      "name, channel, version, state, body, based_on, edited_by, edited_at, approved_by,"
          + " approved_at";
  private static final String CURRENT =
      """
      select t.name, t.channel, t.version, t.body
        from notice_template t
        join unnest(?::text[], ?::text[]) as k (name, channel)
          on t.name = k.name and t.channel = k.channel
       where t.state = 'APPROVED'\
      """;
  private static final String LIST =
      "select "
          + COLUMNS
          + " from notice_template where state in ('APPROVED', 'DRAFT')"
          + " order by name, channel, version desc limit ?";
  private static final String VERSIONS =
      "select "
          + COLUMNS
          + " from notice_template where name = ? and channel = ?"
          + " order by version desc limit ?";
  private static final String ONE =
      "select " + COLUMNS + " from notice_template where name = ? and channel = ? and version = ?";
  private static final String RETIRE =
      "update notice_template set state = 'RETIRED' where name = ? and channel = ? and state = ?";
  private static final String ADD =
      """
      insert into notice_template (name, channel, version, state, body, based_on, edited_by,
                                   edited_at, approved_by, approved_at)
      select k.name, k.channel,
             coalesce((select max(version) from notice_template t
                        where t.name = k.name and t.channel = k.channel), 0) + 1,
             ?, ?, ?, ?, ?, ?, ?
        from (select ?::text as name, ?::text as channel) k
      returning version\
      """;
  private static final String APPROVE =
      """
      update notice_template set state = 'APPROVED', approved_by = ?, approved_at = ?
       where name = ? and channel = ? and version = ? and state = 'DRAFT'\
      """;

  private TemplateRows() {}

  static Map<Templates.Key, Template> current(Connection connection, Set<Templates.Key> keys)
      throws SQLException {
    Map<Templates.Key, Template> current = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(CURRENT)) {
      query.setArray(1, Columns.array(connection, "text", keys, Templates.Key::name));
      query.setArray(2, Columns.array(connection, "text", keys, Templates.Key::channel));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Templates.Key key = new Templates.Key(rows.getString(1), rows.getString(2));
          read(key, rows.getInt(3), JsonText.object(rows.getString(4)))
              .ifPresent(template -> current.put(key, template));
        }
      }
    }
    return current;
  }

  // Saved by a newer version of the product that was taken back: one unreadable template must not
  // keep all other notices of the batch.
  private static Optional<Template> read(Templates.Key key, int version, Map<String, Object> body) {
    try {
      return Optional.of(TemplateBody.read(key.name(), key.channel(), version, body));
    } catch (Refusal e) {
      LOG.errorf(
          "template.unreadable template=%s version=%d place=%s why=%s; the shipped one counts",
          key, version, e.place(), e.getMessage());
      return Optional.empty();
    }
  }

  /** One who writes at a time: numbers have no gaps and states no race. */
  static void lock(Connection connection, Templates.Key key) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_advisory_xact_lock(?, hashtext(?))")) {
      lock.setInt(1, LOCK_CLASS);
      lock.setString(2, key.toString());
      lock.execute();
    }
  }

  /** Current ones and drafts of all templates. */
  static List<TemplateVersion> list(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LIST)) {
      query.setInt(1, LIST_MAX);
      return versions(query);
    }
  }

  /** The versions of a template, the newest first, at most 200. */
  static List<TemplateVersion> versions(Connection connection, Templates.Key key)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(VERSIONS)) {
      query.setString(1, key.name());
      query.setString(2, key.channel());
      query.setInt(3, VERSIONS_SHOWN_MAX);
      return versions(query);
    }
  }

  static Optional<TemplateVersion> find(Connection connection, Templates.Key key, int version)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ONE)) {
      query.setString(1, key.name());
      query.setString(2, key.channel());
      query.setInt(3, version);
      return versions(query).stream().findFirst();
    }
  }

  static void retire(Connection connection, Templates.Key key, State state) throws SQLException {
    try (PreparedStatement retire = connection.prepareStatement(RETIRE)) {
      retire.setString(1, key.name());
      retire.setString(2, key.channel());
      retire.setString(3, state.name());
      retire.executeUpdate();
    }
  }

  /**
   * Adds a version; the caller holds the lock and has retired what it replaces.
   *
   * @param approved whether it is current at once
   * @return its number
   */
  static int add(
      Connection connection,
      Templates.Key key,
      Map<String, Object> body,
      Integer basedOn,
      Edit edit)
      throws SQLException {
    try (PreparedStatement add = connection.prepareStatement(ADD)) {
      Timestamp at = Timestamp.from(edit.at());
      add.setString(1, (edit.approved() ? State.APPROVED : State.DRAFT).name());
      add.setString(2, JsonText.of(body));
      add.setObject(3, basedOn, java.sql.Types.INTEGER);
      add.setString(4, edit.by());
      add.setTimestamp(5, at);
      add.setString(6, edit.approved() ? edit.by() : null);
      add.setTimestamp(7, edit.approved() ? at : null);
      add.setString(8, key.name());
      add.setString(9, key.channel());
      try (ResultSet row = add.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** Who edits, when, and whether it needs nobody's approval. */
  record Edit(String by, Instant at, boolean approved) {}

  /** Whether the draft was still one. */
  static boolean approve(
      Connection connection, Templates.Key key, int version, String by, Instant at)
      throws SQLException {
    try (PreparedStatement approve = connection.prepareStatement(APPROVE)) {
      approve.setString(1, by);
      approve.setTimestamp(2, Timestamp.from(at));
      approve.setString(3, key.name());
      approve.setString(4, key.channel());
      approve.setInt(5, version);
      return approve.executeUpdate() == 1;
    }
  }

  private static List<TemplateVersion> versions(PreparedStatement query) throws SQLException {
    List<TemplateVersion> versions = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        Timestamp approvedAt = rows.getTimestamp(10);
        versions.add(
            new TemplateVersion(
                new Templates.Key(rows.getString(1), rows.getString(2)),
                rows.getInt(3),
                State.valueOf(rows.getString(4)),
                JsonText.object(rows.getString(5)),
                rows.getObject(6, Integer.class),
                rows.getString(7),
                rows.getTimestamp(8).toInstant(),
                rows.getString(9),
                approvedAt == null ? null : approvedAt.toInstant()));
      }
    }
    return versions;
  }
}
