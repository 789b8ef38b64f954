package io.orderbridge.alert;

import static io.orderbridge.store.Columns.array;

import io.orderbridge.alert.Part.Details;
import io.orderbridge.alert.Part.Sample;
import io.orderbridge.kernel.Wording;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what the alerts of some parts say, each alert once however many lines hold it. */
final class PartDetails {
  private static final String OF =
      """
      with g as (select * from unnest(?::int[], ?::bigint[]) as g (place, line_id)),
      x as (select distinct g.place, i.alert_id
              from g join alert_in_line i on i.line_id = g.line_id)
      """;
  private static final String COUNTS =
      OF
          + """
          select x.place, count(*), sum(a.count), count(c.alert_id)
            from x join alert a on a.id = x.alert_id
            left join alert_cleared c on c.alert_id = x.alert_id
           group by x.place\
          """;
  private static final String SUMS =
      OF
          + """
          select x.place, a.currency, sum(a.amount)
            from x join alert a on a.id = x.alert_id
           where a.amount is not null group by x.place, a.currency\
          """;
  // BREACH before WARNING.
  private static final String SAMPLES =
      OF
          + """
          select place, zh, en, subject, link
            from (select x.place, a.zh, a.en, a.subject, a.link,
                         row_number() over (partition by x.place order by a.level, a.id) as number
                    from x join alert a on a.id = x.alert_id) s
           where number <= ? order by place, number\
          """;

  private final Map<Integer, long[]> counts = new TreeMap<>();
  private final Map<Integer, Map<String, BigDecimal>> sums = new TreeMap<>();
  private final Map<Integer, List<Sample>> samples = new TreeMap<>();

  private PartDetails() {}

  /** The parts with their details; of each at most so many samples. */
  static List<Part> load(Connection connection, List<Part> parts, int samplesMax)
      throws SQLException {
    List<long[]> places = new ArrayList<>();
    for (int place = 0; place < parts.size(); place++) {
      for (long line : parts.get(place).lines()) {
        places.add(new long[] {place, line});
      }
    }
    PartDetails details = new PartDetails();
    details.read(connection, COUNTS, places, 0, PartDetails::count);
    details.read(connection, SUMS, places, 0, PartDetails::sum);
    details.read(connection, SAMPLES, places, samplesMax, PartDetails::sample);
    List<Part> with = new ArrayList<>();
    for (int place = 0; place < parts.size(); place++) {
      with.add(parts.get(place).with(details.of(place)));
    }
    return with;
  }

  private interface Reader {
    void read(PartDetails into, ResultSet row) throws SQLException;
  }

  private void read(Connection connection, String sql, List<long[]> places, int max, Reader reader)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setArray(1, array(connection, "integer", places, place -> (int) place[0]));
      query.setArray(2, array(connection, "bigint", places, place -> place[1]));
      if (max > 0) {
        query.setInt(3, max);
      }
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          reader.read(this, rows);
        }
      }
    }
  }

  private static void count(PartDetails into, ResultSet row) throws SQLException {
    into.counts.put(row.getInt(1), new long[] {row.getLong(2), row.getLong(3), row.getLong(4)});
  }

  private static void sum(PartDetails into, ResultSet row) throws SQLException {
    into.sums
        .computeIfAbsent(row.getInt(1), place -> new TreeMap<>())
        .put(row.getString(2), row.getBigDecimal(3));
  }

  private static void sample(PartDetails into, ResultSet row) throws SQLException {
    Wording text = new Wording(row.getString(2), row.getString(3));
    into.samples
        .computeIfAbsent(row.getInt(1), place -> new ArrayList<>())
        .add(new Sample(text, row.getString(4), row.getString(5)));
  }

  private Details of(int place) {
    long[] count = counts.get(place);
    return new Details(
        count[0], count[1], count[2], sums.getOrDefault(place, Map.of()), samples.get(place));
  }
}
