package io.orderbridge.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Where features gather, within one transaction, which orders needed a person. Each adds by a
 * statement over its own tables to the temporary table {@code by_hand_now}: {@code what} was done,
 * and either the {@code subject}, which is {@code shop/number}, or the message {@code inbox_id}.
 */
public final class ByHand {
  private ByHand() {}

  /** Makes the table, empty; it lasts as long as the transaction. */
  public static void begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create temporary table by_hand_now (what text not null, subject text, inbox_id bigint)
          on commit drop\
          """);
    }
  }
}
