package io.orderbridge.work;

import io.orderbridge.store.Columns;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which work of a queue is not settled, asked by what it refers to. */
@Singleton
public class Unsettled {
  // One statement, so one moment: what moves from the queue to the dead letters or back is seen in
  // one of the two.
  private static final String FIND =
      """
      select ref, false from work where queue = ? and ref = any (?)
      union all
      select ref, true from dead_letter where queue = ? and ref = any (?) and state = 'OPEN'\
      """;

  private final Database database;

  public Unsettled(Database database) {
    this.database = database;
  }

  /** How it is not settled. */
  public enum How {
    WAITING,
    DEAD
  }

  /** Those of the references that are not settled; what is missing in the answer is. */
  public Map<Long, How> find(String queue, Collection<Long> refs) {
    return database.inTransaction(
        connection -> {
          Map<Long, How> found = new HashMap<>();
          try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, queue);
            query.setArray(2, Columns.array(connection, "bigint", refs, ref -> ref));
            query.setString(3, queue);
            query.setArray(4, Columns.array(connection, "bigint", refs, ref -> ref));
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                How how = rows.getBoolean(2) ? How.DEAD : How.WAITING;
                // A letter that was replayed and waits again is not dead.
                found.merge(rows.getLong(1), how, (one, other) -> one == other ? one : How.WAITING);
              }
            }
          }
          return found;
        });
  }
}
