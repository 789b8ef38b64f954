package io.orderbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.sandbox.Planted.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R58")
class PlantedTest {
  private static final Instant EVENING = Instant.parse("2026-11-29T15:00:00Z");
  private static final String UNKNOWN = "79999999";

  private final List<Story> invented = Story.invent(60, 7, "CNY", EVENING, new Random(1));
  private final Planted planted = new Planted(invented, UNKNOWN);

  @Test
  void one_of_each_kind_is_planted_in_an_order_of_its_own() {
    assertThat(planted.all().values().stream().map(Planted.Difference::kind))
        .containsExactlyInAnyOrder(Kind.values());
    assertThat(planted.all().get(UNKNOWN).kind()).isEqualTo(Kind.MISSING_LEFT);
  }

  @Test
  void every_seed_of_a_demo_of_sixty_orders_has_all_kinds() {
    for (int seed = 0; seed < 200; seed++) {
      List<Story> stories = Story.invent(60, 7, "CNY", EVENING, new Random(seed));
      assertThat(new Planted(stories, UNKNOWN).all()).hasSize(Kind.values().length);
    }
  }

  @Test
  void only_the_order_that_is_missing_for_good_is_placed_a_day_earlier() {
    List<Story> moved =
        planted.stories().stream().filter(s -> !invented.contains(s)).collect(Collectors.toList());

    assertThat(moved).hasSize(1);
    assertThat(planted.is(moved.get(0), Kind.MISSING_RIGHT)).isTrue();
    Story before = invented.get(planted.stories().indexOf(moved.get(0)));
    assertThat(moved.get(0).created()).isEqualTo(before.created().minus(Duration.ofDays(1)));
  }

  @Test
  void a_demo_that_is_too_small_has_less_planted() {
    assertThat(new Planted(List.of(), UNKNOWN).all()).isEmpty();
    assertThat(new Planted(List.of(), UNKNOWN).stray()).isNull();
  }
}
