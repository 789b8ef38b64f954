package io.orderbridge.finding;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.finding.Finding.Kind;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which orders the open findings are about: an order is counted once however much is found of it.
 * By the open findings' own index; joins the caller's transaction.
 */
@Singleton
public class Concerned {
  /** The kinds that speak of orders; of what else they may speak has no slash in its name. */
  public static final Set<Kind> KINDS =
      EnumSet.complementOf(EnumSet.of(Kind.LINK, Kind.BOOKS, Kind.HEALTH));

  /**
   * The orders ({@code subject}) of the open findings, to be joined by other features' statements;
   * its parameters are an array of kinds and the subject after which to begin.
   */
  public static final String SUBJECTS =
      """
      (select distinct subject from finding
        where state = 'OPEN' and kind = any (?::text[]) and position('/' in subject) > 0
          and subject > ?)\
      """;

  // Each order once with the set of its kinds: one pass, where counting the distinct per kind sorts
  // all of them (ten thousand: 5 ms instead of 18).
  /** Sets of kinds, as bits by their place in the array that is its parameter, and their orders. */
  public static final String COUNT =
      """
      select kinds, count(*)
        from (select bit_or(1 << array_position(k.names, kind)) as kinds
                from finding, (select ?::text[] as names) k
               where state = 'OPEN' and kind = any (k.names) and position('/' in subject) > 0
               group by subject) o
       group by kinds\
      """;

  private static final String OF_SUBJECTS =
      """
      select subject, kind, code, level, amount::text, currency, zh, en from finding
       where state = 'OPEN' and subject = any (?) and kind = any (?::text[]) order by id\
      """;

  /**
   * How many orders there are open findings of.
   *
   * @param orders of any kind
   */
  public record Counts(long orders, Map<Kind, Long> byKind) {}

  /**
   * What was found of an order.
   *
   * @param amount decimal text; null when it is about no money, as is the currency
   */
  public record Found(
      Kind kind, String code, String level, String amount, String currency, String zh, String en) {}

  public Counts counts(Connection connection) throws SQLException {
    Map<Kind, Long> byKind = new EnumMap<>(Kind.class);
    long all = 0;
    try (PreparedStatement query = connection.prepareStatement(COUNT)) {
      query.setArray(1, array(connection, "text", KINDS, Kind::name));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          long orders = rows.getLong(2);
          all += orders;
          // Places in an array of SQL begin at one.
          int bit = 1;
          for (Kind kind : KINDS) {
            if ((rows.getInt(1) & 1 << bit++) != 0) {
              byKind.merge(kind, orders, Long::sum);
            }
          }
        }
      }
    }
    return new Counts(all, byKind);
  }

  /** What is found of these orders now; who has nothing is missing. */
  public Map<String, List<Found>> of(Connection connection, Collection<String> subjects)
      throws SQLException {
    Map<String, List<Found>> found = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(OF_SUBJECTS)) {
      query.setArray(1, array(connection, "text", subjects, subject -> subject));
      query.setArray(2, array(connection, "text", KINDS, Kind::name));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found
              .computeIfAbsent(rows.getString(1), subject -> new ArrayList<>())
              .add(
                  new Found(
                      Kind.valueOf(rows.getString(2)),
                      rows.getString(3),
                      rows.getString(4),
                      rows.getString(5),
                      rows.getString(6),
                      rows.getString(7),
                      rows.getString(8)));
        }
      }
    }
    return found;
  }
}
