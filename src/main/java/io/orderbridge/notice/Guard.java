package io.orderbridge.notice;

import io.orderbridge.notice.ChannelRules.Cap;
import io.orderbridge.notice.ChannelRules.Needs;
import io.orderbridge.notice.ChannelRules.Policy;
import io.orderbridge.notice.Decision.Outcome;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether a message may be sent, by rules that are data. Pure: the same question has the
 * same answer, and every answer names its rule.
 */
public final class Guard {
  /** Rule of a customer who does not want it; above all others. */
  public static final String OPT_OUT = "opt-out";

  // What holds where no rule fits.
  private static final Policy ORDERS = new Policy(null, Needs.NOTHING, "default-order");
  private static final Policy PROMOTIONS = new Policy(null, Needs.CONSENT, "default-consent");

  private final ChannelRules rules;

  public Guard(ChannelRules rules) {
    this.rules = rules;
  }

  /** What is done with a message; a postponed one is asked for again when its time has come. */
  public Decision decide(Asked asked) {
    if (asked.consent() == Says.WITHDRAWN) {
      return suppressed(OPT_OUT);
    }
    Policy policy = policy(asked.channel(), asked.content());
    if (!meets(policy, asked.consent())) {
      return suppressed(policy.rule());
    }
    String strips = asked.personalBlock() ? strips(asked) : "";
    boolean personal = asked.personalBlock() && strips.isEmpty();
    Optional<Decision> quiet = quiet(asked, personal);
    if (quiet.isPresent()) {
      return quiet.get();
    }
    Optional<Cap> cap = rules.cap(asked.channel(), asked.content());
    if (cap.isPresent() && asked.sentToday() >= cap.get().most()) {
      return suppressed(cap.get().rule());
    }
    return strips.isEmpty()
        ? new Decision(Outcome.SEND, policy.rule(), null, personal)
        : new Decision(Outcome.STRIP, strips, null, false);
  }

  /** Whether the text, as it would be sent, has a word that the channel must not have. */
  public Decision words(String channel, Content content, String text) {
    return rules.words().stream()
        .filter(words -> words.scope().fits(channel, content) && words.hasOne(text))
        .findFirst()
        .map(words -> suppressed(words.rule()))
        .orElse(new Decision(Outcome.SEND, "words", null, true));
  }

  // A personal block sells something, whatever the message around it is about.
  private String strips(Asked asked) {
    if (asked.promotion() == Says.WITHDRAWN) {
      return OPT_OUT;
    }
    Policy policy = policy(asked.channel(), Content.PROMOTION);
    return meets(policy, asked.promotion()) ? "" : policy.rule();
  }

  private Optional<Decision> quiet(Asked asked, boolean personal) {
    Decision longest = null;
    for (ChannelRules.Quiet quiet : rules.quiet()) {
      Optional<Instant> until =
          quiet.scope().fits(asked.channel(), asked.content())
              ? quiet.until(asked.now())
              : Optional.empty();
      if (until.isPresent() && (longest == null || until.get().isAfter(longest.until()))) {
        longest = new Decision(Outcome.POSTPONE, quiet.rule(), until.get(), personal);
      }
    }
    return Optional.ofNullable(longest);
  }

  private Policy policy(String channel, Content content) {
    return rules.policy().stream()
        .filter(policy -> policy.scope().fits(channel, content))
        .findFirst()
        .orElse(content == Content.PROMOTION ? PROMOTIONS : ORDERS);
  }

  private static boolean meets(Policy policy, Says consent) {
    return policy.needs() == Needs.NOTHING
        || policy.needs() == Needs.CONSENT && consent == Says.GRANTED;
  }

  private static Decision suppressed(String rule) {
    return new Decision(Outcome.SUPPRESS, rule, null, false);
  }
}
