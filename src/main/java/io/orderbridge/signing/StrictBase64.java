package io.orderbridge.signing;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64 of which every byte string has exactly one spelling. The JDK's decoder also takes a text
 * without its padding or with loose last bits, so that one signature would have several texts.
 */
final class StrictBase64 {
  private StrictBase64() {}

  static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
