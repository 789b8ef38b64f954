package io.orderbridge.runtime;

import io.orderbridge.reconciliation.Definition;
import io.orderbridge.reconciliation.Definitions;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The files {@code mappings/definitions/<name>.yaml}: what a figure of the business is. */
final class DefinitionFiles extends FolderFiles {
  /** Their paths below {@code mappings/}; the name is a group. */
  static final Pattern PATH = pattern("definitions", "<name>");

  private final Definitions definitions;

  DefinitionFiles(Definitions definitions) {
    super("definitions", "definitions", "<name>", "turnover");
    this.definitions = definitions;
  }

  @Override
  RuleFile<Definition> file(String path, MatchResult words, String text) {
    String name = words.group(1);
    return new RuleFile<>(
        path,
        root -> read(name, text, root),
        definition -> definitions.replace(name, definition),
        null);
  }

  private Definition read(String name, String text, Section root) {
    Definition read = DefinitionSection.read(name, text, root);
    definitions
        .find(name)
        .filter(now -> now.version() == read.version() && !now.hash().equals(read.hash()))
        .ifPresent(
            now ->
                root.wrong(
                    "version",
                    "version %d is in force and means something else; give this one version %d"
                        .formatted(now.version(), now.version() + 1)));
    return read;
  }
}
