package io.orderbridge.notice;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code notices:<connection>}: from it comes one message to a customer at a time; the route sends
 * it and leaves the vendor's number of it. {@code notices:receipts} takes what vendors tell of
 * messages, {@code notices:customers} what customers allow and how they are reached, {@code
 * notices:restate} counts the days anew.
 */
@Singleton
@Named("notices")
public class NoticesComponent extends DefaultComponent {
  private final NoticesConsumer.Parts parts;
  private final NoticeSteps steps;

  NoticesComponent(NoticesConsumer.Parts parts, NoticeSteps steps) {
    this.parts = parts;
    this.steps = steps;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.matches("[a-z0-9-]{1,60}")) {
      throw new IllegalArgumentException(
          "notices:%s names no vendor; expected notices:<folder below routes/>, or as a step %s"
              .formatted(remaining, NoticeSteps.NAMES));
    }
    return new NoticesEndpoint(uri, this, remaining);
  }

  private static final class NoticesEndpoint extends DefaultEndpoint {
    private final NoticesComponent owner;
    private final String name;

    NoticesEndpoint(String uri, NoticesComponent owner, String name) {
      super(uri, owner);
      this.owner = owner;
      this.name = name;
    }

    @Override
    public Producer createProducer() {
      if (!NoticeSteps.NAMES.contains(name)) {
        throw new UnsupportedOperationException(
            "nothing is sent to notices:%s; a step is one of %s"
                .formatted(name, NoticeSteps.NAMES));
      }
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) {
          owner.steps.run(name, exchange);
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new NoticesConsumer(this, processor, name, owner.parts);
    }
  }
}
