package io.orderbridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R42")
class QuotedTest {
  private static String quoted(String body, String... secrets) {
    return Quoted.of(Answer.of(403, body, Map.of()), List.of(secrets));
  }

  @Test
  void what_the_request_proved_itself_with_is_not_repeated() {
    assertThat(quoted("token\n tok_12345678 is over", "Bearer tok_12345678"))
        .isEqualTo("token *** is over");
    assertThat(quoted("Bearer tok_12345678?", "tok_12345678", "tok_12345678_more"))
        .isEqualTo("Bearer ***?");
    assertThat(quoted("tok_12345678_more", "tok_12345678", "tok_12345678_more")).isEqualTo("***");
  }

  @Test
  void a_short_value_tears_no_holes_and_a_textanswer_is_cut_after_the_secret_is_out() {
    assertThat(quoted("version 2.0 json", "2.0", "json")).isEqualTo("version 2.0 json");
    String text = "x".repeat(295) + " tok_12345678";
    assertThat(quoted(text, "tok_12345678")).endsWith(" ***").doesNotContain("tok");
  }
}
