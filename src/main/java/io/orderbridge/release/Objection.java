package io.orderbridge.release;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was asked for is not done; the message says why, and what is allowed. */
public final class Objection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose turn it is: the caller's with another request, another person's, or the operator's. */
  public enum Kind {
    WRONG(400),
    FORBIDDEN(403),
    MISSING(404),
    CONFLICT(409),
    REFUSED(422),
    READ_ONLY(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }
  }

  private final Kind kind;
  private final transient Map<String, Object> more;

  public Objection(Kind kind, String message) {
    this(kind, message, Map.of());
  }

  Objection(Kind kind, String message, Map<String, Object> more) {
    super(message);
    this.kind = kind;
    this.more = more;
  }

  int status() {
    return kind.status;
  }

  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", getMessage());
    body.putAll(more);
    return body;
  }
}
