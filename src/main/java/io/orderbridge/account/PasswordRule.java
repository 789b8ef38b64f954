package io.orderbridge.account;

import io.orderbridge.kernel.Wording;
import java.util.Locale;
import java.util.Optional;

/** What a password must be. Length counts, not signs of every kind (NIST SP 800-63B, 5.1.1.2). */
final class PasswordRule {
  static final int LENGTH_MIN = 12;
  static final int LENGTH_MAX = 128;
  private static final int DIFFERENT_MIN = 6;

  private PasswordRule() {}

  /** What is wrong with it; empty when it may be taken. */
  static Optional<Wording> objection(String name, String password) {
    int length = password == null ? 0 : password.length();
    if (length < LENGTH_MIN || length > LENGTH_MAX) {
      return Optional.of(
          Wording.of(
              "密码须为 %d 至 %d 个字符，现为 %d 个。",
              "A password has %d to %d characters; this one has %d.",
              LENGTH_MIN,
              LENGTH_MAX,
              length));
    }
    if (password.chars().distinct().count() < DIFFERENT_MIN) {
      return Optional.of(
          Wording.of(
              "密码至少要有 %d 个不同的字符。",
              "A password has at least %d different characters.", DIFFERENT_MIN));
    }
    if (password.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))) {
      return Optional.of(new Wording("密码不能包含用户名。", "The name must not stand in the password."));
    }
    return Optional.empty();
  }
}
