package io.orderbridge.call;

import java.time.Instant;

/**
 * How an access token stands, for people.
 *
 * @param expiresAt null when it is not known
 * @param renewedAt null when it never was
 * @param failure of the last renewal, null when it went well; without tokens
 */
public record TokenState(
    String connection, State state, Instant expiresAt, Instant renewedAt, String failure) {
  /** From good to bad. */
  public enum State {
    OK,
    /** It will be renewed within minutes. */
    RENEW_DUE,
    /** The last renewal failed; it is tried again. */
    FAILED,
    /** It ends soon and nothing renews it: a person has to. */
    ALARM
  }
}
