package io.orderbridge.store;

/** The database refuses these statements; the same call would be refused again. */
public final class StoreRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreRefused(Throwable cause) {
    super("the database refused: " + cause.getMessage(), cause);
  }
}
