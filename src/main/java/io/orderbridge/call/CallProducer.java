package io.orderbridge.call;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Patience;
import io.orderbridge.kernel.Refusal;
import java.util.Locale;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** Puts what a partner answers into the message of a route. */
final class CallProducer extends DefaultProducer {
  private static final int OK = 200;

  private final String id;
  private final Calls calls;
  private final Asking asking;

  CallProducer(Endpoint endpoint, String id, Calls calls, Asking asking) {
    super(endpoint);
    this.id = id;
    this.calls = calls;
    this.asking = asking;
  }

  @Override
  public void process(Exchange exchange) {
    LiveCall call =
        calls
            .find(id)
            .orElseThrow(
                () ->
                    new Refusal(
                        Cause.ROUTE_FAILED,
                        "call:" + id,
                        "no connection file has this call now; write it into 'calls'"));
    Message message = exchange.getMessage();
    Object body = message.getBody();
    exchange.setProperty(Carried.SENT, body);
    Asking.Told told =
        asking.ask(
            call,
            CallRequest.of(body),
            message.getHeader(Carried.IDEMPOTENCY_KEY, String.class),
            exchange.getProperty(Carried.PATIENCE, Patience.NONE, Patience.class));
    message.setBody(told.body());
    message.setHeader(Carried.ANSWER, told.meaning().name().toLowerCase(Locale.ROOT));
    // What the answer means is decided: nobody after us shall judge its status once more.
    boolean good = told.status() / 100 == 2;
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, good ? told.status() : OK);
    if (told.contentType() == null) {
      message.removeHeader(Exchange.CONTENT_TYPE);
    } else {
      message.setHeader(Exchange.CONTENT_TYPE, told.contentType());
    }
  }
}
