package io.orderbridge.work;

import io.orderbridge.kernel.Cause;
import io.orderbridge.work.Work.Item;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * How an attempt at a piece of work ended, by who acts next: nobody, the clock, a person. The row
 * of the attempt, the dead letter and the log line are all written from this one value.
 *
 * @param item the work
 * @param outcome who acts next
 * @param paid whether the work was already removed from its queue, by the transaction that did it
 * @param cause null when done
 * @param place where it failed; empty when nowhere in particular
 * @param why for people; empty when done
 * @param status the target's HTTP status; 0 when there is none
 * @param answer the first KB of the target's answer; null when there is none
 * @param payload what the work was done with, kept with a dead letter; may be null otherwise
 * @param rest how long the lane waits before the next attempt; zero unless the clock acts
 * @param apart whether the work waits in a lane of its own, because its lane has no order to keep
 * @param settlesOlder whether older dead letters of the same subject are moot by it
 * @param took of the attempt
 * @param along what is written in the same transaction; null when there is nothing
 */
public record Settlement(
    Item item,
    Outcome outcome,
    boolean paid,
    Cause cause,
    String place,
    String why,
    int status,
    String answer,
    byte[] payload,
    Duration rest,
    boolean apart,
    boolean settlesOlder,
    Duration took,
    Along along) {

  /** Something that has to be true if and only if the settlement is. */
  @FunctionalInterface
  public interface Along {
    /** Joins the transaction of the settlement. */
    void write(Connection connection) throws SQLException;

    /**
     * Of those that share a transaction the lowest is written first: what locks the same rows in
     * the same order never waits for each other.
     */
    default long turn() {
      return 0;
    }
  }

  /** Who acts next. */
  public enum Outcome {
    /** Nobody. */
    DONE,
    /** The clock: it is tried again. */
    AGAIN,
    /** A person: it went to the dead letters. */
    DEAD
  }

  /** Nothing is left to do. */
  public static Settlement done(Item item, boolean paid, Duration took) {
    return new Settlement(
        item,
        Outcome.DONE,
        paid,
        null,
        "",
        "",
        0,
        null,
        null,
        Duration.ZERO,
        false,
        false,
        took,
        null);
  }

  /** The same work will succeed or fail again after the rest. */
  public static Settlement again(Item item, Cause cause, String why, Duration rest, Duration took) {
    return new Settlement(
        item, Outcome.AGAIN, false, cause, "", why, 0, null, null, rest, false, false, took, null);
  }

  /** A person has to act; the payload is kept. */
  public static Settlement dead(
      Item item, Cause cause, String place, String why, byte[] payload, Duration took) {
    return new Settlement(
        item,
        Outcome.DEAD,
        false,
        cause,
        place,
        why,
        0,
        null,
        payload,
        Duration.ZERO,
        false,
        false,
        took,
        null);
  }

  /** Work with which processes died so often. */
  static Settlement killer(Item item, int times) {
    return dead(
        item,
        Cause.PROCESS_CRASH,
        "",
        "the process ended %d times while this was in work".formatted(times),
        item.what().payload() == null ? new byte[0] : item.what().payload(),
        Duration.ZERO);
  }

  /** The same, with what the target answered. */
  public Settlement answered(int status, String answer) {
    return with(status, answer, apart, settlesOlder, along);
  }

  /** The same; older dead letters of the subject are moot. */
  public Settlement settlingOlder() {
    return with(status, answer, apart, true, along);
  }

  /** The same; the work waits in a lane of its own. */
  public Settlement waitingApart() {
    return with(status, answer, true, settlesOlder, along);
  }

  /** The same; this is written along with it. */
  public Settlement with(Along written) {
    return with(status, answer, apart, settlesOlder, written);
  }

  private Settlement with(
      int status, String answer, boolean apart, boolean settlesOlder, Along along) {
    return new Settlement(
        item,
        outcome,
        paid,
        cause,
        place,
        why,
        status,
        answer,
        payload,
        rest,
        apart,
        settlesOlder,
        took,
        along);
  }

  /** Whether anything has to be written but the end of the claim. */
  boolean leavesTrace() {
    return outcome != Outcome.DONE || !paid;
  }
}
