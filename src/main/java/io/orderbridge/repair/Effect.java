package io.orderbridge.repair;

import io.orderbridge.kernel.Money;
import java.util.List;
import java.util.Map;

/**
 * What a repair would do to one order, as it is now.
 *
 * @param before how the order stands, usually its status; empty when it is not known
 * @param after how it would stand
 * @param owed the events that would be written, and to whom they would be owed
 * @param task all that is needed to do it; the same over all attempts. Null when nothing is done
 * @param undo what takes it back; null when nothing can
 * @param amount the money it is about; null when there is none
 * @param second why a second person has to approve it; none when this order needs none
 * @param how whether it would be done
 * @param why it is refused, with what would be allowed; none otherwise
 */
record Effect(
    String before,
    String after,
    List<Owed> owed,
    Map<String, Object> task,
    Map<String, Object> undo,
    Money amount,
    Why second,
    How how,
    Why why) {
  static final Why UNNAMED = new Why("还没有任何消息提到过这个订单", "no message has named this order yet");

  enum How {
    CHANGE,
    /** It is so already. */
    UNCHANGED,
    REFUSED
  }

  /** An event and its targets. */
  record Owed(String event, List<String> targets) {}

  /** The same, for which a second person has to approve in any case. */
  Effect approvedBySecond(Why because) {
    return how == How.CHANGE
        ? new Effect(before, after, owed, task, undo, amount, because, how, why)
        : this;
  }

  static Effect refused(String before, Why why) {
    return new Effect(before, before, List.of(), null, null, null, Why.NONE, How.REFUSED, why);
  }

  static Effect unchanged(String before) {
    return new Effect(
        before, before, List.of(), null, null, null, Why.NONE, How.UNCHANGED, Why.NONE);
  }
}
