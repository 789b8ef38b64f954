package io.orderbridge.signing;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Headers of cloud APIs that differ by call: from the settings, or from the request itself. */
final class PerCall {
  private PerCall() {}

  /**
   * @throws IllegalArgumentException when neither names it
   */
  static SignableRequest header(SignableRequest request, String name, Optional<String> setting) {
    if (setting.isPresent()) {
      return request.withHeader(name, setting.get());
    }
    if (request.header(name) == null) {
      throw new IllegalArgumentException(
          "the request has no header %s and sign: does not set it".formatted(name));
    }
    return request;
  }

  /** {@code name:value} and a line feed each. */
  static String lines(SortedMap<String, String> headers) {
    return headers.entrySet().stream()
        .map((Map.Entry<String, String> header) -> header.getKey() + ":" + header.getValue() + "\n")
        .collect(Collectors.joining());
  }

  static Optional<Instant> instant(String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
