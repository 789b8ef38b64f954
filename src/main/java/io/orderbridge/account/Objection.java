package io.orderbridge.account;

import io.orderbridge.kernel.Wording;

/** An act on users that cannot be done; nothing was changed. */
final class Objection extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why not, as the API answers it. */
  enum Kind {
    INVALID(400),
    UNKNOWN(404),
    CONFLICT(409);

    final int status;

    Kind(int status) {
      this.status = status;
    }
  }

  private final Kind kind;
  private final transient Wording wording;

  Objection(Kind kind, Wording wording) {
    super(wording.en());
    this.kind = kind;
    this.wording = wording;
  }

  Kind kind() {
    return kind;
  }

  Wording wording() {
    return wording;
  }
}
