package io.orderbridge.runtime;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The field {@code csrf} of a form, read before the resource reads the form. */
final class FormToken {
  // As the largest form has: a file that is edited in its page (max-form-attribute-size).
  private static final int BYTES_MAX = 13 * 1024 * 1024;
  private static final String FIELD = "csrf=";

  private FormToken() {}

  /** The field; null when there is none, or the body is no form. */
  static String of(ContainerRequestContext request) throws IOException {
    MediaType type = request.getMediaType();
    if (type == null || !type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)) {
      return null;
    }
    byte[] body = request.getEntityStream().readNBytes(BYTES_MAX + 1);
    if (body.length > BYTES_MAX) {
      return null;
    }
    request.setEntityStream(new ByteArrayInputStream(body));
    return in(new String(body, StandardCharsets.ISO_8859_1));
  }

  /**
   * The field of a form as it was sent; null when it is not there once. Other fields may come many
   * times, as boxes that are ticked do; a token has no letter that is escaped.
   */
  static String in(String form) {
    List<String> found =
        Arrays.stream(form.split("&")).filter(pair -> pair.startsWith(FIELD)).toList();
    return found.size() == 1 ? found.get(0).substring(FIELD.length()) : null;
  }
}
