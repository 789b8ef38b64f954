package io.orderbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitDbTest {
  private final Heart heart = Heart.fresh();
  private final CountDownLatch gathered = new CountDownLatch(1);
  private final AtomicInteger commits = new AtomicInteger();

  GroupCommitDbTest() {
    heart.execute("create table written (number int primary key check (number <> 13))");
  }

  @AfterEach
  void end() {
    heart.close();
  }

  private List<Integer> write(Connection connection, List<Integer> numbers) throws SQLException {
    await();
    commits.incrementAndGet();
    try (PreparedStatement insert =
        connection.prepareStatement("insert into written select unnest(?::int[])")) {
      insert.setArray(1, Columns.array(connection, "int", numbers, number -> number));
      insert.executeUpdate();
    }
    if (numbers.contains(17)) {
      throw new StackOverflowError("planted");
    }
    return numbers.stream().map(number -> number * 2).toList();
  }

  private void await() {
    try {
      assertThat(gathered.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      // close() interrupts the writer; what waits is written all the same.
      Thread.currentThread().interrupt();
    }
  }

  private GroupCommit<Integer, Integer> open(int capacity) {
    return new GroupCommit<>("test", heart.database, capacity, this::write);
  }

  private static List<CompletableFuture<Integer>> submit(
      GroupCommit<Integer, Integer> writer, int from, int to) {
    List<CompletableFuture<Integer>> results = new ArrayList<>();
    for (int number = from; number <= to; number++) {
      results.add(writer.submit(number));
    }
    return results;
  }

  @Test
  void what_gathers_while_one_commit_runs_shares_the_next() {
    try (GroupCommit<Integer, Integer> writer = open(1_000)) {
      List<CompletableFuture<Integer>> results = submit(writer, 100, 300);
      gathered.countDown();
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).join()).isEqualTo(2 * (100 + i));
      }
      assertThat(commits.get()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void a_write_that_cannot_be_written_fails_alone() {
    try (GroupCommit<Integer, Integer> writer = open(1_000)) {
      // Given: 13 breaks a constraint, 17 the virtual machine
      List<CompletableFuture<Integer>> results = submit(writer, 1, 20);

      // When
      gathered.countDown();

      // Then
      for (int number = 1; number <= 20; number++) {
        CompletableFuture<Integer> result = results.get(number - 1);
        if (number == 13 || number == 17) {
          assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS))
              .hasCauseInstanceOf(number == 13 ? StoreRefused.class : StackOverflowError.class);
        } else {
          assertThat(result.join()).isEqualTo(2 * number);
        }
      }
      assertThat(heart.number("select count(*) from written")).isEqualTo(18);
    }
  }

  @Test
  void more_than_may_wait_is_refused_at_once() {
    try (GroupCommit<Integer, Integer> writer = open(10)) {
      List<CompletableFuture<Integer>> results = submit(writer, 100, 400);
      assertThat(results.stream().filter(CompletableFuture::isCompletedExceptionally))
          .hasSizeGreaterThan(30);
      assertThatThrownBy(results.get(300)::join).hasCauseInstanceOf(StoreUnavailable.class);
      gathered.countDown();
    }
  }

  @Test
  void closing_writes_what_was_handed_over_and_takes_nothing_more() {
    GroupCommit<Integer, Integer> writer = open(1_000);
    List<CompletableFuture<Integer>> results = submit(writer, 100, 300);
    gathered.countDown();
    results.get(0).join();
    writer.close();
    assertThat(results).allSatisfy(result -> assertThat(result).isDone());
    assertThat(heart.number("select count(*) from written"))
        .isEqualTo(results.stream().filter(result -> !result.isCompletedExceptionally()).count());
    assertThatThrownBy(() -> writer.submit(1).join()).hasCauseInstanceOf(StoreUnavailable.class);
  }
}
