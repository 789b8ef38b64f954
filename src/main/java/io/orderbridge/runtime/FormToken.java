package io.orderbridge.runtime;

import io.orderbridge.kernel.FormText;
import io.orderbridge.kernel.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** The field {@code csrf} of a form, read before the resource reads the form. */
final class FormToken {
  // Forms of pages; files go by the API, with the header.
  private static final int BYTES_MAX = 1024 * 1024;
  private static final String FIELD = "csrf";

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
    try {
      return FormText.read(body, type.toString()).get(FIELD);
    } catch (Refusal e) {
      return null;
    }
  }
}
