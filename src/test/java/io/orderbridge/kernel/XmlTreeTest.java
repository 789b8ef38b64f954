package io.orderbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XmlTreeTest {
  private static Map<String, Object> read(String xml) {
    return XmlTree.read(xml.getBytes(StandardCharsets.UTF_8));
  }

  private static Refusal refused(String xml) {
    return (Refusal) catchThrowable(() -> read(xml));
  }

  @Test
  void elements_are_maps_by_local_name_and_text_is_text() {
    assertThat(read("<response><flag>success</flag><code>0</code><message/></response>"))
        .isEqualTo(Map.of("response", Map.of("flag", "success", "code", "0", "message", "")));
  }

  @Test
  void what_repeats_is_a_list_in_its_order_and_what_stands_once_is_not() {
    assertThat(read("<o><line>a</line><note>n</note><line>b</line><line><q>1</q></line></o>"))
        .isEqualTo(Map.of("o", Map.of("line", List.of("a", "b", Map.of("q", "1")), "note", "n")));
  }

  @Test
  void attributes_have_an_at_sign_and_text_beside_them_a_key() {
    assertThat(read("<o id=\"7\"><m cur='CNY'>1.00</m><e x=\"\"/></o>"))
        .isEqualTo(
            Map.of(
                "o",
                Map.of(
                    "@id",
                    "7",
                    "m",
                    Map.of("@cur", "CNY", "#text", "1.00"),
                    "e",
                    Map.of("@x", ""))));
  }

  @Test
  void namespaces_are_left_out() {
    assertThat(read("<s:Body xmlns:s='urn:s' xmlns='urn:d'><s:a s:b='1'>x</s:a><a>y</a></s:Body>"))
        .isEqualTo(Map.of("Body", Map.of("a", List.of(Map.of("@b", "1", "#text", "x"), "y"))));
  }

  @Test
  void white_space_between_elements_is_dropped_and_inside_a_text_kept() {
    assertThat(read("\n<o>\n  <a> x y </a>\n  <b>\n  </b>\n</o>\n<!-- end -->\n"))
        .isEqualTo(Map.of("o", Map.of("a", " x y ", "b", "")));
  }

  @Test
  void cdata_and_the_five_entities_are_text() {
    assertThat(read("<o><a>1 &lt; 2 &amp;&#x4E2D;<![CDATA[<b>&amp;</b>]]>!</a></o>"))
        .isEqualTo(Map.of("o", Map.of("a", "1 < 2 &中<b>&amp;</b>!")));
  }

  @Test
  void byte_order_marks_and_declared_encodings_are_followed() {
    String gbk = "<?xml version=\"1.0\" encoding=\"GBK\"?><o><a>订单</a></o>";
    Map<String, Object> tree = Map.of("o", Map.of("a", "订单"));

    assertThat(XmlTree.read(gbk.getBytes(Charset.forName("GBK")))).isEqualTo(tree);
    assertThat(XmlTree.read(gbk.replace("GBK", "gb18030").getBytes(Charset.forName("GB18030"))))
        .isEqualTo(tree);
    assertThat(read("\uFEFF<o><a>订单</a></o>")).isEqualTo(tree);
    assertThat(XmlTree.read("\uFEFF<o><a>订单</a></o>".getBytes(StandardCharsets.UTF_16BE)))
        .isEqualTo(tree);
  }

  @Test
  void a_document_type_is_refused_before_anything_is_expanded(@TempDir Path folder)
      throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cr3t");
    StringBuilder laughs = new StringBuilder("<!DOCTYPE o [<!ENTITY l0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY l%d \"&l%d;&l%d;\">".formatted(i, i - 1, i - 1));
    }
    List<String> attacks =
        List.of(
            "<!DOCTYPE o><o/>",
            "<!DOCTYPE o SYSTEM \"" + secret.toUri() + "\"><o/>",
            "<!DOCTYPE o [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><o>&x;</o>",
            "<!DOCTYPE o [<!ENTITY % p SYSTEM \"" + secret.toUri() + "\">%p;]><o/>",
            laughs + "]><o>&l29;</o>");

    for (String attack : attacks) {
      assertThat(refused(attack).why()).as(attack).isEqualTo(Cause.BODY_BROKEN);
      assertThat(refused(attack)).hasMessageContaining("document type").hasNoCause();
    }
    assertThat(refused("<o>&undeclared;</o>").why()).isEqualTo(Cause.BODY_BROKEN);
  }

  @Test
  void depth_and_number_of_elements_are_bounded() {
    assertThat(read("<a>".repeat(100) + "</a>".repeat(100))).containsKey("a");
    assertThat(refused("<a>".repeat(101) + "</a>".repeat(101)).why())
        .isEqualTo(Cause.BODY_TOO_COMPLEX);
    assertThat(refused("<a>".repeat(500_000)).why()).isEqualTo(Cause.BODY_TOO_COMPLEX);
    assertThat(refused("<a>" + "<b/>".repeat(200_000) + "</a>").why())
        .isEqualTo(Cause.BODY_TOO_COMPLEX);
    assertThat(refused("<a>" + " ".repeat(4 * 1024 * 1024) + "</a>")).hasMessageContaining("4194");
  }

  @Test
  void what_is_no_xml_is_refused_with_its_place_and_without_its_content() {
    for (String wrong :
        List.of(
            "",
            " ",
            "{}",
            "<o>",
            "<o></p>",
            "<o/><o/>",
            "text <o/>",
            "<o a='1' a='2'/>",
            "<o>\u0001</o>",
            "<?xml version='1.0' encoding='none-such'?><o/>")) {
      assertThat(refused(wrong).why()).as(wrong).isEqualTo(Cause.BODY_BROKEN);
    }
    assertThat(refused("<o>\n<receiver>Wang</phone></o>"))
        .extracting(Refusal::place)
        .isEqualTo("line 2, column 17");
    assertThat(refused("<o>\n<receiver>Wang</phone></o>").getMessage())
        .doesNotContain("receiver", "phone", "Wang");
    assertThatThrownBy(() -> XmlTree.read(new byte[] {'<', 'o', '>', (byte) 0xff, '<'}))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void damaged_bytes_are_refused_and_never_fail_otherwise() {
    byte[] sound =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a b='1'>x<![CDATA[y]]>&lt;<c/></a>"
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      ByteArrayOutputStream damaged = new ByteArrayOutputStream();
      for (byte b : sound) {
        int turn = random.nextInt(60);
        damaged.write(turn == 0 ? random.nextInt(256) : b);
        if (turn == 1) {
          damaged.write(b);
        }
      }
      Throwable thrown = catchThrowable(() -> XmlTree.read(damaged.toByteArray()));
      assertThat(thrown)
          .satisfiesAnyOf(
              t -> assertThat(t).isNull(), t -> assertThat(t).isInstanceOf(Refusal.class));
    }
  }
}
