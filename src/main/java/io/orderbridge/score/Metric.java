package io.orderbridge.score;

import java.util.Arrays;
import java.util.Optional;

/** The four metrics. The words stand in the database, in the API and in the file of rules. */
public enum Metric {
  // A delivery that was given up is known the same night; attempts of three nights are a few pages.
  /** Orders whose status reached a system over five minutes late, of all whose status moved. */
  SYNC_DELAY("sync-delay", Every.DAY, true, 3),
  // The longest that a vendor tells late receipts is three days; a week leaves room for its outage.
  /** Notices that reached somebody by receipt, of all that the gates made. */
  NOTICE_REACH("notice-reach", Every.DAY, false, 7),
  // The month before moves until it is frozen.
  /** Amounts of open differences without their signs, of what was sold. */
  BOOK_DIFFERENCE("book-difference", Every.MONTH, true, 2),
  // An order is seldom touched by a person later than five weeks after it was placed.
  /** Orders that needed a person, of all that were placed. */
  HAND_WORK("hand-work", Every.WEEK, true, 5);

  private final String word;
  private final Every every;
  private final boolean below;
  private final int back;

  Metric(String word, Every every, boolean below, int back) {
    this.word = word;
    this.every = every;
    this.below = below;
    this.back = back;
  }

  public String word() {
    return word;
  }

  /** How long its periods are. */
  public Every every() {
    return every;
  }

  /** Whether the share has to stay below its limit; otherwise it has to reach it. */
  boolean isBelow() {
    return below;
  }

  /** So many periods back are told anew when late data changes them. */
  int back() {
    return back;
  }

  /** The metric of a word. */
  public static Optional<Metric> of(String word) {
    return Arrays.stream(values()).filter(metric -> metric.word.equals(word)).findFirst();
  }
}
