package io.orderbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.mapping.FieldChange.How;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R55")
class FieldChangeTest {
  @Test
  void fields_are_added_gone_or_changed_by_pointer() {
    Object before =
        Json.read("{\"a\": 1, \"b\": {\"x/y\": \"old\"}, \"c\": [1, 2, 3], \"d\": null}");
    Object after =
        Json.read("{\"a\": 1.0, \"b\": {\"x/y\": \"new\"}, \"c\": [1, 5], \"e\": [true]}");

    assertThat(FieldChange.between(before, after, 10))
        .extracting(FieldChange::pointer, FieldChange::how)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("/b/x~1y", How.CHANGED),
            org.assertj.core.groups.Tuple.tuple("/c/1", How.CHANGED),
            org.assertj.core.groups.Tuple.tuple("/c/2", How.GONE),
            org.assertj.core.groups.Tuple.tuple("/d", How.GONE),
            org.assertj.core.groups.Tuple.tuple("/e", How.ADDED));
  }

  @Test
  void other_kinds_of_results_differ_as_a_whole_and_no_more_are_looked_for_than_wanted() {
    assertThat(FieldChange.between(Json.read("[]"), Json.read("{}"), 10))
        .extracting(FieldChange::pointer)
        .containsExactly("");
    assertThat(FieldChange.between(Json.read("[1,2,3]"), Json.read("[4,5,6]"), 2)).hasSize(2);
  }
}
