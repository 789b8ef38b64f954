package io.orderbridge.reconciliation;

import io.orderbridge.kernel.FileProblem;
import java.util.List;
import java.util.Optional;

/** Reads definitions from text: files that are proposed, and files as they were. */
@FunctionalInterface
public interface DefinitionTexts {
  /**
   * @param definition empty when something is wrong
   * @param problems what is wrong, with its line
   */
  record Read(Optional<Definition> definition, List<FileProblem> problems) {
    public Read {
      problems = List.copyOf(problems);
    }
  }

  Read read(String name, String text);
}
