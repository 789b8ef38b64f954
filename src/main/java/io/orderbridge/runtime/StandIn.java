package io.orderbridge.runtime;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * Stands for a component of ours where there is no database: its endpoints can be built, and
 * nothing is ever sent to them.
 */
final class StandIn extends DefaultComponent {
  private final boolean takesOptions;

  /**
   * @param takesOptions whether an option is no mistake
   */
  StandIn(boolean takesOptions) {
    this.takesOptions = takesOptions;
    // Camel may have a component of the same name, whose fields this one has not.
    setAutowiredEnabled(false);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    return new DefaultEndpoint(uri, this) {
      @Override
      public boolean isLenientProperties() {
        return takesOptions;
      }

      @Override
      public Producer createProducer() {
        return new DefaultProducer(this) {
          @Override
          public void process(org.apache.camel.Exchange exchange) {
            throw new UnsupportedOperationException("a check sends nothing");
          }
        };
      }

      @Override
      public Consumer createConsumer(Processor next) {
        throw new UnsupportedOperationException("a check starts nothing");
      }
    };
  }
}
