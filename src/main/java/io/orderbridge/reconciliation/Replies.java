package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Declined;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Supplier;

/** How the interface answers about reconciliations. */
final class Replies {
  private Replies() {}

  /** Answers what is done, or why it is not, with its status. */
  static Response to(Supplier<Response> doing) {
    try {
      return doing.get();
    } catch (Declined declined) {
      return of(declined.status(), declined.body());
    } catch (IllegalArgumentException e) {
      return error(Declined.Kind.WRONG, e.getMessage());
    } catch (Runs.NotConserved | ReportRefused e) {
      return error(Declined.Kind.CONFLICT, e.getMessage());
    }
  }

  static Response of(int status, Object body) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
  }

  private static Response error(Declined.Kind kind, String text) {
    return of(kind.status(), Map.of("error", text));
  }
}
