package io.orderbridge.reconciliation;

import static io.orderbridge.reconciliation.Office.DAY;
import static io.orderbridge.reconciliation.Office.LEFT;
import static io.orderbridge.reconciliation.Office.NAME;
import static io.orderbridge.reconciliation.Office.RIGHT;
import static io.orderbridge.reconciliation.Office.line;
import static io.orderbridge.reconciliation.Office.night;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes, and one that dies in the middle of a run. */
@Tag("R40")
@Tag("R85")
class RunRaceDbTest {
  private static final String UNGRANTED =
      """
      select count(*) from pg_locks where locktype = 'advisory' and not granted
         and database = (select oid from pg_database where datname = current_database())\
      """;

  private final Office office = Office.fresh();
  private final Office second = office.another();

  @BeforeEach
  void books() {
    office.take(LEFT, DAY, line(DAY, "1", "10.00"), line(DAY, "2", "20.00"));
    office.take(RIGHT, DAY, line(DAY, "1", "10.00"), line(DAY, "9", "9.00"));
  }

  @AfterEach
  void end() {
    second.close();
    office.close();
  }

  private void assertOnce() {
    assertThat(office.heart.number("select count(*) from books.run")).isEqualTo(1);
    assertThat(office.heart.number("select count(distinct run) from books.item")).isEqualTo(1);
    assertThat(office.heart.texts("select act from book_break_act"))
        .containsExactly("OPENED", "OPENED");
    assertThat(office.heart.number("select count(*) from book_run_attempt")).isZero();
  }

  @Test
  void two_processes_at_once_make_one_run() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Runs.Answer>> asked = new ArrayList<>();
    for (Office one : List.of(office, second, office, second)) {
      asked.add(threads.submit(() -> one.runs.run(NAME, DAY, "schedule", night(DAY))));
    }
    List<Runs.Answer> answers = new ArrayList<>();
    for (Future<Runs.Answer> one : asked) {
      answers.add(one.get(60, TimeUnit.SECONDS));
    }
    threads.shutdown();

    assertThat(answers)
        .extracting(answer -> answer.run().hash())
        .containsOnly(answers.get(0).run().hash());
    assertThat(answers).filteredOn(Runs.Answer::made).hasSize(1);
    assertOnce();
  }

  @Test
  void a_process_that_dies_in_the_middle_leaves_nothing_and_the_next_makes_the_run() {
    Comparing whole = second.comparing;
    second.comparing =
        (connection, task, items, progress) -> {
          Tally.Both came = whole.compare(connection, task, items, progress);
          second.heart.close();
          return came;
        };

    assertThatThrownBy(() -> second.runs.run(NAME, DAY, "schedule", night(DAY)))
        .isInstanceOf(RuntimeException.class);

    assertThat(office.heart.number("select count(*) from books.run")).isZero();
    assertThat(office.heart.number("select count(*) from books.item")).isZero();
    assertThat(office.breaks()).isEmpty();
    assertThat(office.findings()).isEmpty();

    office.round.run(night(DAY).plusSeconds(60));
    assertOnce();
  }

  @Test
  void who_waits_for_a_run_does_not_hide_it() throws Exception {
    Comparing whole = office.comparing;
    ExecutorService threads = Executors.newSingleThreadExecutor();
    List<Future<Runs.Answer>> waits = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    office.comparing =
        (connection, task, items, progress) -> {
          waits.add(threads.submit(() -> second.runs.run(NAME, DAY, "ann", night(DAY))));
          Await.until(
              "the second waits for the first",
              Duration.ofSeconds(20),
              () -> second.heart.number(UNGRANTED) == 1);
          progress.at("giving", 1, 2);
          seen.addAll(second.heart.texts("select run || ' ' || phase from book_run_attempt"));
          return whole.compare(connection, task, items, progress);
        };

    Run run = office.night(DAY, "schedule");

    assertThat(waits.get(0).get(20, TimeUnit.SECONDS).run().id()).isEqualTo(run.id());
    threads.shutdown();
    assertThat(seen).containsExactly(run.id() + " giving");
    assertOnce();
  }

  @Test
  void who_waits_in_the_same_process_holds_no_connection() throws Exception {
    Comparing whole = office.comparing;
    List<Long> waiting = new ArrayList<>();
    Thread waiter = new Thread(() -> office.runs.run(NAME, DAY, "ann", night(DAY)));
    office.comparing =
        (connection, task, items, progress) -> {
          waiter.start();
          Await.until(
              "the second waits for the first",
              Duration.ofSeconds(20),
              () -> waiter.getState() == Thread.State.WAITING);
          waiting.add(second.heart.number(UNGRANTED));
          return whole.compare(connection, task, items, progress);
        };

    office.night(DAY, "schedule");
    waiter.join();

    assertThat(waiting).containsExactly(0L);
    assertOnce();
  }

  @Test
  void how_far_a_run_is_can_be_seen_while_it_runs() {
    Comparing whole = office.comparing;
    List<Map<String, Object>> seen = new ArrayList<>();
    office.comparing =
        (connection, task, items, progress) -> {
          progress.at("giving", 1, 400_000);
          progress.at("giving", 100_000, 400_000);
          long run = second.heart.number("select run from book_run_attempt");
          seen.add(RunView.of(second.attempts.find(run).orElseThrow()));
          return whole.compare(connection, task, items, progress);
        };

    Run run = office.night(DAY, "schedule");

    assertThat(seen.get(0))
        .containsEntry("id", run.id())
        .containsEntry("state", "RUNNING")
        .containsEntry("phase", "giving")
        .containsEntry("done", 100_000L)
        .containsKeys("perSecond", "remainingSeconds");
    assertThat(office.attempts.find(run.id())).isEmpty();
  }
}
