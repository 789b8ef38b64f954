package io.orderbridge.reconciliation;

import io.orderbridge.books.Matching.Condition;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What counts, by the definitions that the sides of a reconciliation name. */
@Singleton
class DefinedCounts implements Counts {
  private final Definitions definitions;
  private final DefinitionTexts texts;

  DefinedCounts(Definitions definitions, DefinitionTexts texts) {
    this.definitions = definitions;
    this.texts = texts;
  }

  @Override
  public String versions(Reconciliation what) {
    return named(what).map(Definition::id).sorted().distinct().collect(Collectors.joining(" "));
  }

  @Override
  public void keep(Connection connection, Reconciliation what, Instant now) throws SQLException {
    DefinitionRows.keep(connection, named(what).toList(), now);
  }

  private Stream<Definition> named(Reconciliation what) {
    return Stream.of(what.left().counts(), what.right().counts())
        .filter(Objects::nonNull)
        .distinct()
        .map(
            name ->
                definitions
                    .find(name)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "%s counts by '%s', and there is no mappings/definitions/%s.yaml"
                                    .formatted(what.name(), name, name))));
  }

  @Override
  public Condition condition(
      Connection connection, String definition, String versions, Instant at) throws SQLException {
    if (definition == null) {
      return null;
    }
    int version = version(definition, versions);
    Optional<Definition> now =
        definitions.find(definition).filter(one -> one.version() == version);
    Definition counted = now.isPresent() ? now.get() : kept(connection, definition, version, at);
    var counts = counted.counting().counts();
    return new Condition(counts.statuses(), counts.kinds(), Set.of());
  }

  private Definition kept(Connection connection, String name, int version, Instant at)
      throws SQLException {
    return DefinitionRows.text(connection, name, version, at)
        .flatMap(text -> texts.read(name, text).definition())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "version %d of the definition '%s' is not kept, or cannot be read any more"
                        .formatted(version, name)));
  }

  private static int version(String definition, String versions) {
    String[] words = versions.split(" ");
    for (int i = 0; i + 1 < words.length; i += 2) {
      if (words[i].equals(definition)) {
        return Integer.parseInt(words[i + 1]);
      }
    }
    throw new IllegalArgumentException(
        "the run counts by '%s', which is not '%s'".formatted(versions, definition));
  }
}
