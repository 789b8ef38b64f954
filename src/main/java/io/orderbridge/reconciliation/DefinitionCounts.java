package io.orderbridge.reconciliation;

import io.orderbridge.books.Matching.Condition;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What counts in a run, by the definitions that its reconciliation names. Their files are kept, so
 * that the same entries count whenever the run is made again. Thread-safe.
 */
@Singleton
class DefinitionCounts implements Counts {
  private final Definitions definitions;
  private final DefinitionTexts texts;

  DefinitionCounts(Definitions definitions, DefinitionTexts texts) {
    this.definitions = definitions;
    this.texts = texts;
  }

  @Override
  public String versions(Reconciliation what) {
    return named(what).stream().map(Definition::id).collect(Collectors.joining(" "));
  }

  @Override
  public void keep(Connection connection, Reconciliation what, Instant now) throws SQLException {
    DefinitionRows.keep(connection, named(what), now);
  }

  private List<Definition> named(Reconciliation what) {
    return Stream.of(what.left().counts(), what.right().counts())
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .map(
            name ->
                definitions
                    .find(name)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "%s counts by '%s', and there is no mappings/definitions/%s.yaml"
                                    .formatted(what.name(), name, name))))
        .toList();
  }

  @Override
  public Condition condition(Connection connection, String definition, String versions, Instant at)
      throws SQLException {
    return definition == null
        ? null
        : definition(connection, definition, versions, at).counting().counts();
  }

  /** The definition by a version, as it was. */
  Definition definition(Connection connection, String name, String versions, Instant at)
      throws SQLException {
    int version = version(name, versions);
    Optional<String> text = DefinitionRows.text(connection, name, version, at);
    // A run that is being made has not kept it yet.
    Optional<Definition> known =
        text.isPresent()
            ? texts.read(name, text.get()).definition()
            : definitions.find(name).filter(one -> one.version() == version);
    return known.orElseThrow(
        () ->
            new IllegalArgumentException(
                "definition %s %d was not kept, or cannot be read any more"
                    .formatted(name, version)));
  }

  private static int version(String name, String versions) {
    List<String> words = List.of(versions.split(" "));
    int at = words.indexOf(name);
    if (at < 0 || at + 1 >= words.size()) {
      throw new IllegalArgumentException(
          "the run counts by '%s', and definition '%s' is not among them"
              .formatted(versions, name));
    }
    return Integer.parseInt(words.get(at + 1));
  }
}
