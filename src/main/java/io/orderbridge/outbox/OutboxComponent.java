package io.orderbridge.outbox;

import io.orderbridge.order.Events;
import io.orderbridge.work.Settlements;
import io.orderbridge.work.WorkQueue;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * {@code outbox:<target>}: what a target is owed comes from it, in order, one exchange each. The
 * route only delivers; what its failure means is decided by the target's connection file.
 */
@Singleton
@Named("outbox")
public class OutboxComponent extends DefaultComponent {
  /** Header that is the same on every attempt at one delivery, for ever. */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /** Property with the event's type. */
  public static final String EVENT = "OrderbridgeEvent";

  private final OutboxConsumer.Parts parts;

  OutboxComponent(
      Targets targets, Events events, WorkQueue queue, Settlements settlements, Clock clock) {
    this.parts = new OutboxConsumer.Parts(targets, events, queue, settlements, clock);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.matches("[a-z0-9-]{1,60}")) {
      throw new IllegalArgumentException(
          "outbox:%s names no target; expected outbox:<folder below routes/>".formatted(remaining));
    }
    return new OutboxEndpoint(uri, this, remaining);
  }

  private static final class OutboxEndpoint extends DefaultEndpoint {
    private final OutboxComponent owner;
    private final String target;

    OutboxEndpoint(String uri, OutboxComponent owner, String target) {
      super(uri, owner);
      this.owner = owner;
      this.target = target;
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException(
          "nothing is sent to outbox:; orders:record makes the debts");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new OutboxConsumer(this, processor, target, owner.parts);
    }
  }
}
