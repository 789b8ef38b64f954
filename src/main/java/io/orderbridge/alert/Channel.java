package io.orderbridge.alert;

import io.orderbridge.kernel.Level;
import java.time.Duration;
import java.util.Set;

/**
 * One robot, or another way to tell people, from the {@code alerts:} part of its connection file.
 *
 * @param robot the connection
 * @param name what policies call it: the pool, or the connection itself. Robots of one pool tell
 *     the same people, each within its own budget
 * @param levels of which it tells
 * @param budget how much it may send
 * @param textMax bytes of UTF-8 that one message may have
 * @param mention whether a message says who is in charge
 * @param escalation whom to tell what nobody acknowledged; null: nobody
 */
public record Channel(
    String robot,
    String name,
    Set<Level> levels,
    Budget budget,
    int textMax,
    boolean mention,
    Escalation escalation) {
  public Channel {
    levels = Set.copyOf(levels);
  }

  /** At most so many messages in any period of this length. */
  public record Budget(int messages, Duration per) {
    // A burst of single messages is worse to read than one that came some seconds later.
    private static final Duration GAP_MAX = Duration.ofSeconds(5);

    public Budget {
      if (messages < 1 || per.isNegative() || per.isZero()) {
        throw new IllegalArgumentException(
            "a budget of %d messages per %s, expected 1 or more".formatted(messages, per));
      }
    }

    /** The least time between two messages, so that the budget lasts for its period. */
    Duration gap() {
      Duration even = per.dividedBy(messages);
      return even.compareTo(GAP_MAX) < 0 ? even : GAP_MAX;
    }
  }

  /**
   * @param after how long a breach may be unread, counted from when it was raised
   * @param to the channel that is told then
   * @param owner who is in charge then; empty: the same as before
   */
  public record Escalation(Duration after, String to, String owner) {}
}
