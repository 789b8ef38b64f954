package io.orderbridge.runtime;

import io.orderbridge.reconciliation.Reconciliation;
import io.orderbridge.reconciliation.Reconciliations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of reconciliations, for tests. */
public final class ReconciliationTexts {
  private ReconciliationTexts() {}

  public static Reconciliations.Loaded file(Path file) {
    try {
      String name = file.getFileName().toString().replace(".yaml", "");
      return ReconciliationRules.read(name, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Reconciliation read(String name, String text) {
    return ReconciliationRules.read(name, text).reconciliation();
  }
}
