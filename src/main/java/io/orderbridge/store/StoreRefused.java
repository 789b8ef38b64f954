package io.orderbridge.store;

/** The database refuses these statements; the same call would be refused again. */
public final class StoreRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreRefused(Throwable cause) {
    // The first line alone: PostgreSQL shows the whole row in those below, and this is logged.
    super("the database refused: " + String.valueOf(cause.getMessage()).split("\n", 2)[0], cause);
  }
}
