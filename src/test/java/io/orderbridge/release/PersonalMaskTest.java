package io.orderbridge.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R55")
class PersonalMaskTest {
  @Test
  void only_codes_numbers_and_times_are_shown_and_nothing_of_a_person() {
    Object shown =
        PersonalMask.of(
            "",
            Map.of(
                "order", Map.of("shop", "demo", "number", "1001"),
                "receiver", Map.of("zip", "200001", "tags", List.of("x")),
                "details", Map.of("total", "12.50", "note", "ring", "lines", List.of(2)),
                "at", "2026-11-30T01:02:03Z",
                "odd", List.of("13912345678", "王小明", "a@b.cn", "Main Road 5", 13912345678L)));

    assertThat(shown)
        .isEqualTo(
            Map.of(
                "order", Map.of("shop", "demo", "number", "1001"),
                "receiver", Map.of("zip", "*** (6)", "tags", List.of("*** (1)")),
                "details", Map.of("total", "12.50", "note", "*** (4)", "lines", List.of(2)),
                "at", "2026-11-30T01:02:03Z",
                "odd", List.of("*** (11)", "*** (3)", "*** (6)", "*** (11)", "***")));
  }

  @Test
  void the_way_to_a_value_says_that_it_is_personal_and_hides_keys_that_are_values() {
    assertThat(PersonalMask.of("/0/receiver/zip", "200001")).isEqualTo("*** (6)");
    assertThat(PersonalMask.of("/details/total", "1.00")).isEqualTo("1.00");
    assertThat(PersonalMask.pointer("/by/13912345678/total")).isEqualTo("/by/***/total");
  }
}
