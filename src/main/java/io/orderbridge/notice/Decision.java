package io.orderbridge.notice;

import java.time.Instant;

/**
 * What the rules say to one message.
 *
 * @param rule id of the rule that decided, for the record
 * @param until only with POSTPONE: when it is to be asked again
 * @param personal whether the personal block goes out with it
 */
public record Decision(Outcome outcome, String rule, Instant until, boolean personal) {
  /** What is done with a message. */
  public enum Outcome {
    /** Sent as it is. */
    SEND,
    /** Sent without its personal block. */
    STRIP,
    /** Kept until a time and then decided anew. */
    POSTPONE,
    /** Not sent; noted with its rule. */
    SUPPRESS
  }
}
