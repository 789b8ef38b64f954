package io.orderbridge.payment;

import io.orderbridge.kernel.Refusal;
import io.orderbridge.order.OrderBook;
import io.orderbridge.order.OrderBook.Recorded;
import io.orderbridge.store.Database;
import io.orderbridge.store.StoreRefused;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Gives the order book what a run found that its callback should have said: one fact for each, with
 * the message of the payment system as its evidence, so that events and debts follow as from the
 * callback itself. Said again it changes nothing, so a run that died half way is simply made again.
 */
@Singleton
class LostCallbacks {
  // A twentieth of what the order book lets wait: webhooks keep their place beside it.
  private static final int BATCH = 200;

  private final Database database;
  private final OrderBook book;

  LostCallbacks(Database database, OrderBook book) {
    this.database = database;
    this.book = book;
  }

  /** A row of the run that is to be recorded. */
  private record Lost(long id, long message, Map<String, Object> facts) {}

  /**
   * Records all rows of the run that wait for it, batch by batch.
   *
   * @return how many
   * @throws Runs.Lost when the run is in other hands
   */
  long record(Scope scope) {
    long recorded = 0;
    List<Lost> batch = next(scope.run(), 0);
    while (!batch.isEmpty()) {
      recorded += record(scope, batch);
      batch = next(scope.run(), batch.get(batch.size() - 1).id());
    }
    return recorded;
  }

  private long record(Scope scope, List<Lost> batch) {
    Map<Long, CompletableFuture<Recorded>> calls = new LinkedHashMap<>();
    Map<Long, String> refused = new LinkedHashMap<>();
    for (Lost lost : batch) {
      try {
        Long message = lost.message() == 0 ? null : lost.message();
        calls.put(lost.id(), book.record(lost.facts(), scope.source().connection(), message, null));
      } catch (Refusal e) {
        refused.put(lost.id(), e.place() + ": " + e.getMessage());
      }
    }
    List<Long> recorded = new ArrayList<>();
    calls.forEach(
        (id, call) -> {
          try {
            call.join();
            recorded.add(id);
          } catch (CompletionException e) {
            refused.put(id, refusal(e));
          }
        });
    database.run(
        connection -> {
          Runs.extend(connection, scope.run());
          Runs.mark(connection, scope.run(), recorded);
          for (Map.Entry<Long, String> one : refused.entrySet()) {
            Runs.refused(connection, scope.run(), one.getKey(), one.getValue());
          }
        });
    return recorded.size();
  }

  // Only this one fact cannot be written; anything else is the database's trouble, and the run is
  // made again.
  private static String refusal(CompletionException failure) {
    if (failure.getCause() instanceof StoreRefused refused) {
      return String.valueOf(refused.getMessage());
    }
    if (failure.getCause() instanceof RuntimeException cause) {
      throw cause;
    }
    throw failure;
  }

  private List<Lost> next(long run, long after) {
    return database.inTransaction(
        connection -> {
          List<Lost> found = new ArrayList<>();
          try (PreparedStatement query = query(connection, run, after);
              ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
              found.add(new Lost(rows.getLong(1), rows.getLong(10), facts(rows)));
            }
          }
          return found;
        });
  }

  private static PreparedStatement query(Connection connection, long run, long after)
      throws SQLException {
    PreparedStatement query = connection.prepareStatement(RunSql.TO_RECORD);
    query.setLong(1, run);
    query.setLong(2, after);
    query.setInt(3, BATCH);
    return query;
  }

  // What a mapping would have made of the callback.
  private static Map<String, Object> facts(ResultSet row) throws SQLException {
    Map<String, Object> money = new LinkedHashMap<>();
    money.put("amount", RecordRows.money(row.getString(7), row.getString(8)).toDecimal());
    money.put("currency", row.getString(8));
    Map<String, Object> fact = new LinkedHashMap<>();
    if (row.getString(2).equals(Transaction.Kind.REFUND.name())) {
      money.put("id", row.getString(4));
      money.put("status", row.getString(11));
      fact.put("refund", money);
    } else {
      money.put("id", row.getString(3));
      fact.put("milestone", "PAID");
      fact.put("payment", money);
    }
    fact.put("at", row.getTimestamp(9).toInstant().toString());
    return Map.of(
        "order",
        Map.of("shop", row.getString(5), "number", row.getString(6)),
        "facts",
        List.of(fact));
  }
}
