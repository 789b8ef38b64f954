package io.orderbridge.runtime;

import io.orderbridge.reconciliation.Definition;
import io.orderbridge.reconciliation.DefinitionTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Definitions as the product reads them, for tests. */
public final class DefinitionTextFiles {
  private static final Path FOLDER = Path.of("mappings/definitions");

  private DefinitionTextFiles() {}

  /** How the product reads them. */
  public static DefinitionTexts texts() {
    return new DefinitionReader();
  }

  /** What stands in {@code mappings/definitions/<name>.yaml}. */
  public static Definition shipped(String name) {
    try {
      return read(name, Files.readString(FOLDER.resolve(name + ".yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the text says; it must be good. */
  public static Definition read(String name, String text) {
    DefinitionTexts.Read read = texts().read(name, text);
    return read.definition().orElseThrow(() -> new AssertionError(read.problems().toString()));
  }
}
