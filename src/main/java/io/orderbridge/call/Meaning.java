package io.orderbridge.call;

/** What an answer means, by who acts next: nobody, the clock, a person. */
public enum Meaning {
  /** The partner did it. */
  DONE,
  /** It did, and there is nothing: no statement of that day, no order in that hour. */
  EMPTY,
  /** It had done so before. */
  ALREADY,
  /** It cannot now. */
  BUSY,
  /** It was asked too often: nothing is asked until the wait it told is over. */
  SLOW_DOWN,
  /** The access token is over. */
  REFRESH,
  /** It will not. */
  REFUSED
}
