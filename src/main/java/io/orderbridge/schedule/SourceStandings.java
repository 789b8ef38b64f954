package io.orderbridge.schedule;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** How far the sources of some connections are read, for who has to explain what is missing. */
@Singleton
public class SourceStandings {
  // A source that fails is behind long before it is late: two of its usual rounds.
  private static final Duration FAILING_MAX = Duration.ofMinutes(30);

  private final Sources sources;
  private final SourceStates states;

  SourceStandings(Sources sources, SourceStates states) {
    this.sources = sources;
    this.states = states;
  }

  /**
   * One source.
   *
   * @param state AWAITED, DUE, LATE or PROVED
   * @param completeUntil all before it is in the order book; null when nothing is
   * @param behind whether it is late, or fails for longer than half an hour
   * @param cause of the last problem; null when there is none
   * @param problem in words; null when there is none
   */
  public record Standing(
      String source,
      String connection,
      String state,
      Instant completeUntil,
      Instant dueSince,
      boolean behind,
      String cause,
      String problem) {}

  /** The sources of these connections, and those that fill their streams, by name. */
  public List<Standing> of(Collection<String> connections, Instant now) {
    List<Standing> standings = new ArrayList<>();
    for (Source source : sources.all()) {
      String fills = source.into().split("/", 2)[0];
      if (connections.contains(source.connection()) || connections.contains(fills)) {
        standings.add(standing(source, states.state(source, now), now));
      }
    }
    return standings;
  }

  /** The sources of connections in force that are behind, by name. */
  public List<Standing> behind(Instant now) {
    return sources.all().stream()
        .map(source -> standing(source, states.state(source, now), now))
        .filter(Standing::behind)
        .toList();
  }

  private static Standing standing(Source source, SourceStates.State state, Instant now) {
    boolean overdue = state.nextDue() != null && state.nextDue().plus(FAILING_MAX).isBefore(now);
    boolean failing = state.problem() != null && overdue;
    return new Standing(
        source.key(),
        source.connection(),
        state.word(),
        state.completeUntil(),
        overdue ? state.nextDue() : null,
        state.word().equals("LATE") || failing,
        text(state, "cause"),
        text(state, "problem"));
  }

  private static String text(SourceStates.State state, String name) {
    Object value = state.problem() == null ? null : state.problem().get(name);
    return value == null ? null : String.valueOf(value);
  }
}
