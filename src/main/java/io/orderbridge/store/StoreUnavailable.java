package io.orderbridge.store;

/** The database cannot take this now; the same call may succeed later. */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreUnavailable(Throwable cause) {
    super("the database is not available: " + cause.getMessage(), cause);
  }

  StoreUnavailable(String message) {
    super(message);
  }
}
