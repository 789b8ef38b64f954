package io.orderbridge.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The trail of what people did by hand. Rows can be added and read, never changed: the database
 * refuses it.
 */
public final class Audit {
  private Audit() {}

  /**
   * One act of a person.
   *
   * @param actor who, as the sign-in names them
   * @param action {@code noun.verb}, for example {@code dead-letter.replayed}
   * @param subject what it was done to
   * @param reason in the person's words; empty when none was asked for
   * @param detail before and after, without secrets and personal data
   */
  public record Act(String actor, String action, String subject, String reason, String detail) {}

  /** Writes the act in the caller's transaction: it stands if and only if the change does. */
  public static void write(Connection connection, Act act) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into audit (actor, action, subject, reason, detail) values (?, ?, ?, ?, ?)")) {
      insert.setString(1, act.actor());
      insert.setString(2, act.action());
      insert.setString(3, act.subject());
      insert.setString(4, act.reason());
      insert.setString(5, act.detail());
      insert.executeUpdate();
    }
  }
}
