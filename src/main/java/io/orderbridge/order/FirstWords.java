package io.orderbridge.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.store.Columns;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Who spoke first. Asked of messages that were read from a source: what they were the first to say
 * was not pushed before.
 */
@Singleton
public class FirstWords {
  private static final ObjectMapper JSON = new ObjectMapper();

  // What was recorded in one commit counts in the order of arrival.
  private static final String WORDS =
      """
      select m.inbox_id, m.facts,
             array(select e.facts from order_fact e
                    where e.order_id = m.order_id and e.inbox_id is distinct from m.inbox_id
                      and (e.recorded_at, coalesce(e.inbox_id, 0)) < (m.recorded_at, m.inbox_id))
        from order_fact m
       where m.inbox_id = any (?)\
      """;

  private final Database database;

  public FirstWords(Database database) {
    this.database = database;
  }

  /**
   * Those of the messages that were the first to speak of an order, of one of its milestones, or of
   * a step of a refund.
   */
  public Set<Long> of(Collection<Long> inboxIds) {
    return database.inTransaction(
        connection -> {
          Set<Long> first = new HashSet<>();
          try (PreparedStatement query = connection.prepareStatement(WORDS)) {
            query.setArray(1, Columns.array(connection, "bigint", inboxIds, id -> id));
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                if (isFirst(rows)) {
                  first.add(rows.getLong(1));
                }
              }
            }
          }
          return first;
        });
  }

  private static boolean isFirst(ResultSet row) throws SQLException {
    String[] earlier = (String[]) row.getArray(3).getArray();
    if (earlier.length == 0) {
      return true;
    }
    Set<String> said = new HashSet<>();
    for (String facts : earlier) {
      said.addAll(words(facts));
    }
    return !said.containsAll(words(row.getString(2)));
  }

  private static Set<String> words(String facts) {
    Set<String> words = new HashSet<>();
    for (JsonNode fact : tree(facts).path("facts")) {
      String name =
          fact.has("refund")
              ? fact.path("refund").asText() + "/" + fact.path("status").asText()
              : fact.path("milestone").asText() + "@" + fact.path("parcel").asText();
      words.add(name);
    }
    return words;
  }

  private static JsonNode tree(String facts) {
    try {
      return JSON.readTree(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the history of an order is not readable", e);
    }
  }
}
