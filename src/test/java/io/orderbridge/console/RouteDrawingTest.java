package io.orderbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.release.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteDrawingTest {
  @Test
  @SuppressWarnings("unchecked")
  void branches_stand_within_their_choice_and_are_numbered() {
    Step when = new Step("when", "simple{x}", List.of(new Step("to", "direct:a", List.of())));
    Step choice = new Step("choice", "", List.of(when, new Step("otherwise", "", List.of())));
    Map<String, Object> drawing =
        RouteDrawing.of(List.of(new Step("from", "inbox:erp", List.of(choice))));

    List<Map<String, Object>> boxes = (List<Map<String, Object>>) drawing.get("boxes");
    assertThat(boxes.stream().map(box -> box.get("number") + " " + box.get("kind")))
        .containsExactly("1 from", "1.1 choice", "1.1.1 when", "1.1.1.1 to", "1.1.2 otherwise");
    assertThat((List<?>) drawing.get("lines")).hasSize(4);
    assertThat((int) boxes.get(3).get("x")).isGreaterThan((int) boxes.get(2).get("x"));
  }
}
