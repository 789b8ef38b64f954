package io.orderbridge.call;

import io.orderbridge.signing.TokenSeal;
import java.time.Duration;
import java.time.Instant;

/**
 * The {@code token:} part of a connection file: an access token that ends.
 *
 * @param connection the folder
 * @param access what is known at first; may be empty
 * @param refresh what is known at first; may be empty
 * @param expires when the first token ends; null when that is not known
 * @param renewBefore renewed by itself when so little life is left
 * @param alarmBefore told to people when so little is left
 * @param seal locks what is stored
 */
public record TokenSpec(
    String connection,
    String access,
    String refresh,
    Instant expires,
    Duration renewBefore,
    Duration alarmBefore,
    TokenSeal seal) {
  /** Without the tokens. */
  @Override
  public String toString() {
    return "TokenSpec[" + connection + "]";
  }
}
