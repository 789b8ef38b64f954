package io.orderbridge.call;

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
 * {@code call:<connection>/<call>}: asks another system as its connection file says. The body is a
 * request object, and becomes the answer's bytes.
 */
@Singleton
@Named("call")
public class CallComponent extends DefaultComponent {
  private final Calls calls;
  private final Tokens tokens;
  private final Clock clock;

  public CallComponent(Calls calls, Tokens tokens, Clock clock) {
    this.calls = calls;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.matches("[a-z0-9-]{1,60}/[a-z0-9-]{1,60}")) {
      throw new IllegalArgumentException(
          "call:%s names no call; expected call:<folder below routes/>/<name in its calls>"
              .formatted(remaining));
    }
    return new CallEndpoint(uri, this, remaining);
  }

  private static final class CallEndpoint extends DefaultEndpoint {
    private final CallComponent owner;
    private final String id;

    CallEndpoint(String uri, CallComponent owner, String id) {
      super(uri, owner);
      this.owner = owner;
      this.id = id;
    }

    @Override
    public Producer createProducer() {
      Senders senders = new Senders(new HttpWire(getCamelContext()), new FileFetch());
      return new CallProducer(
          this, id, owner.calls, new Asking(senders, owner.tokens, owner.clock));
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("nothing comes from call:; it is asked");
    }
  }
}
