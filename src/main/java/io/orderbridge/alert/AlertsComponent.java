package io.orderbridge.alert;

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
 * {@code alerts:<connection>}: from it comes one message for people at a time, within the budget of
 * the connection's {@code alerts:} section. The route only sends; whether it was taken says what
 * the route throws.
 */
@Singleton
@Named("alerts")
public class AlertsComponent extends DefaultComponent {
  private final Channels channels;
  private final Messages messages;
  private final Clock clock;

  public AlertsComponent(Channels channels, Messages messages, Clock clock) {
    this.channels = channels;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.matches("[a-z0-9-]{1,60}")) {
      throw new IllegalArgumentException(
          "alerts:%s names no channel; expected alerts:<folder below routes/>"
              .formatted(remaining));
    }
    return new AlertsEndpoint(uri, this, remaining);
  }

  private static final class AlertsEndpoint extends DefaultEndpoint {
    private final AlertsComponent owner;
    private final String robot;

    AlertsEndpoint(String uri, AlertsComponent owner, String robot) {
      super(uri, owner);
      this.owner = owner;
      this.robot = robot;
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException(
          "nothing is sent to alerts:; checks raise alerts, by mappings/rules/alerts.yaml");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new AlertsConsumer(
          this,
          processor,
          robot,
          new AlertsConsumer.Parts(owner.channels, owner.messages, owner.clock));
    }
  }
}
