package io.orderbridge.schedule;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Wording;
import io.orderbridge.store.Audit;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The sources as people ask for them: how far each is proved, its windows, and reading again. */
@Singleton
public class SourceDesk {
  /** Of the windows that are due and not proved: what is missing now. */
  public static final String GAP = "GAP";

  private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

  private final Sources sources;
  private final SourceStates states;
  private final Clock clock;

  SourceDesk(Sources sources, SourceStates states, Clock clock) {
    this.sources = sources;
    this.states = states;
    this.clock = clock;
  }

  /**
   * How a source stands now.
   *
   * @param source {@code <connection>/<source>}
   * @param zone of its days
   * @param pushed whether its items should have come by push
   * @param state AWAITED is not due, DUE is being read or proved, LATE is overdue, else PROVED
   * @param completeUntil all before it is in the order book; null when nothing is
   * @param awaited windows that are not due yet
   * @param due windows that are due and not proved
   * @param late those of them that are overdue
   * @param unproved those that are read
   * @param nextDue when the next window that is not proved is or was due; null when there is none
   * @param cause of the last problem, and the problem in words; null when there is none
   */
  public record Standing(
      String source,
      ZoneId zone,
      boolean pushed,
      String state,
      Instant completeUntil,
      long awaited,
      long due,
      long late,
      long unproved,
      long deadLetters,
      Instant nextDue,
      String cause,
      String problem) {}

  /** The sources of the connection files in force, by name. */
  public List<Standing> all() {
    return sources.all().stream().map(this::standing).toList();
  }

  /** Empty when no connection file in force has it. */
  public Optional<Standing> find(String key) {
    return sources.find(key).map(this::standing);
  }

  private Standing standing(Source source) {
    SourceStates.State state = states.state(source, clock.instant());
    Map<String, Object> problem = state.problem() == null ? Map.of() : state.problem();
    return new Standing(
        source.key(),
        source.zone(),
        source.pushed(),
        state.word(),
        state.completeUntil(),
        state.awaited(),
        state.due(),
        state.late(),
        state.unproved(),
        state.deadLetters(),
        state.nextDue(),
        Objects.toString(problem.get("cause"), null),
        Objects.toString(problem.get("text"), null));
  }

  /**
   * Windows, the newest first, as the API tells them, with what waits as dead letters of each.
   *
   * @param state AWAITED, DUE, LATE, READ, PROVED or {@link #GAP}; null for all
   * @param before windows that begin before; null for all
   * @param max so many at most
   * @throws Declined when there is no such source
   */
  public List<Map<String, Object>> windows(String key, String state, Instant before, int max) {
    return windows(
        source(key), Instant.EPOCH.minusSeconds(1), before == null ? EVER : before, state, max);
  }

  List<Map<String, Object>> windows(
      Source source, Instant from, Instant to, String state, int max) {
    List<Map<String, Object>> found = states.windows(source, from, to, state, clock.instant(), max);
    found.stream()
        .filter(window -> !Objects.equals(window.get("deadLetters"), 0L))
        .forEach(window -> window.put("dead", states.dead(source, (Instant) window.get("from"))));
    return found;
  }

  /**
   * What came first from this source although it should have been pushed, by message: {@code id},
   * {@code message}, {@code window}.
   *
   * @param since windows that begin then or later
   * @throws Declined when there is no such source
   */
  public List<Map<String, Object>> recovered(String key, Instant since) {
    return states.recovered(source(key), since, EVER);
  }

  /** What is missing for a day of each source's zone, and what is complete, as the API tells it. */
  public Map<String, Object> awaited(LocalDate day) {
    return new DayBooks(states, clock.instant()).of(sources.all(), day);
  }

  /**
   * Makes the windows of a period due once more; what is stored stays as it is. Audited. Twice is
   * as once, but for a second entry of the audit.
   *
   * @return how many windows are due
   * @throws Declined when there is no such source, no reason, or no period that can be read
   */
  public int readAgain(String key, Instant from, Instant to, String reason, String actor) {
    Source source = source(key);
    if (reason == null || reason.isBlank()) {
      throw wrong("没有填写理由", "the reason is missing");
    }
    if (!from.isBefore(to)) {
      throw wrong("开始时间必须早于结束时间", "'from' is not before 'to'");
    }
    Audit.Act act =
        new Audit.Act(
            actor, "source.read-again", source.key(), reason, "from=%s to=%s".formatted(from, to));
    return states.readAgain(source, from, to, clock.instant(), act);
  }

  static boolean isOf(String word, Object state) {
    return word.equals(GAP)
        ? !state.equals("PROVED") && !state.equals("AWAITED")
        : word.equals(state);
  }

  private static Declined wrong(String zh, String en) {
    return new Declined(Declined.Kind.WRONG, new Wording(zh, en));
  }

  private Source source(String key) {
    return sources
        .find(key)
        .orElseThrow(
            () ->
                new Declined(
                    Declined.Kind.MISSING,
                    Wording.of(
                        "生效的连接文件中没有数据源 %s", "no connection file in force has the source %s", key)));
  }
}
