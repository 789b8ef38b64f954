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
  void a_proof_may_come_as_xml_or_as_a_form() {
    assertThat(
            run(
                "a/m.jsonata",
                "/* */ r.line.sku & n & $headers.x",
                "a/m.x.in.xml",
                "<?xml version=\"1.0\"?>\n<r>\n <line><sku>A</sku></line>\n</r>\n",
                "a/m.x.out.json",
                "\"A\"",
                "a/m.f.in.form",
                "charset=GBK&n=%C3%FB\n",
                "a/m.f.out.json",
                "\"名\""))
        .isEmpty();
    String broken = "{\"$refusal\":\"BODY_BROKEN\"}";
    assertThat(
            run(
                "a/m.jsonata", "/* */ 1",
                "a/m.x.in.xml", "<!DOCTYPE r><r/>",
                "a/m.x.out.json", broken,
                "a/m.f.in.form", "a=1&a=2",
                "a/m.f.out.json", broken))
        .isEmpty();
    assertThat(run("a/m.jsonata", MAPPING, "a/m.x.in.xml", "<r/>")).contains("no partner");
  }

  @Test
  void a_proof_may_say_what_the_route_began_with_and_what_was_asked() {
    assertThat(
            run(
                "a/m.jsonata",
                "/* */ {'i': $input.order.id, 's': $sent.path, 'r': response.flag,"
                    + " 'm': $headers.'query.method'}",
                "a/m.x.in.json",
                "{\"$input\":\"<order><id>7</id></order>\",\"$sent\":{\"path\":\"/p\"},"
                    + "\"$headers\":{\"query.method\":\"m\"},"
                    + "\"body\":\"<response><flag>success</flag></response>\"}",
                "a/m.x.out.json",
                "{\"i\":\"7\",\"s\":\"/p\",\"r\":\"success\",\"m\":\"m\"}",
                "a/m.y.in.json",
                "{\"$input\":{\"order\":{\"id\":8}},\"body\":{}}",
                "a/m.y.out.json",
                "{\"i\":8}"))
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
