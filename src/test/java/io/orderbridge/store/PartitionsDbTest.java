package io.orderbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.TestDatabase;
import io.orderbridge.store.Partitions.Kept;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionsDbTest {
  private static final List<Kept> TABLES =
      List.of(new Kept("event", false, 35), new Kept("inbox_seen", true, 62));

  private final Database database = new Database(TestDatabase.fresh());
  private final Partitions partitions = new Partitions(database);

  private List<String> names(String table) {
    return database.inTransaction(
        connection -> {
          List<String> names = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet rows =
                  statement.executeQuery(
                      "select inhrelid::regclass::text from pg_inherits where inhparent = '"
                          + table
                          + "'::regclass order by 1")) {
            while (rows.next()) {
              names.add(rows.getString(1));
            }
          }
          return names;
        });
  }

  @Test
  void there_is_room_from_yesterday_to_a_week_ahead_over_the_end_of_the_year() {
    partitions.keep(TABLES, LocalDate.parse("2026-12-28"));
    partitions.keep(TABLES, LocalDate.parse("2026-12-28"));
    assertThat(names("event")).hasSize(9).startsWith("event_20261227").endsWith("event_20270104");
    assertThat(names("inbox_seen")).containsExactly("inbox_seen_20261201", "inbox_seen_20270101");
  }

  @Test
  void a_year_of_days_keeps_what_is_within_the_retention_and_nothing_else() {
    LocalDate day = LocalDate.parse("2026-01-01");
    for (int i = 0; i < 120; i++) {
      partitions.keep(TABLES, day.plusDays(i));
    }
    LocalDate last = day.plusDays(119);
    assertThat(names("event"))
        .hasSize(36 + 8)
        .startsWith("event_" + last.minusDays(36).toString().replace("-", ""));
    assertThat(names("inbox_seen"))
        .containsExactly(
            "inbox_seen_20260201",
            "inbox_seen_20260301",
            "inbox_seen_20260401",
            "inbox_seen_20260501");
  }
}
