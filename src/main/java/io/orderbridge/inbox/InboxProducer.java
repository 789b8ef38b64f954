package io.orderbridge.inbox;

import io.orderbridge.kernel.Carried;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * Stores what a route brings, as if it had come through the door. Goes on after the commit. The
 * message id is the header {@code OrderbridgeMessageId}, or else the hash of the body.
 */
final class InboxProducer extends DefaultProducer {
  private final String stream;
  private final Inbox inbox;

  InboxProducer(Endpoint endpoint, String stream, Inbox inbox) {
    super(endpoint);
    this.stream = stream;
    this.inbox = inbox;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    byte[] body = exchange.getMessage().getMandatoryBody(byte[].class);
    String id = exchange.getMessage().getHeader(Carried.MESSAGE_ID, String.class);
    Arrival arrival =
        new Arrival(
            stream,
            id == null ? HexFormat.of().formatHex(Inbox.sha256(body)) : id,
            exchange.getMessage().getHeader(Carried.KIND, "", String.class),
            "{}",
            null,
            body);
    try {
      Stored stored = inbox.store(arrival).get();
      exchange.getMessage().setHeader(Carried.MESSAGE, stored.inboxId());
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }
}
