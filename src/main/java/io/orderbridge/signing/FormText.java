package io.orderbridge.signing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a form or a query so that there is one meaning only: a name that comes twice, a broken
 * escape, and what is not UTF-8 make it unreadable. Whoever reads it later cannot read another
 * value than the one that was signed.
 */
final class FormText {
  private static final int HEX = 16;

  private FormText() {}

  /** Decoded names and values in their order; empty when unreadable. */
  static Optional<Map<String, String>> decode(byte[] text) {
    return decode(new String(text, StandardCharsets.ISO_8859_1));
  }

  static Optional<Map<String, String>> decode(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return Optional.of(fields);
    }
    for (String pair : text.split("&", -1)) {
      int split = pair.indexOf('=');
      Optional<String> name = decoded(split < 0 ? pair : pair.substring(0, split));
      Optional<String> value = decoded(split < 0 ? "" : pair.substring(split + 1));
      boolean readable = name.isPresent() && !name.get().isEmpty() && value.isPresent();
      if (!readable || fields.put(name.get(), value.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(fields);
  }

  private static Optional<String> decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter == '%') {
        int value = i + 2 < text.length() ? escaped(text.charAt(i + 1), text.charAt(i + 2)) : -1;
        if (value < 0) {
          return Optional.empty();
        }
        bytes.write(value);
        i += 2;
      } else if (letter > 0xFF) {
        return Optional.empty();
      } else {
        bytes.write(letter == '+' ? ' ' : letter);
      }
    }
    try {
      ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(all).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static int escaped(char high, char low) {
    int value = digit(high) * HEX + digit(low);
    return digit(high) < 0 || digit(low) < 0 ? -1 : value;
  }

  private static int digit(char letter) {
    // Character.digit also takes digits of other scripts.
    return letter < 0x80 ? Character.digit(letter, HEX) : -1;
  }
}
