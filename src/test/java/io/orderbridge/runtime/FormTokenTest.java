package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The token of a form, whatever else the form has. */
class FormTokenTest {
  @Test
  void boxes_that_are_ticked_come_many_times() {
    assertThat(FormToken.in("csrf=a-b_1&role=ops&role=cs&act=roles")).isEqualTo("a-b_1");
  }

  @Test
  void a_token_that_is_not_there_or_there_twice_is_none() {
    assertThat(FormToken.in("role=ops")).isNull();
    assertThat(FormToken.in("csrf=a&csrf=b")).isNull();
    assertThat(FormToken.in("")).isNull();
  }
}
