package io.orderbridge.reconciliation;

import io.orderbridge.books.Matching;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
  private final Database database;
  private final Definitions definitions;
  private final DefinitionTexts texts;
  private final Clock clock;

  DefinitionCounts(Database database, Definitions definitions, DefinitionTexts texts, Clock clock) {
    this.database = database;
    this.definitions = definitions;
    this.texts = texts;
    this.clock = clock;
  }

  @Override
  public String versions(Reconciliation what, Run.Of of) {
    List<Definition> named =
        names(what)
            .map(
                name ->
                    definitions
                        .find(name)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "'counts' of %s names the definition '%s', which is not there"
                                        .formatted(what.name(), name))))
            .toList();
    if (!named.isEmpty()) {
      Instant now = clock.instant();
      database.run(connection -> DefinitionRows.keep(connection, named, now));
    }
    return named.stream().map(Definition::id).collect(Collectors.joining(" "));
  }

  private static Stream<String> names(Reconciliation what) {
    return Stream.of(what.left().counts(), what.right().counts())
        .filter(Objects::nonNull)
        .distinct()
        .sorted();
  }

  /**
   * What counts of a side.
   *
   * @param versions as {@link #versions} gave them
   * @return null when everything does
   * @throws IllegalArgumentException when the version was not kept
   */
  Matching.Condition condition(
      Connection connection, Reconciliation.Side side, String versions, Instant at)
      throws SQLException {
    Definition definition = definition(connection, side, versions, at);
    return definition == null ? null : definition.counting().counts();
  }

  /** The definition of a side as it was; null when everything counts. */
  Definition definition(
      Connection connection, Reconciliation.Side side, String versions, Instant at)
      throws SQLException {
    if (side.counts() == null) {
      return null;
    }
    int version = version(side.counts(), versions);
    Optional<String> text = DefinitionRows.text(connection, side.counts(), version, at);
    return text.flatMap(kept -> texts.read(side.counts(), kept).definition())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "definition %s %d was not kept, or cannot be read any more"
                        .formatted(side.counts(), version)));
  }

  private static int version(String name, String versions) {
    List<String> words = new ArrayList<>(List.of(versions.split(" ")));
    int at = words.indexOf(name);
    if (at < 0 || at + 1 >= words.size()) {
      throw new IllegalArgumentException(
          "the run counts by '%s', and definition '%s' is not among them"
              .formatted(versions, name));
    }
    return Integer.parseInt(words.get(at + 1));
  }
}
