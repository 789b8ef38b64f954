package io.orderbridge.inbox;

import io.orderbridge.work.Settlements;
import io.orderbridge.work.WorkQueue;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * {@code inbox:<connection>}. From it come the stored messages of a connection, one exchange each;
 * to it a route gives a message to be stored, for example a file it read.
 */
@Singleton
@Named("inbox")
public class InboxComponent extends DefaultComponent {
  /** Header with the connection's name. */
  public static final String CONNECTION = "OrderbridgeConnection";

  /** Header with the kind of message. */
  public static final String KIND = "OrderbridgeKind";

  /** Header with the number of the stored message. */
  public static final String MESSAGE = "OrderbridgeMessage";

  /** Property with the received headers, a map by lower-case name. */
  public static final String HEADERS = "OrderbridgeHeaders";

  /** Property with the work that is settled when the exchange ends; removed by who settles it. */
  public static final String WORK = "OrderbridgeWork";

  private final Inbox inbox;
  private final Messages messages;
  private final WorkQueue queue;
  private final Settlements settlements;
  private final ReceivingConnections connections;

  InboxComponent(
      Inbox inbox,
      Messages messages,
      WorkQueue queue,
      Settlements settlements,
      ReceivingConnections connections) {
    this.inbox = inbox;
    this.messages = messages;
    this.queue = queue;
    this.settlements = settlements;
    this.connections = connections;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.matches("[a-z0-9-]{1,60}")) {
      throw new IllegalArgumentException(
          "inbox:%s names no connection; expected inbox:<folder below routes/>"
              .formatted(remaining));
    }
    return new InboxEndpoint(uri, this, remaining);
  }

  private static final class InboxEndpoint extends DefaultEndpoint {
    private final InboxComponent owner;
    private final String connection;

    InboxEndpoint(String uri, InboxComponent owner, String connection) {
      super(uri, owner);
      this.owner = owner;
      this.connection = connection;
    }

    @Override
    public Producer createProducer() {
      return new InboxProducer(this, connection, owner.inbox);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new InboxConsumer(
          this,
          processor,
          connection,
          new InboxConsumer.Parts(
              owner.messages, owner.queue, owner.settlements, owner.connections));
    }
  }
}
