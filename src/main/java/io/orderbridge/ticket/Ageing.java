package io.orderbridge.ticket;

import io.orderbridge.kernel.Money;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How old the work is that is not done, and how much money lies in it (账龄). */
@Singleton
public class Ageing {
  // In business days; what is older than the last is the fifth bucket (R34).
  private static final List<Integer> UP_TO = List.of(1, 3, 7, 30);

  /** The buckets, in business days, the youngest first. */
  public static final List<String> NAMES = List.of("0-1", "2-3", "4-7", "8-30", ">30");

  private final Database database;
  private final PolicyInForce policy;

  public Ageing(Database database, PolicyInForce policy) {
    this.database = database;
    this.policy = policy;
  }

  /**
   * The tickets of one age.
   *
   * @param days business days since the ticket was opened, the day of opening not counted
   * @param count of all tickets, those without an amount included
   */
  public record Bucket(String days, long count, List<Sum> amounts) {}

  /**
   * What lies in the tickets of one currency.
   *
   * @param amount decimal text; amounts of either sign are added as they are
   * @param count of the tickets that have an amount in it
   */
  public record Sum(String currency, String amount, long count) {}

  /**
   * All five buckets, the empty ones as well.
   *
   * @param owner null for the tickets of all
   */
  public List<Bucket> of(String owner, Instant now) {
    return ofAny(owner == null ? Set.of() : Set.of(owner), now);
  }

  /**
   * The same for the tickets of several.
   *
   * @param owners roles and persons; empty for the tickets of all
   */
  public List<Bucket> ofAny(Set<String> owners, Instant now) {
    BusinessCalendar calendar = policy.current().calendar();
    return database.inTransaction(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(TicketSql.AGEING)) {
            int place = 1;
            for (int days : UP_TO) {
              query.setTimestamp(place++, Timestamp.from(calendar.agedAtMost(days, now)));
            }
            java.sql.Array names = connection.createArrayOf("text", owners.toArray());
            query.setArray(place++, names);
            query.setArray(place, names);
            return buckets(query);
          }
        });
  }

  /**
   * When a ticket of a bucket was opened: at or after the first, before the second.
   *
   * @param from null when there is no earliest
   * @param before null when there is no latest
   */
  public record Span(Instant from, Instant before) {
    /** Of whatever age. */
    public static final Span ANY = new Span(null, null);
  }

  /**
   * The span of a bucket, so that the rows behind its count can be listed.
   *
   * @param days one of {@link #NAMES}
   * @throws IllegalArgumentException when there is no such bucket
   */
  public Span span(String days, Instant now) {
    int bucket = NAMES.indexOf(days);
    if (bucket < 0) {
      throw new IllegalArgumentException("'age' is one of " + String.join(", ", NAMES));
    }
    BusinessCalendar calendar = policy.current().calendar();
    return new Span(
        bucket == UP_TO.size() ? null : calendar.agedAtMost(UP_TO.get(bucket), now),
        bucket == 0 ? null : calendar.agedAtMost(UP_TO.get(bucket - 1), now));
  }

  /**
   * From which day on something is in the first, second, third and fourth bucket; what began before
   * the last of these days is in the fifth.
   */
  public List<LocalDate> since(Instant now) {
    BusinessCalendar calendar = policy.current().calendar();
    return UP_TO.stream()
        .map(days -> LocalDate.ofInstant(calendar.agedAtMost(days, now), calendar.zone()))
        .toList();
  }

  private static List<Bucket> buckets(PreparedStatement query) throws SQLException {
    long[] counts = new long[NAMES.size()];
    List<List<Sum>> sums = new ArrayList<>();
    NAMES.forEach(name -> sums.add(new ArrayList<>()));
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        int bucket = rows.getInt(1);
        counts[bucket] += rows.getLong(3);
        BigDecimal sum = rows.getBigDecimal(4);
        if (sum != null) {
          sums.get(bucket).add(sum(rows.getString(2), sum, rows.getLong(3)));
        }
      }
    }
    List<Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      buckets.add(new Bucket(NAMES.get(i), counts[i], List.copyOf(sums.get(i))));
    }
    return buckets;
  }

  // The sum may be beyond what one order may cost, so it is no Money.
  private static Sum sum(String currency, BigDecimal sum, long count) {
    int digits = Money.currency(currency).getDefaultFractionDigits();
    BigDecimal shown = sum.stripTrailingZeros();
    return new Sum(
        currency, shown.setScale(Math.max(digits, shown.scale())).toPlainString(), count);
  }
}
