package io.orderbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTextTest {
  private static final Charset GBK = Charset.forName("GBK");

  private static Map<String, String> read(String form) {
    return FormText.read(form.getBytes(StandardCharsets.UTF_8), null);
  }

  @Test
  void fields_keep_their_order_and_every_character() {
    assertThat(read("b=1+2&a=%E5%90%8D%26%3D&empty=&bare&&c=x=y\r\n"))
        .containsExactly(
            Map.entry("b", "1 2"),
            Map.entry("a", "名&="),
            Map.entry("empty", ""),
            Map.entry("bare", ""),
            Map.entry("c", "x=y"));
    assertThat(read("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "charset=GBK&n=%C3%FB | -",
        "n=%C3%FB&charset=gbk | application/x-www-form-urlencoded; charset=utf-8",
        "n=%C3%FB | application/x-www-form-urlencoded; text/html; charset=GBK",
        "n=%C3%FB | application/x-www-form-urlencoded;Charset=\"gbk\"",
        "n=%E5%90%8D | application/x-www-form-urlencoded",
        "n=%E5%90%8D&charset=UTF-8 | application/x-www-form-urlencoded; charset=GBK",
        "n=名 | -"
      })
  void the_encoding_is_what_the_form_says_then_the_content_type_then_utf8(
      String form, String contentType) {
    assertThat(FormText.read(form.getBytes(StandardCharsets.UTF_8), contentType))
        .containsEntry("n", "名");
  }

  @Test
  void raw_bytes_of_the_encoding_are_read_as_well() {
    assertThat(FormText.read("charset=GBK&n=名".getBytes(GBK), null)).containsEntry("n", "名");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret=%",
        "secret=%4",
        "secret=%4x",
        "secret=%-1",
        "secret=1&secret=1",
        "se%63ret=1&secret=2",
        "=secret",
        "secret=%C3%FB",
        "secret=%ED%A0%80",
        "charset=secret&a=1",
        "charset=UTF-8&charset=GBK&secret=1"
      })
  void what_can_be_read_in_two_ways_is_refused_and_never_repeated(String form) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(form));
    assertThat(refusal.why()).isEqualTo(Cause.BODY_BROKEN);
    assertThat(refusal + refusal.place()).doesNotContain("secret");
  }

  @Test
  void the_place_is_the_byte() {
    assertThat(catchThrowableOfType(Refusal.class, () -> read("a=1&b=%zz")).place())
        .isEqualTo("byte 7");
    assertThat(catchThrowableOfType(Refusal.class, () -> read("a=1&a=2")).place())
        .isEqualTo("byte 5");
  }

  @Test
  void sizes_are_bounded() {
    String name = "n".repeat(1001) + "=1";
    String value = "n=" + "v".repeat(1024 * 1024 + 1);
    byte[] large = new byte[4 * 1024 * 1024 + 1];
    assertThat(catchThrowableOfType(Refusal.class, () -> read(name)).why())
        .isEqualTo(Cause.BODY_TOO_COMPLEX);
    assertThat(catchThrowableOfType(Refusal.class, () -> read(value)).why())
        .isEqualTo(Cause.BODY_TOO_COMPLEX);
    assertThat(catchThrowableOfType(Refusal.class, () -> FormText.read(large, null)))
        .hasMessageContaining("at most");
  }

  @Test
  void what_is_written_is_read_again() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("名", "a b+c&d=e%\n\"{}😀");
    fields.put("x", "");
    String written = FormText.write(fields);
    assertThat(written).matches("[\\w%+=&.-]*").endsWith("&x=");
    assertThat(read(written)).isEqualTo(fields);
  }
}
