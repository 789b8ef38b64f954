package io.orderbridge.outbox;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.kernel.Milestone;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What one connection is owed and how it is delivered, from the {@code owed:} part of its file.
 *
 * @param name the connection
 * @param events event types, for example {@code order.paid}, or {@code order.*} for all
 * @param needs milestones an order must have reached before anything of it is owed; whichever event
 *     comes last of what is needed carries the whole order
 * @param personal whether it sees receiver, phone and address
 * @param orderBy where the ordering key stands in the event; null: by order
 * @param retry when a failed delivery is tried again
 * @param limits what one target may take of us
 * @param breaker when a target is left alone for a while
 * @param moot whether a later delivery settles an older dead letter of the same order
 * @param answers what its answers mean; the first that matches decides
 */
public record Target(
    String name,
    List<String> events,
    Set<Milestone> needs,
    boolean personal,
    JsonPointer orderBy,
    Retry retry,
    Limits limits,
    Breaker breaker,
    Moot moot,
    List<AnswerRule> answers) {
  public Target {
    events = List.copyOf(events);
    needs = Set.copyOf(needs);
    answers = List.copyOf(answers);
  }

  /** Whether this target is owed events of the type. */
  public boolean wants(String eventType) {
    return events.contains(eventType) || events.contains("order.*");
  }

  /**
   * @param after waits between the attempts; the last one repeats
   * @param until age of the debt after which it goes to the dead letters
   */
  public record Retry(List<Duration> after, Duration until) {
    public Retry {
      after = List.copyOf(after);
    }
  }

  /**
   * @param inFlight deliveries at the same time, 1 to 256
   * @param perSecond deliveries started in a second; 0 means no limit
   * @param deadline for one attempt as a whole, connecting and reading included
   * @param answer bytes of an answer that are read; the rest is cut off
   */
  public record Limits(int inFlight, int perSecond, Duration deadline, int answer) {}

  /**
   * @param failures failed attempts in a row that open the breaker
   * @param pause how long nothing is sent then; afterwards one attempt tells
   */
  public record Breaker(int failures, Duration pause) {}

  /** Which later delivery makes an older dead letter of the same order and target moot. */
  public enum Moot {
    /** Every delivery carries the whole order, so a later one that arrives settles it. */
    LATER_STATE,
    /** Each event matters by itself. */
    NEVER
  }

  /**
   * One line of {@code answers:}.
   *
   * @param status HTTP status, or 0 for any
   * @param json where in the answer's JSON the value stands; null looks at the status alone
   * @param equals the value as text
   * @param then what it means
   */
  public record AnswerRule(int status, JsonPointer json, String equals, Meaning then) {}

  /** What an answer means, by who acts next: nobody, the clock, a person. */
  public enum Meaning {
    DONE,
    BUSY,
    REFUSED
  }
}
