package io.orderbridge.notice;

import io.orderbridge.call.HttpDeadline;
import io.orderbridge.kernel.Cause;
import io.orderbridge.work.Settlement;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;

/** What becomes of messages of which nobody knows whether their vendor took them. */
@Singleton
class Doubts {
  private static final int ANSWER_MAX = 65_536;

  private final Dispatch dispatch;

  Doubts(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  /**
   * What the vendor knows of a message that may have been sent before.
   *
   * @param died whether a process died while it sent this message now
   * @return null when it has to be sent
   */
  Settlement asked(
      Dispatch.Attempt attempt, Messages.Message message, boolean died, CamelContext camel) {
    return switch (attempt.vendor().doubt()) {
      case AGAIN -> null;
      case WAIT ->
          attempt.byHand() && !died
              ? null
              : dispatch.taken(
                  attempt,
                  message,
                  new Outcome(
                      Outcome.Kind.DOUBT,
                      null,
                      Cause.PROCESS_CRASH,
                      "",
                      died ? "the process ended while it was sent" : "it was in doubt before",
                      Duration.ZERO),
                  true);
      case ASK -> told(attempt, message, camel);
    };
  }

  private Settlement told(Dispatch.Attempt attempt, Messages.Message message, CamelContext camel) {
    Object answer;
    HttpDeadline.bind(attempt.vendor().deadline(), ANSWER_MAX);
    try {
      answer =
          camel
              .createFluentProducerTemplate()
              .to("direct:" + attempt.vendor().connection() + "-notice-query")
              .withBody(message.body())
              .request();
    } catch (CamelExecutionException e) {
      Outcome failed = Outcome.failed(e.getCause() == null ? e : e.getCause());
      return dispatch.later(attempt, message, failed, true);
    } finally {
      HttpDeadline.unbound();
    }
    String state = answer instanceof Map<?, ?> map ? String.valueOf(map.get("state")) : "UNKNOWN";
    return switch (state) {
      case "ACCEPTED" -> dispatch.taken(attempt, message, Outcome.taken(answer), false);
      case "DELIVERED" -> dispatch.delivered(attempt, message, Outcome.taken(answer));
      case "FAILED" ->
          dispatch.refused(
              attempt,
              new Outcome(
                  Outcome.Kind.REFUSED,
                  null,
                  Cause.TARGET_REFUSED,
                  "",
                  "the vendor says that it failed",
                  Duration.ZERO));
      // Not listed yet, perhaps: only after the waiting of a try it counts as not sent.
      default -> attempt.row().doubt() ? null : dispatch.later(attempt, message, unlisted(), true);
    };
  }

  private static Outcome unlisted() {
    return new Outcome(
        Outcome.Kind.DOUBT,
        null,
        Cause.PROCESS_CRASH,
        "",
        "the process ended while it was sent, and the vendor does not list it yet",
        Duration.ZERO);
  }
}
