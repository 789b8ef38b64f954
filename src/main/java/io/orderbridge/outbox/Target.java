package io.orderbridge.outbox;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.call.AnswerRule;
import io.orderbridge.call.Breaker;
import io.orderbridge.call.Limits;
import io.orderbridge.kernel.Milestone;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What one connection is owed and how it is delivered, from the {@code owed:} part of its file.
 *
 * @param name the connection
 * @param events event types, for example {@code order.paid}, or {@code order.*} for all
 * @param shops only orders of these shops; empty: of all
 * @param needs milestones an order must have reached before anything of it is owed; whichever event
 *     comes last of what is needed carries the whole order
 * @param personal whether it sees receiver, phone and address
 * @param orderBy where the ordering key stands in the event; null: by order
 * @param retry when a failed delivery is tried again
 * @param limits what one target may take of us
 * @param breaker when a target is left alone for a while
 * @param moot whether a later delivery settles an older dead letter of the same order
 * @param answers what its answers mean; the first that matches decides
 * @param uploadDeadline until when it has to be told of shipments; null when there is no such time
 */
public record Target(
    String name,
    List<String> events,
    Set<String> shops,
    Set<Milestone> needs,
    boolean personal,
    JsonPointer orderBy,
    Retry retry,
    Limits limits,
    Breaker breaker,
    Moot moot,
    List<AnswerRule> answers,
    UploadDeadline uploadDeadline) {
  public Target {
    events = List.copyOf(events);
    shops = Set.copyOf(shops);
    needs = Set.copyOf(needs);
    answers = List.copyOf(answers);
  }

  /** Whether this target is owed events of the type. */
  public boolean wants(String eventType) {
    return events.contains(eventType) || events.contains("order.*");
  }

  /** Whether orders of the shop are told to this target at all. */
  public boolean sells(String shop) {
    return shops.isEmpty() || shops.contains(shop);
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

  /** Which later delivery makes an older dead letter of the same order and target moot. */
  public enum Moot {
    /** Every delivery carries the whole order, so a later one that arrives settles it. */
    LATER_STATE,
    /** Each event matters by itself. */
    NEVER
  }
}
