package io.orderbridge.account;

import io.orderbridge.account.User.Origin;
import io.orderbridge.kernel.Role;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table of users. Every method joins the caller's transaction. Thread-safe. */
@Singleton
class Users {
  private static final String COLUMNS =
      "select name, origin, roles, password, locked_at, signed_in_at from account_user";

  Optional<User> find(Connection connection, String name) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(COLUMNS + " where name = ?")) {
      query.setString(1, name);
      return rows(query).stream().findFirst();
    }
  }

  List<User> all(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(COLUMNS + " order by name")) {
      return rows(query);
    }
  }

  private static List<User> rows(PreparedStatement query) throws SQLException {
    List<User> users = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        users.add(
            new User(
                row.getString(1),
                Origin.valueOf(row.getString(2)),
                roles(row.getArray(3)),
                Optional.ofNullable(row.getString(4)),
                instant(row, 5),
                instant(row, 6)));
      }
    }
    return users;
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  private static Set<Role> roles(Array words) throws SQLException {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : (String[]) words.getArray()) {
      roles.add(Role.of(word));
    }
    return roles;
  }

  /** No other transaction adds or changes a user until this one ends. */
  void hold(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock table account_user in share row exclusive mode");
    }
  }

  boolean isEmpty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select exists (select from account_user)")) {
      row.next();
      return !row.getBoolean(1);
    }
  }

  /**
   * @return false when the name is taken; nothing was changed
   */
  boolean add(Connection connection, User user, String by, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into account_user (name, origin, roles, password, password_at, created_by,"
                + " created_at) values (?, ?, ?, ?, ?, ?, ?) on conflict (name) do nothing")) {
      insert.setString(1, user.name());
      insert.setString(2, user.origin().name());
      insert.setArray(3, words(connection, user.roles()));
      insert.setString(4, user.password().orElse(null));
      insert.setTimestamp(5, user.password().isPresent() ? Timestamp.from(now) : null);
      insert.setString(6, by);
      insert.setTimestamp(7, Timestamp.from(now));
      return insert.executeUpdate() == 1;
    }
  }

  void setRoles(Connection connection, String name, Set<Role> roles) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update account_user set roles = ? where name = ?")) {
      update.setArray(1, words(connection, roles));
      one(update, name);
    }
  }

  void setPassword(Connection connection, String name, String stored, Instant now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update account_user set password = ?, password_at = ?"
                + " where origin = 'LOCAL' and name = ?")) {
      update.setString(1, stored);
      update.setTimestamp(2, Timestamp.from(now));
      update.setString(3, name);
      counted(update, name);
    }
  }

  void setLocked(Connection connection, String name, Optional<Instant> at) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update account_user set locked_at = ? where name = ?")) {
      update.setTimestamp(1, at.map(Timestamp::from).orElse(null));
      one(update, name);
    }
  }

  void setSignedIn(Connection connection, String name, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update account_user set signed_in_at = ? where name = ?")) {
      update.setTimestamp(1, Timestamp.from(now));
      one(update, name);
    }
  }

  private static void one(PreparedStatement update, String name) throws SQLException {
    update.setString(2, name);
    counted(update, name);
  }

  private static void counted(PreparedStatement update, String name) throws SQLException {
    if (update.executeUpdate() != 1) {
      throw new IllegalStateException("user " + name + " is not there any more");
    }
  }

  private static Array words(Connection connection, Set<Role> roles) throws SQLException {
    return connection.createArrayOf("text", roles.stream().map(Role::word).sorted().toArray());
  }
}
