package io.orderbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.TestDatabase;
import io.orderbridge.store.AuditTrail.Entry;
import io.orderbridge.store.AuditTrail.Filter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people did is found by who, what, to what and when, however much there is. */
class AuditTrailDbTest {
  private static final Filter ANY = new Filter(null, null, null, null, null);

  private final Database database = new Database(TestDatabase.fresh());
  private final AuditTrail trail = new AuditTrail(database);

  @BeforeEach
  void fifty_thousand_looks_and_three_acts() {
    database.run(
        connection -> {
          try (Statement fill = connection.createStatement()) {
            fill.execute(
                "insert into audit (actor, action, subject, reason, detail) select 'li',"
                    + " 'message.opened', 'm' || i, '', '' from generate_series(1, 50000) i");
          }
          for (String subject : List.of("1", "2", "3")) {
            Audit.write(
                connection, new Audit.Act("wang", "user.locked", subject, "left", "was free"));
          }
          try (Statement analyze = connection.createStatement()) {
            analyze.execute("analyze audit");
          }
        });
  }

  private List<String> subjects(Filter filter, long before, int most) {
    return trail.list(filter, before, most).stream().map(entry -> entry.act().subject()).toList();
  }

  @Test
  void each_condition_narrows_down_and_the_newest_come_first_part_by_part() {
    Filter byWang = new Filter("wang", null, null, null, null);
    List<Entry> first = trail.list(byWang, Long.MAX_VALUE, 2);

    assertThat(first).extracting(entry -> entry.act().subject()).containsExactly("3", "2");
    assertThat(subjects(byWang, first.get(1).id(), 2)).containsExactly("1");
    assertThat(subjects(new Filter(null, "user.locked", "2", null, null), Long.MAX_VALUE, 9))
        .containsExactly("2");
    assertThat(subjects(new Filter(null, null, "m7", null, null), Long.MAX_VALUE, 9))
        .containsExactly("m7");
    Instant later = Instant.now().plusSeconds(60);
    assertThat(subjects(new Filter("wang", null, null, later, null), Long.MAX_VALUE, 9)).isEmpty();
    assertThat(subjects(new Filter("wang", null, null, null, later), Long.MAX_VALUE, 9)).hasSize(3);
    assertThat(subjects(ANY, Long.MAX_VALUE, 1)).containsExactly("3");
    assertThat(trail.find(first.get(0).id()).orElseThrow()).isEqualTo(first.get(0));
    assertThat(trail.find(0)).isEmpty();
    assertThat(trail.actions()).containsExactly("message.opened", "user.locked");
  }

  @Test
  void no_condition_reads_the_trail_from_end_to_end() {
    for (Filter filter :
        List.of(
            ANY,
            new Filter("wang", null, null, null, null),
            new Filter(null, "user.locked", null, null, null),
            new Filter(null, null, "2", null, null))) {
      AuditTrail.Query query = AuditTrail.query(filter, Long.MAX_VALUE, 101);
      assertThat(plan(query)).as(filter.toString()).doesNotContain("Seq Scan", "Rows Removed");
    }
  }

  private String plan(AuditTrail.Query query) {
    return database.inTransaction(
        connection -> {
          List<String> lines = new ArrayList<>();
          try (PreparedStatement explain =
              connection.prepareStatement("explain (analyze, timing off) " + query.sql())) {
            for (int i = 0; i < query.values().size(); i++) {
              explain.setObject(i + 1, query.values().get(i));
            }
            try (ResultSet row = explain.executeQuery()) {
              while (row.next()) {
                lines.add(row.getString(1));
              }
            }
          }
          return String.join("\n", lines);
        });
  }
}
