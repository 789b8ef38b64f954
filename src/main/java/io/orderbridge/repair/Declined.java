package io.orderbridge.repair;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What was asked for is not done; the message says why, and what is allowed. */
final class Declined extends RuntimeException {
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

  /**
   * A line of a list that cannot be taken.
   *
   * @param line in the file, or the number in the list; first is 1
   */
  @RegisterForReflection
  record BadLine(int line, String what) {}

  private final Kind kind;
  private final transient List<BadLine> lines;

  Declined(Kind kind, String message) {
    this(kind, message, List.of());
  }

  Declined(Kind kind, String message, List<BadLine> lines) {
    super(message);
    this.kind = kind;
    this.lines = lines;
  }

  Kind kind() {
    return kind;
  }

  /** All that is wrong with a list; empty when it is not about one. */
  List<BadLine> lines() {
    return lines;
  }
}
