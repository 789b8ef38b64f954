package io.orderbridge.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R76")
class Utf8Test {
  private static final String MIXED = "订单 tb/1 已付款两次，请退款😀一笔 refund";

  @Test
  void a_text_is_cut_by_bytes_and_never_inside_a_character() throws CharacterCodingException {
    for (int max = 0; max <= Utf8.bytes(MIXED) + 2; max++) {
      String cut = Utf8.cut(MIXED, max);
      assertThat(Utf8.bytes(cut)).isLessThanOrEqualTo(max);
      // Half a character, or half a pair of surrogates, would not encode.
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .encode(CharBuffer.wrap(cut));
      assertThat(MIXED).startsWith(cut.replace("…", ""));
    }
  }

  @Test
  void as_much_as_fits_is_kept() {
    assertThat(Utf8.cut("订单订单", 12)).isEqualTo("订单订单");
    assertThat(Utf8.cut("订单订单", 11)).isEqualTo("订单…");
    assertThat(Utf8.cut("订单订单", 3)).isEqualTo("…");
    assertThat(Utf8.cut("订单订单", 2)).isEmpty();
    assertThat(Utf8.cut("abcdef", 5)).isEqualTo("ab…");
  }

  @Test
  void a_line_stays_one_line() {
    assertThat(Utf8.line("a\r\n【超限】b\u2028c\u202Ed\u0007 ")).isEqualTo("a 【超限】b c d");
  }
}
