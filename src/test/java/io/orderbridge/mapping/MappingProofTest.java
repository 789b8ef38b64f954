package io.orderbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.FileProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MappingProofTest {
  private static final String MAPPING = "/* s, 2026 */ {'a': x, 'k': $kind}";

  @Test
  @Tag("R82")
  void every_shipped_mapping_is_proved() {
    Map<String, byte[]> files = MappingFiles.under(Path.of("mappings"));
    assertThat(files).containsKeys("shopify/event.jsonata", "wms/order.jsonata");
    assertThat(MappingProof.run(files)).isEmpty();
  }

  @Test
  void a_proof_holds_with_and_without_bindings() {
    assertThat(
            run(
                "a/m.jsonata",
                MAPPING,
                "a/m.x.in.json",
                "{\"x\":1}",
                "a/m.x.out.json",
                "{\"a\":1.0}"))
        .isEmpty();
    assertThat(
            run(
                "a/m.jsonata", MAPPING,
                "a/m.x.in.json", "{\"$kind\":\"k\",\"body\":{\"x\":1}}",
                "a/m.x.out.json", "{\"k\":\"k\",\"a\":1}"))
        .isEmpty();
    assertThat(
            run(
                "a/m.jsonata",
                "/* */ body",
                "a/m.x.in.json",
                "{\"other\":1,\"body\":\"b\"}",
                "a/m.x.out.json",
                "\"b\""))
        .isEmpty();
  }

  @Test
  void the_first_difference_is_named_by_its_pointer() {
    assertThat(
            run(
                "a/m.jsonata",
                "/* */ {'l': [1, {'v/w': 'x'}]}",
                "a/m.x.in.json",
                "{}",
                "a/m.x.out.json",
                "{\"l\":[1,{\"v/w\":\"y\"}]}"))
        .contains("mappings/a/m.x.out.json: differs at /l/1/v~1w: expected \"y\"")
        .contains("gives \"x\"");
    assertThat(run("a/m.jsonata", MAPPING, "a/m.x.in.json", "{\"x\":1}", "a/m.x.out.json", "{}"))
        .contains("differs at /a: expected nothing, the mapping gives 1");
  }

  @Test
  void a_refusal_can_be_expected() {
    String mapping = "/* */ $money(x, 'CNY')";
    assertThat(
            run(
                "a/m.jsonata",
                mapping,
                "a/m.x.in.json",
                "{\"x\":\"?\"}",
                "a/m.x.out.json",
                "{\"$refusal\":\"MONEY_INVALID\"}"))
        .isEmpty();
    assertThat(
            run(
                "a/m.jsonata",
                mapping,
                "a/m.x.in.json",
                "{\"x\":\"1\"}",
                "a/m.x.out.json",
                "{\"$refusal\":\"MONEY_INVALID\"}"))
        .contains("gives a result");
    assertThat(
            run(
                "a/m.jsonata",
                mapping,
                "a/m.x.in.json",
                "{\"x\":\"?\"}",
                "a/m.x.out.json",
                "\"1.00\""))
        .contains("refuses with MONEY_INVALID");
  }

  @Test
  void what_is_missing_is_named() {
    assertThat(run("a/m.jsonata", MAPPING)).contains("has no proof");
    assertThat(run("a/m.jsonata", "{'a': 1}")).contains("does not begin with a comment");
    assertThat(run("a/m.jsonata", MAPPING, "a/m.x.in.json", "{}")).contains("no partner");
    assertThat(run("a/m.jsonata", MAPPING, "a/m.x.out.json", "{}")).contains("no partner");
    assertThat(run("a/z.x.in.json", "{}", "a/z.x.out.json", "{}")).contains("MAPPING_MISSING");
    assertThat(run("a/m.jsonata", MAPPING, "a/m.x.in.json", "{", "a/m.x.out.json", "{}"))
        .contains("ends before");
  }

  private static String run(String... pathsAndTexts) {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      files.put(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return String.join("\n", MappingProof.run(files).stream().map(FileProblem::toString).toList());
  }
}
