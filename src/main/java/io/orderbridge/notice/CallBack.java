package io.orderbridge.notice;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A customer of a sample who is asked whether the notice reached them.
 *
 * @param outcome null until somebody called
 * @param sentAt when the notice was sent
 */
record CallBack(
    int place,
    long notice,
    String shop,
    String number,
    String channel,
    Instant sentAt,
    String phoneMasked,
    Outcome outcome,
    String note,
    String calledBy,
    Instant calledAt) {
  /** What the customer said. */
  enum Outcome {
    REACHED,
    NOT_REACHED,
    /** Nothing: neither counts for the rate nor against it. */
    NO_ANSWER
  }

  Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("place", place);
    view.put("notice", notice);
    view.put("shop", shop);
    view.put("number", number);
    view.put("channel", channel);
    view.put("sentAt", sentAt.toString());
    view.put("phone", phoneMasked);
    view.put("outcome", outcome == null ? null : outcome.name());
    if (outcome != null) {
      view.put("note", note);
      view.put("calledBy", calledBy);
      view.put("calledAt", calledAt.toString());
    }
    return view;
  }
}
