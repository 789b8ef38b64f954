package io.orderbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.TestDatabase;
import io.orderbridge.call.Breaker;
import io.orderbridge.call.Limits;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A target does not miss what happens while its file is refused (promise 4). */
@Tag("R11")
class KnownTargetsDbTest {
  private final Database database = new Database(TestDatabase.fresh());

  @Test
  void a_start_with_a_refused_file_goes_on_owing_what_was_owed() {
    // Given
    new KnownTargets(database, new Targets()).follow("erp", erp());
    Targets restarted = new Targets();
    KnownTargets known = new KnownTargets(database, restarted);

    // When
    known.recall();
    known.settle(Set.of("erp"));

    // Then
    Target target = restarted.find("erp").orElseThrow();
    assertThat(target.wants("order.paid")).isTrue();
    assertThat(target.needs()).containsExactly(Milestone.CREATED);
    assertThat(target.limits().inFlight()).as("nothing is sent meanwhile").isZero();
  }

  @Test
  void a_target_whose_file_is_gone_is_owed_nothing_more() {
    // Given
    new KnownTargets(database, new Targets()).follow("erp", erp());
    Targets restarted = new Targets();
    KnownTargets known = new KnownTargets(database, restarted);

    // When
    known.recall();
    known.settle(Set.of());

    // Then
    assertThat(restarted.find("erp")).isEmpty();
    Targets again = new Targets();
    new KnownTargets(database, again).recall();
    assertThat(again.find("erp")).as("forgotten for good").isEmpty();
  }

  private static Target erp() {
    return new Target(
        "erp",
        List.of("order.created", "order.paid"),
        Set.of("demo"),
        Set.of(Milestone.CREATED),
        false,
        null,
        new Target.Retry(List.of(Duration.ofSeconds(1)), Duration.ofHours(1)),
        new Limits(4, Limits.Rate.NONE, Duration.ofSeconds(5), 1024),
        new Breaker(5, Duration.ofSeconds(5)),
        Target.Moot.LATER_STATE,
        List.of(),
        null);
  }
}
