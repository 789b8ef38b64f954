package io.orderbridge.runtime;

import io.orderbridge.call.TokenSpec;
import io.orderbridge.signing.TokenSeal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The {@code token:} part of a connection file. */
final class TokenSection {
  private static final Duration RENEW_BEFORE_DEFAULT = Duration.ofMinutes(10);

  private TokenSection() {}

  /**
   * @param secrets of the calls that use the token; they seal what is stored
   */
  static TokenSpec read(String connection, Section section, List<String> secrets) {
    section.allow("access", "refresh", "expires", "renew-before", "alarm-before", "seal");
    String access = section.text("access", "");
    String refresh = section.text("refresh", "");
    // What a person sets anew is the newer word: it no longer opens what was stored before.
    List<String> sealing = new ArrayList<>(secrets);
    sealing.addAll(List.of(section.text("seal", ""), access, refresh));
    Duration renewBefore = section.value("renew-before", RENEW_BEFORE_DEFAULT, Notation::wait);
    return new TokenSpec(
        connection,
        access,
        refresh,
        section.value("expires", null, TokenSection::time),
        renewBefore,
        section.value("alarm-before", renewBefore, Notation::wait),
        seal(connection, section, sealing));
  }

  private static TokenSeal seal(String connection, Section section, List<String> secrets) {
    try {
      return TokenSeal.of(connection, secrets);
    } catch (IllegalArgumentException e) {
      section.wrong(
          "seal",
          "'token' has nothing to seal the stored token with: give a call with 'token: true' its"
              + " 'sign', or write 'seal' with a secret of your own");
      return null;
    }
  }

  private static Instant time(String text) {
    if (text.isBlank()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw Notation.expected(text, "a time with its offset such as 2026-11-20T10:00:00+08:00");
    }
  }
}
