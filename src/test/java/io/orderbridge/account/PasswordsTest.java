package io.orderbridge.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private static final String GOOD = "correct horse battery";
  private static final String KNOWN =
      "pbkdf2-sha512$210000$MDEyMzQ1Njc4OWFiY2RlZg==$gXBtL09EyLd99L"
          + "TTXkXwBfAf0QsgPq+JDAvWo22XXF7nbmyl7HGs9lh0o6kaUsoPob6eNQPuhtf9sPmjHx3A1Q==";

  private final Passwords passwords = new Passwords();

  @Test
  void a_password_matches_what_was_stored_of_it_and_another_does_not() {
    Optional<String> stored = Optional.of(passwords.hash(GOOD));

    assertThat(passwords.matches(stored, GOOD)).isTrue();
    assertThat(passwords.matches(stored, GOOD + " ")).isFalse();
    assertThat(passwords.matches(Optional.empty(), GOOD)).isFalse();
  }

  @Test
  void what_is_stored_says_its_cost_and_is_never_twice_the_same() {
    String stored = passwords.hash(GOOD);

    assertThat(stored).startsWith("pbkdf2-sha512$210000$").doesNotContain(GOOD);
    assertThat(passwords.hash(GOOD)).isNotEqualTo(stored);
  }

  // Known answer, made with Python 3's hashlib.pbkdf2_hmac('sha512', ...), 2026-11-30.
  @Test
  void it_is_the_pbkdf2_of_everybody_else() {
    assertThat(passwords.matches(Optional.of(KNOWN), GOOD)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "aaaaaaaaaaaaaaaa", "i-am-anna-really"})
  void a_weak_password_is_refused_in_both_languages(String weak) {
    assertThat(PasswordRule.objection("anna", weak))
        .hasValueSatisfying(
            wording -> assertThat(wording.zh()).isNotEqualTo(wording.en()).isNotBlank());
  }

  @Test
  void a_long_plain_sentence_is_a_good_password() {
    assertThat(PasswordRule.objection("anna", GOOD)).isEmpty();
    assertThat(PasswordRule.objection("anna", "a".repeat(200))).isPresent();
  }

  @Test
  void a_secret_does_not_print_itself() {
    Drawn drawn = Drawn.by(new java.security.SecureRandom());

    assertThat(drawn.toString()).doesNotContain(drawn.value());
    assertThat(new SignedIn("anna", java.util.Set.of(), "tok").toString()).doesNotContain("tok");
  }
}
