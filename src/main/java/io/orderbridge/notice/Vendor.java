package io.orderbridge.notice;

import java.time.Duration;

/**
 * A vendor of a channel (渠道商), from the {@code notices:} part of its connection file.
 *
 * @param connection the folder of its route, which begins with {@code notices:<connection>}
 * @param channel what it sends by: {@code sms}, {@code wechat}, {@code push}, {@code mail}, ...
 * @param contact which contact of a customer it needs: {@code phone}, {@code oaid}, {@code wechat}
 *     (an openid), {@code jpush}, {@code fcm}, {@code email}
 * @param priority among the vendors of its channel, the lowest first
 * @param inFlight messages that are sent at the same time
 * @param deadline of one send
 * @param textMax characters (code points) that a text may have
 * @param doubt what to do about a message of which nobody knows whether it was taken
 * @param pull how often it is asked for the receipts of messages that have none, through {@code
 *     direct:<connection>-notice-receipts}; null when it pushes them
 * @param receipts whether it tells what was delivered; a vendor that does not never proves anything
 */
public record Vendor(
    String connection,
    String channel,
    String contact,
    int priority,
    int inFlight,
    Duration deadline,
    int textMax,
    Doubt doubt,
    Duration pull,
    boolean receipts) {

  /** What to do about a message of which nobody knows whether the vendor took it. */
  public enum Doubt {
    /** It is sent again: by our id the vendor tells a repeat and sends it once. */
    AGAIN,
    /** The vendor is asked through {@code direct:<connection>-notice-query}. */
    ASK,
    /** It counts as taken; a receipt tells, or the time in which one has to come ends. */
    WAIT
  }
}
