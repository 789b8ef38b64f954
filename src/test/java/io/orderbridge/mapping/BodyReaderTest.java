package io.orderbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyReaderTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{\"a\":\"1\"} | -",
        "{\"a\":\"1\"} | application/json; charset=utf-8",
        "{\"a\":\"1\"} | application/problem+json",
        "{\"a\":\"1\"} | text/plain",
        "{\"a\":\"1\"} | application/x-www-form-urlencoded",
        "<a>1</a> | -",
        "<?xml version='1.0' encoding='GBK'?><a>1</a> | -",
        "<a>1</a> | text/xml;charset=utf-8",
        "<a>1</a> | application/soap+xml",
        "<a>1</a> | application/x-www-form-urlencoded",
        "a=1 | -",
        "a=1 | application/x-www-form-urlencoded; charset=UTF-8",
        "a=%31 | text/plain"
      })
  void the_content_type_decides_and_else_the_first_character(String body, String type) {
    Map<String, Object> read = Map.of("a", "1");
    assertThat(BodyReader.read(body, type)).isEqualTo(read);
    assertThat(BodyReader.read(body.getBytes(StandardCharsets.UTF_8), type)).isEqualTo(read);
    byte[] marked = ("\uFEFF" + body).getBytes(StandardCharsets.UTF_8);
    if (!body.startsWith("a=")) {
      assertThat(BodyReader.read(marked, type)).isEqualTo(read);
    }
  }

  @Test
  void maps_and_lists_stay_what_they_are() {
    Map<String, Object> map = Map.of("a", 1);
    assertThat(BodyReader.read(map, "text/xml")).isSameAs(map);
    assertThat(BodyReader.read(List.of(1), null)).isEqualTo(List.of(1));
  }

  @Test
  void text_is_text_already_whatever_encoding_its_xml_declares() {
    String xml = "<?xml version=\"1.0\" encoding=\"GBK\"?><a>名</a>";
    assertThat(BodyReader.read(xml, null)).isEqualTo(Map.of("a", "名"));
    assertThat(BodyReader.read(xml.getBytes(Charset.forName("GBK")), null))
        .isEqualTo(Map.of("a", "名"));
  }

  @Test
  void a_form_is_read_in_the_encoding_it_names() {
    byte[] form = "charset=GBK&subject=%C3%FB".getBytes(StandardCharsets.US_ASCII);
    assertThat(BodyReader.read(form, FORM + "; text/html; charset=utf-8"))
        .isEqualTo(Map.of("charset", "GBK", "subject", "名"));
  }

  @Test
  @Tag("R71")
  void a_document_type_is_refused_and_nothing_is_read_for_it() {
    for (String type : new String[] {null, "text/xml"}) {
      Refusal refusal =
          refused(
              "<?xml version=\"1.0\"?>\n<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                  + "<r>&x;</r>",
              type);
      assertThat(refusal.why()).isEqualTo(Cause.BODY_BROKEN);
      assertThat(refusal.place()).startsWith("line 2");
      assertThat(refusal.getMessage()).contains("document type").doesNotContain("passwd");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "'' | -",
        "'' | text/xml",
        "secret | -",
        "secret text = more | -",
        "<secret> | -",
        "<html>secret</html> | application/json",
        "{\"secret\":1} | application/xml",
        "secret=1 | application/json",
        "secret=1&secret=2 | -",
        "<secret/><secret/> | -"
      })
  void what_is_none_of_the_three_is_broken_and_never_repeated(String body, String type) {
    Refusal refusal = refused(body, type);
    assertThat(refusal.why()).isEqualTo(Cause.BODY_BROKEN);
    assertThat(refusal + refusal.place()).doesNotContain("secret");
  }

  @Test
  void what_is_neither_bytes_nor_text_is_named() {
    assertThat(catchThrowableOfType(Refusal.class, () -> BodyReader.read(null, null)))
        .hasMessageContaining("the body is empty");
    assertThat(catchThrowableOfType(Refusal.class, () -> BodyReader.read(7, null)))
        .hasMessageContaining("Integer");
  }

  private static Refusal refused(String body, String type) {
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> BodyReader.read(body.getBytes(StandardCharsets.UTF_8), type));
    assertThat(refusal).as(body).isNotNull();
    return refusal;
  }
}
