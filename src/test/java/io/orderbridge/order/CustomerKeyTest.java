package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One customer has one key, however the number is written. */
@Tag("R27")
class CustomerKeyTest {
  // printf 'tel:8613800138000' | sha256sum
  private static final String MOBILE =
      "548de0df4c5cff0704e6f8719f91ef8de140bebd68924910786b790238292d28";
  // printf 'buyer:acme/王小明' | sha256sum
  private static final String BUYER =
      "b7ac62e777c5aa0f8c39285f5105c6bcb84e4b6303c4b5a03148c52d97b5ea5b";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "13800138000",
        "+8613800138000",
        "+86 138 0013 8000",
        "0086-138-0013-8000",
        "86 13800138000",
        " 138-0013-8000 ",
        "(+86)13800138000",
        "１３８００１３８０００",
        "+86‑138‑0013‑8000"
      })
  void a_number_is_the_same_however_it_is_written(String phone) {
    assertThat(CustomerKey.of(phone, null, null)).isEqualTo(MOBILE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "138****8000",
        "13800138000-1234",
        "13800138000转1234",
        "12345",
        "11111111111",
        "4155550100",
        "+8612345",
        "+12345678901234567",
        "abc",
        ""
      })
  void what_is_masked_lent_or_no_number_has_no_key_and_the_buyer_counts(String phone) {
    assertThat(CustomerKey.of(phone, null, null)).isNull();
    assertThat(CustomerKey.of(phone, "acme", "王小明")).isEqualTo(BUYER);
  }

  @Test
  void a_whole_number_comes_before_the_buyer() {
    assertThat(CustomerKey.of("13800138000", "acme", "王小明")).isEqualTo(MOBILE);
  }

  @Test
  void a_landline_and_a_number_abroad_have_keys_of_their_own() {
    assertThat(CustomerKey.of("010-6552 9988", null, null))
        .isEqualTo(CustomerKey.of("+86 10 65529988", null, null))
        .isNotNull();
    assertThat(CustomerKey.of("+1 (415) 555-0100", null, null))
        .isEqualTo(CustomerKey.of("0014155550100", null, null))
        .isNotNull();
  }

  @Test
  void a_masked_or_missing_buyer_is_nobody() {
    assertThat(CustomerKey.of(null, "acme", "王**")).isNull();
    assertThat(CustomerKey.of(null, "acme", " ")).isNull();
    assertThat(CustomerKey.of(null, null, "王小明")).isNull();
    assertThat(CustomerKey.of(null, null, null)).isNull();
  }
}
