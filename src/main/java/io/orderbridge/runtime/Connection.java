package io.orderbridge.runtime;

import io.orderbridge.alert.Channel;
import io.orderbridge.books.Book;
import io.orderbridge.call.CallSpec;
import io.orderbridge.call.TokenSpec;
import io.orderbridge.inbox.Receiving;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.notice.Vendor;
import io.orderbridge.outbox.Target;
import io.orderbridge.rows.Table;
import io.orderbridge.schedule.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One {@code routes/<system>/connection.yaml}, with all references resolved.
 *
 * @param name the folder
 * @param settings what routes read as {@code {{connection:<name>/<key>}}}; may hold secrets
 * @param receiving null when nothing is received
 * @param owns the milestones on which its word decides
 * @param target null when nothing is owed
 * @param database null when it has none
 * @param tables how its files of rows look
 * @param calls how its APIs are called
 * @param token null when it has no access token that ends
 * @param reads the sources that are read by period
 * @param alerts how it tells people; null when it does not
 * @param notices how it reaches customers; null when it does not
 * @param books how what it says becomes entries of a day
 */
record Connection(
    String name,
    Map<String, String> settings,
    Receiving receiving,
    Set<Milestone> owns,
    Target target,
    Login database,
    List<Table> tables,
    List<CallSpec> calls,
    TokenSpec token,
    List<Source> reads,
    Channel alerts,
    Vendor notices,
    List<Book> books) {
  Connection {
    settings = Map.copyOf(settings);
    owns = Set.copyOf(owns);
    tables = List.copyOf(tables);
    calls = List.copyOf(calls);
    reads = List.copyOf(reads);
    books = List.copyOf(books);
  }

  /** A database that routes reach as {@code jdbc:<name>}. */
  record Login(String url, String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /** Without the settings: they may hold secrets. */
  @Override
  public String toString() {
    return "Connection[%s, settings %s]".formatted(name, settings.keySet());
  }
}
