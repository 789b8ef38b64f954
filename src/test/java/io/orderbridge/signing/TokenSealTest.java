package io.orderbridge.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenSealTest {
  private static final TokenSeal SEAL = TokenSeal.of("shop", List.of("a", "bc"));

  @Test
  void what_is_locked_opens_with_the_same_secrets_alone() {
    byte[] sealed = SEAL.lock("token 单");
    assertThat(TokenSeal.of("shop", List.of("a", "bc")).open(sealed)).contains("token 单");
    assertThat(TokenSeal.of("shop", List.of("ab", "c")).open(sealed)).isEmpty();
    assertThat(TokenSeal.of("shop", List.of("bc", "a")).open(sealed)).isEmpty();
    assertThat(TokenSeal.of("erp", List.of("a", "bc")).open(sealed)).isEmpty();
  }

  @Test
  void no_two_are_alike_and_none_that_was_changed_opens() {
    byte[] sealed = SEAL.lock("token");
    assertThat(SEAL.lock("token")).isNotEqualTo(sealed);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(SEAL.open(changed)).isEmpty();
    }
    assertThat(SEAL.open(new byte[0])).isEmpty();
    assertThat(SEAL.open(new byte[12])).isEmpty();
  }

  @Test
  void nothing_secret_is_no_seal() {
    assertThatThrownBy(() -> TokenSeal.of("shop", List.of("", "")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SEAL).hasToString("TokenSeal[shop]");
  }
}
