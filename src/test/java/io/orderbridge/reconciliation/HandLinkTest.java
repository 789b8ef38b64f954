package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.reconciliation.HandLink.Spot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandLinkTest {
  private static final long SEED = 20_261_139L;

  @Test
  void a_link_says_the_same_in_every_process_for_the_hash_of_a_run_holds_it() {
    List<Spot> spots = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      spots.add(new Spot(1 + i / 10, 8 * (i % 10)));
    }
    List<Spot> mixed = new ArrayList<>(spots);
    Collections.shuffle(mixed, new Random(SEED));

    HandLink link = new HandLink(7, new HashSet<>(mixed), Set.of());

    assertThat(link.left()).containsExactlyElementsOf(spots);
    assertThat(link)
        .hasToString("HandLink[id=7, left=%s, right=[]]".formatted(spots))
        .isEqualTo(new HandLink(7, new HashSet<>(spots), Set.of()));
  }
}
