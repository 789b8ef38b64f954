package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.orderbridge.kernel.Milestone;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The schema that integrators use in their editors says what {@link FactsReader} does. */
class FactsSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode TEXT = text();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(TEXT);

  private static JsonNode text() {
    try (InputStream file = FactsSchemaTest.class.getResourceAsStream("/order-facts.schema.json")) {
      return JSON.readTree(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean valid(String json) {
    return SCHEMA.validate(JSON.valueToTree(FactsSamples.read(json))).isEmpty();
  }

  @Test
  void what_the_reader_takes_the_schema_takes() {
    for (String json : FactsSamples.good()) {
      assertThat(SCHEMA.validate(JSON.valueToTree(FactsSamples.read(json)))).as(json).isEmpty();
    }
  }

  @Test
  void what_the_reader_refuses_the_schema_refuses_as_far_as_a_schema_can_see_it() {
    for (FactsSamples.Bad bad : FactsSamples.bad()) {
      assertThat(valid(bad.json())).as(bad.json()).isEqualTo(!bad.schema());
    }
  }

  @Test
  void it_names_every_milestone_and_every_status_of_a_refund() {
    assertThat(names("/$defs/orderMilestone/enum", "/$defs/parcelMilestone/enum"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Milestone.values()).map(Enum::name).toList());
    assertThat(names("/$defs/refund/properties/status/enum"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(RefundStatus.values()).map(Enum::name).toList());
  }

  private static List<String> names(String... pointers) {
    List<String> names = new ArrayList<>();
    for (String pointer : pointers) {
      TEXT.at(pointer).forEach(name -> names.add(name.asText()));
    }
    return names;
  }
}
