package io.orderbridge.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs over several processes, some of which die. */
@Tag("R09")
class ComparisonRunDbTest {
  private final Comparing one = Comparing.fresh().with(Comparing.pair("erp"));

  @BeforeEach
  void begin() {
    one.order("lost", "PAID");
    one.order("same", "PAID");
    one.state("erp", "same", "PAID");
    one.readAtTwo("erp");
  }

  @AfterEach
  void end() {
    one.close();
  }

  private long ask() {
    one.job.run(Map.of("system", "erp"), one.clock.instant());
    return one.newest("erp").id();
  }

  /** What a process holds that is in the middle of a comparison. */
  private Connection inTheMiddle(long run) throws SQLException {
    Connection connection = one.heart.source.getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(28529, hashtext('erp'))");
      statement.execute(
          "insert into comparison_row (run_id, at, class, shop, number, cause) values"
              + " (%d, now(), 'MISSING_THERE', 'half', 'done', '')".formatted(run));
    }
    one.runs.begin(run, "comparing", one.clock.instant());
    return connection;
  }

  @Test
  void a_pair_is_compared_by_one_process_at_a_time() throws SQLException {
    long run = ask();
    try (Comparing other = one.another();
        Connection busy = inTheMiddle(run)) {
      // When
      other.round.run(other.clock.instant());

      // Then
      assertThat(other.runs.find(run).orElseThrow().state()).isEqualTo(ComparisonRun.State.RUNNING);
      assertThat(other.runs.find(run).orElseThrow().view()).containsEntry("step", "comparing");
      busy.rollback();
    }
  }

  @Test
  void a_run_whose_process_died_in_the_middle_is_made_by_another_and_tells_the_same_once()
      throws SQLException {
    // Given
    long run = ask();
    inTheMiddle(run).close();

    // When
    try (Comparing other = one.another()) {
      other.round.run(other.clock.instant());
      other.round.run(other.clock.instant());

      // Then
      ComparisonRun made = other.runs.find(run).orElseThrow();
      assertThat(made.state()).isEqualTo(ComparisonRun.State.DONE);
      assertThat(other.differences(made)).containsExactly("MISSING_THERE lost NOT_TOLD");
      assertThat(other.told).hasSize(1);
      assertThat(other.followed).containsExactly("OPENED MISSING_THERE tmall-one/lost");
    }
  }

  @Test
  void asked_twice_for_the_same_while_it_waits_it_is_made_once() {
    long first = ask();
    assertThat(ask()).isEqualTo(first);

    one.round.run(one.clock.instant());

    assertThat(one.heart.number("select count(*) from comparison_run")).isEqualTo(1);
  }

  @Test
  void a_run_that_cannot_be_made_is_told_as_such_until_one_is_made() {
    // Given: the pair was taken out of its file after it was asked for
    ask();
    one.comparisons.replace(List.of());

    // When
    assertThatThrownBy(() -> one.round.run(one.clock.instant()))
        .hasMessageContaining("has no pair 'erp'");

    // Then
    ComparisonRun failed = one.newest("erp");
    assertThat(failed.state()).isEqualTo(ComparisonRun.State.FAILED);
    assertThat(failed.problem()).contains("has no pair 'erp'");
    assertThat(one.findings()).containsExactly("COMPARISON_FAILED erp ");

    // When
    one.comparisons.replace(List.of(Comparing.pair("erp")));
    one.compare("erp");

    // Then
    assertThat(one.findings()).containsExactly("MISSING_THERE tmall-one/lost erp");
  }

  @Test
  void a_route_may_name_the_system_and_the_days_and_is_refused_what_there_is_not() {
    one.job.run(Map.of("system", "erp", "days", "3"), one.clock.instant());
    assertThat(one.newest("erp").from()).isEqualTo("2026-11-17T16:00:00Z");

    assertThatThrownBy(() -> one.job.run(Map.of("system", "wms"), one.clock.instant()))
        .hasMessage("'system' is 'wms', mappings/rules/comparisons.yaml has [erp]");
    assertThatThrownBy(() -> one.job.run(Map.of("days", "all"), one.clock.instant()))
        .hasMessage("'days' is 'all', expected a whole number from 1 to 400");
  }

  @Test
  void a_period_is_named_by_days_of_the_pair_or_by_times() {
    ComparisonPair pair = Comparing.pair("erp");
    ComparisonPeriod days =
        ComparisonPeriod.of(pair, "2026-11-01", "2026-11-02", one.clock.instant());
    assertThat(days.from()).isEqualTo("2026-10-31T16:00:00Z");
    assertThat(days.to()).isEqualTo("2026-11-02T16:00:00Z");

    ComparisonPeriod times =
        ComparisonPeriod.of(
            pair, "2026-11-01T10:00:00+08:00", "2027-01-01T00:00:00Z", one.clock.instant());
    assertThat(times.to()).as("not into the future").isEqualTo(one.clock.instant());

    assertThatThrownBy(() -> ComparisonPeriod.of(pair, "yesterday", null, one.clock.instant()))
        .hasMessageStartingWith("'from' is no day such as 2026-11-20");
    assertThatThrownBy(
            () -> ComparisonPeriod.of(pair, "2026-11-02", "2026-11-01", one.clock.instant()))
        .hasMessage("'from' is not before 'to'");
  }
}
