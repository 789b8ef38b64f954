package io.orderbridge.runtime;

import io.orderbridge.reconciliation.Definition;
import io.orderbridge.reconciliation.Definitions;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files {@code mappings/definitions/<name>.yaml}: what a figure of the business is. */
final class DefinitionFiles implements FolderFiles {
  private static final String FOLDER = "definitions/";
  private static final Pattern FILE =
      Pattern.compile("definitions/([a-z0-9][a-z0-9-]{0,59})\\.ya?ml");

  private final Definitions definitions;

  DefinitionFiles(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public boolean isBelow(String path) {
    return path.startsWith(FOLDER);
  }

  @Override
  public String names() {
    return "is not read: definitions are definitions/<name>.yaml, for example"
        + " definitions/turnover.yaml";
  }

  @Override
  public Optional<RuleFile<?>> find(String path, String text) {
    Matcher matcher = FILE.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = matcher.group(1);
    return Optional.of(
        new RuleFile<Definition>(
            path,
            root -> read(name, text, root),
            definition -> definitions.replace(name, definition),
            null));
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
