package io.orderbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.inbox.Dialect.Common;
import io.orderbridge.inbox.Dialect.Said;
import org.junit.jupiter.api.Test;

class DialectTest {
  private static final String JSON = "application/json";

  @Test
  void the_common_dialects_say_what_their_senders_expect() {
    assertThat(Common.EMPTY.accepted(7)).isEqualTo(new Said(200, null, ""));
    assertThat(Common.EMPTY.refused(401, "no"))
        .isEqualTo(new Said(401, JSON, "{\"error\":\"no\"}"));
    assertThat(Common.JSON.accepted(7))
        .isEqualTo(new Said(202, JSON, "{\"accepted\":true,\"id\":7}"));
    assertThat(Common.WECHAT_PAY.accepted(7)).isEqualTo(new Said(200, null, ""));
    assertThat(Common.WECHAT_PAY.refused(503, "later"))
        .isEqualTo(new Said(503, JSON, "{\"code\":\"FAIL\",\"message\":\"later\"}"));
  }

  @Test
  void own_words_are_said_as_they_stand_in_the_file_and_the_status_tells_the_rest() {
    Dialect own = new Dialect.Literal("text/plain", "success", "fail");
    assertThat(own.accepted(7)).isEqualTo(new Said(200, "text/plain", "success"));
    assertThat(own.refused(401, "signature")).isEqualTo(new Said(401, "text/plain", "fail"));
    assertThat(new Dialect.Literal("text/plain", "ok", "").refused(503, "later"))
        .isEqualTo(new Said(503, null, ""));
  }
}
