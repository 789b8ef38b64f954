package io.orderbridge.repair;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for a write of the order book and throws what it failed with, not its wrapping. */
final class Waiting {
  private Waiting() {}

  static <T> T on(CompletableFuture<T> written) {
    try {
      return written.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
