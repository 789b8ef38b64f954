package io.orderbridge.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ClaimCostDbTest {
  private static final Pattern BUFFERS = Pattern.compile("shared ((?:\\w+=\\d+ ?)+)");
  private static final Pattern COUNT = Pattern.compile("(hit|read)=(\\d+)");
  private static final String CLAIM =
      """
      explain (analyze, buffers)
      with due as (
        select queue, lane from lane where queue = 'outbox:erp' and due_at <= now()
         order by due_at limit 16 for update skip locked)
      update lane l
         set token = nextval('claim_token'), holder = 1, strikes = l.strikes + 1,
             due_at = now() + make_interval(secs => 60)
        from due d
       where l.queue = d.queue and l.lane = d.lane
      returning l.lane, l.token, l.pokes, l.strikes\
      """;

  @Test
  void a_claim_costs_no_more_with_a_hundred_times_as_many_lanes_waiting() {
    try (Heart heart = Heart.fresh()) {
      // Given
      fill(heart, 1, 1_000);
      long few = buffers(heart);

      // When
      fill(heart, 1_001, 100_000);
      long many = buffers(heart);

      // Then
      assertThat(many).as("buffers with 1,000 lanes: %d", few).isLessThanOrEqualTo(2 * few);
    }
  }

  private static void fill(Heart heart, int from, int to) {
    heart.execute(
        "insert into lane (queue, lane, due_at) select 'outbox:erp', 'demo/' || n,"
            + " now() - interval '1 hour' + n * interval '1 ms' from generate_series("
            + from
            + ", "
            + to
            + ") n");
    heart.execute("analyze lane");
  }

  // The first line with buffers is that of the whole statement.
  private static long buffers(Heart heart) {
    heart.texts(CLAIM);
    List<String> plan = heart.texts(CLAIM);
    for (String line : plan) {
      Matcher found = BUFFERS.matcher(line);
      if (found.find()) {
        return COUNT
            .matcher(found.group(1))
            .results()
            .mapToLong(count -> Long.parseLong(count.group(2)))
            .sum();
      }
    }
    throw new AssertionError("no buffers in " + plan);
  }
}
