package io.orderbridge.reconciliation;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Supplier;

/** What was asked for is not done; the message says why, and what is allowed. */
final class Declined extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose turn it is: the caller's with another request, another person's, or nobody's. */
  enum Kind {
    WRONG(400),
    FORBIDDEN(403),
    MISSING(404),
    CONFLICT(409);

    private final int status;

    Kind(int status) {
      this.status = status;
    }
  }

  private final Kind kind;

  Declined(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** Answers what is done, or why it is not, with its status. */
  static Response answer(Supplier<Response> doing) {
    try {
      return doing.get();
    } catch (Declined declined) {
      return error(declined.kind.status, declined.getMessage());
    } catch (IllegalArgumentException e) {
      return error(Kind.WRONG.status, e.getMessage());
    } catch (Runs.NotConserved | ReportRefused e) {
      return error(Kind.CONFLICT.status, e.getMessage());
    }
  }

  static Response of(int status, Object body) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
  }

  private static Response error(int status, String text) {
    return of(status, Map.of("error", text));
  }
}
