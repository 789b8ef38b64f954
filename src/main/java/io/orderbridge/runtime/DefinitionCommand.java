package io.orderbridge.runtime;

import io.orderbridge.reconciliation.DefinitionDocument;
import io.orderbridge.reconciliation.DefinitionLock;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code orderbridge docs build [mappings] [docs]} makes {@code docs/definitions.md} of the
 * definitions; {@code orderbridge definitions lock [mappings]} adds their versions to the lock.
 */
final class DefinitionCommand {
  private static final String PAGE = "definitions.md";
  private static final String FOLDER = "definitions";

  private final Path mappings;

  DefinitionCommand(Path mappings) {
    this.mappings = mappings;
  }

  /** Whether these words are one of the two commands; the rest are its folders. */
  static boolean isMeant(String... words) {
    return words.length > 1
        && (words[0].equals("docs") && words[1].equals("build")
            || words[0].equals("definitions") && words[1].equals("lock"));
  }

  /** Exit code 0 when it is done, 1 when a definition stands in the way. */
  static int run(PrintStream out, String... words) {
    DefinitionCommand command =
        new DefinitionCommand(Path.of(words.length > 2 ? words[2] : "mappings"));
    return words[0].equals("docs")
        ? command.build(Path.of(words.length > 3 ? words[3] : "docs"), out)
        : command.lock(out);
  }

  private int build(Path docs, PrintStream out) {
    DefinitionReader.Folder folder = folder();
    if (!folder.problems().isEmpty()) {
      folder.problems().forEach(out::println);
      return 1;
    }
    write(docs.resolve(PAGE), DefinitionDocument.markdown(folder.definitions().values()));
    out.printf("%s made of %d definitions%n", docs.resolve(PAGE), folder.definitions().size());
    return 0;
  }

  private int lock(PrintStream out) {
    DefinitionReader.Folder folder = folder();
    folder.problems().forEach(out::println);
    if (!folder.problems().isEmpty()) {
      return 1;
    }
    Path file = mappings.resolve(FOLDER).resolve(DefinitionLock.FILE);
    try {
      write(file, folder.lock().with(folder.definitions().values()));
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      return 1;
    }
    out.printf("%s has the versions of %d definitions%n", file, folder.definitions().size());
    return 0;
  }

  private DefinitionReader.Folder folder() {
    return DefinitionReader.folder(
        new WatchedFolder(mappings, "mappings", Long.MAX_VALUE, path -> true).look().changed());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
  }
}
