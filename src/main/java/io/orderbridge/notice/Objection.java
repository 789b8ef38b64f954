package io.orderbridge.notice;

/** What was asked for is not done; the message says why, and what is allowed. */
final class Objection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose turn it is: the caller's with another request, another person's, or nobody's. */
  enum Kind {
    WRONG(400),
    FORBIDDEN(403),
    MISSING(404),
    CONFLICT(409);

    final int status;

    Kind(int status) {
      this.status = status;
    }
  }

  private final Kind kind;

  Objection(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  int status() {
    return kind.status;
  }
}
