package io.orderbridge.notice;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Refusal;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How the interface answers about notices. */
final class Replies {
  private static final int BAD_REQUEST = 400;

  private Replies() {}

  /** Does what is asked; what is not done is answered with its place and what is allowed. */
  static Response to(Supplier<Response> doing) {
    try {
      return doing.get();
    } catch (Declined e) {
      return of(e.status(), Map.of("error", e.getMessage()));
    } catch (Refusal e) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("error", e.getMessage());
      error.put("cause", e.why().name());
      error.put("place", e.place());
      return of(BAD_REQUEST, error);
    }
  }

  static Response of(int status, Object body) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
  }
}
