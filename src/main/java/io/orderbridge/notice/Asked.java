package io.orderbridge.notice;

import java.time.Instant;

/**
 * May this message be sent now?
 *
 * @param consent what the customer says to this content on this channel
 * @param promotion what the customer says to promotions on this channel: by it a personal block in
 *     a notice about an order stays or goes
 * @param personalBlock whether a block for this customer is to be put in
 * @param sentToday messages that the {@link ChannelRules#cap cap} of the channel and content counts
 */
public record Asked(
    String channel,
    Content content,
    Says consent,
    Says promotion,
    boolean personalBlock,
    Instant now,
    int sentToday) {
  /** Where one word of the customer holds for the notice and for promotions. */
  public Asked(
      String channel,
      Content content,
      Says consent,
      boolean personalBlock,
      Instant now,
      int sentToday) {
    this(channel, content, consent, consent, personalBlock, now, sentToday);
  }
}
