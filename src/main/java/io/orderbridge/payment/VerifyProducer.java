package io.orderbridge.payment;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Refusal;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/**
 * Verifies the days that body or headers name, of one connection or of all. The body becomes the
 * runs that were made, as the API shows them.
 */
final class VerifyProducer extends DefaultProducer {
  private static final String ASKED_BY = "route";

  private final Asking asking;
  private final Clock clock;

  VerifyProducer(Endpoint endpoint, Asking asking, Clock clock) {
    super(endpoint);
    this.asking = asking;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Map<?, ?> body = message.getBody() instanceof Map<?, ?> map ? map : Map.of();
    try {
      Asking.Wish wish =
          new Asking.Wish(
              told(body, "connection", message, Carried.CONNECTION),
              told(body, "from", message, PaymentsComponent.FROM),
              told(body, "to", message, PaymentsComponent.TO));
      message.setBody(asking.verify(wish, ASKED_BY, clock.instant()));
    } catch (Declined e) {
      throw new Refusal(Cause.ROUTE_FAILED, "payments:verify", e.getMessage(), e);
    }
  }

  private static String told(Map<?, ?> body, String key, Message message, String header) {
    Object value = body.get(key);
    return value == null ? message.getHeader(header, String.class) : value.toString();
  }
}
