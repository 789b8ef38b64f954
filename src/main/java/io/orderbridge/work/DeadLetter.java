package io.orderbridge.work;

import io.orderbridge.kernel.Cause;
import java.time.Instant;
import java.util.List;

/**
 * What could not be applied or delivered and waits for a person.
 *
 * @param id number
 * @param queue {@code inbox:<connection>} or {@code outbox:<target>}
 * @param subject the order, or the sender's message id
 * @param key idempotency key; a replay uses the same
 * @param cause kind of failure, see the runbook
 * @param place file with line, JSON pointer or position; empty when there is none
 * @param message what is wrong and what to do
 * @param attempts how often it was tried
 * @param since when the work came
 * @param diedAt when it was given up
 * @param state OPEN, REPLAYED, DISCARDED or MOOT
 * @param settledAt when it left OPEN, or null
 * @param settledBy who settled it: a person, or the rule; or null
 * @param reason why it was discarded, or which rule settled it; or null
 */
public record DeadLetter(
    long id,
    String queue,
    String subject,
    String key,
    Cause cause,
    String place,
    String message,
    int attempts,
    Instant since,
    Instant diedAt,
    String state,
    Instant settledAt,
    String settledBy,
    String reason) {

  /**
   * One dead letter with all there is to judge it by.
   *
   * @param letter the letter
   * @param payload what it was done with, as text; personal data may stand in it
   * @param edited the corrected copy, or null
   * @param tries every attempt, oldest first
   */
  public record Opened(DeadLetter letter, String payload, String edited, List<Try> tries) {}

  /**
   * One attempt.
   *
   * @param status the target's HTTP status, or null
   * @param answer first KB of its answer, or null
   */
  public record Try(
      Instant at,
      int number,
      String outcome,
      String cause,
      Integer status,
      String answer,
      String why,
      int tookMs) {}

  /**
   * Which dead letters are meant; null leaves a condition out.
   *
   * @param connection letters of messages received from it
   * @param target letters of deliveries to it
   * @param state null means OPEN
   * @param from died at or after
   * @param to died before
   */
  public record Filter(
      String connection,
      String target,
      Cause cause,
      String subject,
      String state,
      Instant from,
      Instant to) {}
}
