package io.orderbridge.outbox;

import io.orderbridge.kernel.Cause;
import java.time.Instant;

/**
 * One event that a target is or was owed, and how that stands.
 *
 * @param event number of the event
 * @param type of the event, for example {@code order.paid}
 * @param owedAt when it came to be owed
 * @param tries attempts so far
 * @param lastTry null when there was none
 * @param nextTry when it is due again; null when it is not, or that cannot be told
 * @param cause why the last attempt failed; null when it did not, or there was none
 * @param status the target's last HTTP status; null when there is none
 * @param why of the last failure, for people; it may quote the target
 * @param letter number of its dead letter, or null
 */
public record Delivery(
    String target,
    long event,
    String type,
    Instant owedAt,
    State state,
    int tries,
    Instant lastTry,
    Instant nextTry,
    Cause cause,
    Integer status,
    String why,
    Long letter) {

  /** How a debt stands. */
  public enum State {
    /** Paid; without a status the route had nothing to send. */
    DELIVERED,
    /** Due, or due again later. */
    WAITING,
    /** Given up: it waits for a person in the dead letters. */
    DEAD,
    /** A person gave it up, or a later delivery made it moot. */
    SETTLED
  }

  /** Whether the target has still to hear of it. */
  public boolean isOpen() {
    return state == State.WAITING || state == State.DEAD;
  }

  /** Whether it was sent and answered. */
  public boolean isTold() {
    return state == State.DELIVERED && status != null;
  }
}
