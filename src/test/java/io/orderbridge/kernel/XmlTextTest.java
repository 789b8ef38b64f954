package io.orderbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class XmlTextTest {
  private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

  @Test
  void elements_repeat_for_lists_and_attributes_stand_in_their_element() {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("sku", "S1");
    line.put("@no", 1);
    line.put("price", new BigDecimal("1E+2"));
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("line", List.of(line, "two"));
    order.put("gift", true);
    order.put("note", Map.of("@lang", "zh", "#text", "名"));

    assertThat(XmlText.write(Map.of("order", order)))
        .isEqualTo(
            DECLARATION
                + "<order><line no=\"1\"><sku>S1</sku><price>100</price></line><line>two</line>"
                + "<gift>true</gift><note lang=\"zh\">名</note></order>");
  }

  @Test
  void what_is_empty_is_left_out_but_never_the_root() {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("a", null);
    order.put("b", "");
    order.put("c", List.of());
    order.put("d", Map.of());
    order.put("@e", null);
    order.put("f", Arrays.asList("x", null, ""));
    assertThat(XmlText.write(Map.of("o", order))).isEqualTo(DECLARATION + "<o><f>x</f></o>");
    assertThat(XmlText.write(Map.of("o", ""))).isEqualTo(DECLARATION + "<o></o>");
  }

  @Test
  void what_is_written_is_read_again_whatever_the_text() {
    String text = "a<b>&amp; \"'\t\r\n ]]> 名😀 <!-- -->";
    Map<String, Object> tree = Map.of("o", Map.of("@x", text, "y", text));
    String written = XmlText.write(tree);
    assertThat(XmlTree.read(written.getBytes(StandardCharsets.UTF_8))).isEqualTo(tree);
  }

  @Test
  void what_xml_cannot_carry_is_refused_by_its_name_and_never_repeated() {
    for (String text : List.of("secret\u0000", "secret\u0008", "secret\uFFFE", "secret\uD800")) {
      assertThatThrownBy(() -> XmlText.write(Map.of("o", Map.of("field", text))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'field' has a character")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void names_that_are_none_and_other_shapes_are_refused() {
    for (Object content :
        List.of(
            Map.of("a b", "1"),
            Map.of("a><b", "1"),
            Map.of("1a", "1"),
            Map.of("", "1"),
            Map.of("@a b", "1"),
            Map.of("@a", List.of("1")),
            Map.of("a", List.of(List.of("1"))),
            Map.of("a", new Object()))) {
      assertThatThrownBy(() -> XmlText.write(Map.of("o", content)))
          .as(content.toString())
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (Map<String, Object> tree :
        List.<Map<String, Object>>of(
            Map.of(), Map.of("a", "1", "b", "2"), Map.of("a", List.of("1")))) {
      assertThatThrownBy(() -> XmlText.write(tree)).hasMessageContaining("root");
    }
    Map<String, Object> deep = Map.of("a", "1");
    for (int i = 0; i < 101; i++) {
      deep = Map.of("a", deep);
    }
    Map<String, Object> tooDeep = deep;
    assertThatThrownBy(() -> XmlText.write(tooDeep)).hasMessageContaining("over 100 deep");
  }

  @Test
  void a_prefix_and_its_declaration_can_be_written() {
    assertThat(XmlText.write(Map.of("s:o", Map.of("@xmlns:s", "urn:x"))))
        .isEqualTo(DECLARATION + "<s:o xmlns:s=\"urn:x\"></s:o>");
  }
}
