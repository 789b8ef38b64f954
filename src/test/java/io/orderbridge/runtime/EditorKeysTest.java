package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.release.FilePath;
import io.orderbridge.release.Key;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is offered to who types is what the checks take. */
@Tag("R55")
class EditorKeysTest {
  private final EditorKeys keys = new EditorKeys();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          routes/erp/erp-in.camel.yaml            |                          |
          routes/erp/erp-in.camel.yaml            | *                        | route
          routes/erp/erp-in.camel.yaml            | */route/from/steps/*     | multicast
          routes/erp/erp-in.camel.yaml            | */route/from/steps/*/to  | uri
          routes/erp/connection.yaml              |                          | receives
          routes/erp/connection.yaml              | receives                 | signature
          mappings/rules/notices.yaml             | gates/shipped            | channels
          mappings/rules/notices.yaml             | policy/*                 | content
          mappings/reconciliations/shop.yaml      | tolerance                | amount
          mappings/erp/order.jsonata              |                          | trackingNo
          mappings/erp/order.jsonata              |                          | $money
          """)
  void a_key_is_offered_at_its_place(String path, String place, String key) {
    List<String> steps = place == null ? List.of() : List.of(place.split("/"));
    List<String> offered = keys.at(FilePath.of(path), steps).stream().map(Key::name).toList();

    if (key == null) {
      assertThat(offered).isEmpty();
    } else {
      assertThat(offered).contains(key);
    }
  }
}
