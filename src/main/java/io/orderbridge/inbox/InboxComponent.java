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
 * {@code inbox:<connection>} and {@code inbox:<connection>/<stream>}. From it come stored messages,
 * one exchange each; to it a route gives a message to be stored, for example a file it read. What
 * comes through the door has no stream; what is read by period has its own, so that a sweep of many
 * never stands before a push.
 */
@Singleton
@Named("inbox")
public class InboxComponent extends DefaultComponent {
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
    if (!remaining.matches("[a-z0-9-]{1,60}(/[a-z0-9-]{1,60})?")) {
      throw new IllegalArgumentException(
          "inbox:%s names no connection; expected inbox:<folder below routes/> or"
                  .formatted(remaining)
              + " inbox:<folder>/<stream>");
    }
    return new InboxEndpoint(uri, this, remaining);
  }

  private static final class InboxEndpoint extends DefaultEndpoint {
    private final InboxComponent owner;
    private final String stream;

    InboxEndpoint(String uri, InboxComponent owner, String stream) {
      super(uri, owner);
      this.owner = owner;
      this.stream = stream;
    }

    @Override
    public Producer createProducer() {
      return new InboxProducer(this, stream, owner.inbox);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new InboxConsumer(
          this,
          processor,
          stream,
          new InboxConsumer.Parts(
              owner.messages, owner.queue, owner.settlements, owner.connections));
    }
  }
}
