package io.orderbridge.schedule;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the items of a source go, and what became of them. An interface, so that this package needs
 * neither the inbox nor the order book; {@code runtime} joins them.
 */
public interface Intake {
  /** An item as it came. */
  record Arrived(String messageId, String kind, byte[] body) {}

  /** What became of a stored message. */
  enum Fate {
    /** Not applied yet. */
    WAITING,
    /** It reached the order book, or a person decided that it need not. */
    APPLIED,
    /** It is a dead letter that waits for a person. */
    DEAD
  }

  /**
   * Stores items; returns after the commit.
   *
   * @param stream inbox stream
   * @return the numbers of the messages in the order given; a repeat gives the number of the first
   */
  List<Long> store(String stream, List<Arrived> items);

  /** What became of messages of a stream; one answer for each. */
  Map<Long, Fate> fates(String stream, Collection<Long> inboxIds);

  /**
   * Which of these applied messages brought the first word on an order, or on something that it
   * reached: nobody had pushed it before.
   */
  Set<Long> firstWords(Collection<Long> inboxIds);
}
