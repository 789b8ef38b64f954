package io.orderbridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An act on many letters, carried from part to part by the form. */
class BatchTest {
  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private static MultivaluedMap<String, String> form(String... fields) {
    MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      form.add(fields[i], fields[i + 1]);
    }
    return form;
  }

  private static Batch again(Batch batch) {
    MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
    batch.fields().forEach(form::putSingle);
    form.putSingle("perSecond", Integer.toString(batch.pace().perSecond()));
    return Batch.going(form);
  }

  @Test
  void letters_that_die_after_the_question_are_not_meant() {
    Batch all = Batch.asked(form("act", "replay", "which", "all", "to", "2026-11-20T13:00"), NOON);
    assertThat(all.filter(ZONE).to()).as("one o'clock there is five UTC").isEqualTo(NOON);
    Batch early =
        Batch.asked(form("act", "replay", "which", "all", "to", "2026-11-20T11:00"), NOON);
    assertThat(early.filter(ZONE).to()).isEqualTo(NOON.minusSeconds(3600));
  }

  @Test
  void ticked_letters_are_taken_part_by_part_and_each_once() {
    MultivaluedMap<String, String> form =
        form("act", "replay", "which", "ticked", "id", "3", "id", "5", "id", "9", "perSecond", "2");
    Batch batch = Batch.asked(form, NOON).withTotal(3);

    assertThat(batch.next()).containsExactly(3L, 5L);
    Batch second = again(batch.past(batch.next(), 2));
    assertThat(second.next()).containsExactly(9L);
    Batch over = again(second.past(second.next(), 0));
    assertThat(over.next()).isEmpty();
    assertThat(List.of(over.isOver(), over.done() == 2, over.seen() == 3)).containsOnly(true);
  }

  @Test
  void a_part_that_finds_nothing_ends_it() {
    Batch all = Batch.asked(form("act", "discard", "which", "all"), NOON).withTotal(7);
    assertThat(all.past(List.of(), 0).isOver()).isTrue();
  }

  @Test
  void nothing_ticked_is_not_everything() {
    assertThatThrownBy(() -> Batch.asked(form("act", "discard", "which", "ticked"), NOON))
        .hasMessageContaining("no letter is ticked");
    assertThatThrownBy(() -> Batch.asked(form("act", "discard"), NOON))
        .hasMessageContaining("which");
    assertThatThrownBy(() -> Batch.going(form("act", "drop")))
        .hasMessageContaining("expected replay or discard");
    assertThatThrownBy(() -> Batch.going(form("act", "replay"))).hasMessageContaining("until");
  }
}
