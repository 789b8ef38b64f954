package io.orderbridge.call;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.PluginHelper;

/**
 * {@code token:<connection>}: asked when the connection's access token is to be renewed. The body
 * is {@code {"access", "refresh"}}; the route ends with the new ones.
 */
@Singleton
@Named("token")
public class TokenComponent extends DefaultComponent {
  private final Tokens tokens;

  public TokenComponent(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.matches("[a-z0-9-]{1,60}")) {
      throw new IllegalArgumentException(
          "token:%s names no connection; expected token:<folder below routes/>"
              .formatted(remaining));
    }
    return new TokenEndpoint(uri, this, remaining);
  }

  private static final class TokenEndpoint extends DefaultEndpoint {
    private final TokenComponent owner;
    private final String connection;

    TokenEndpoint(String uri, TokenComponent owner, String connection) {
      super(uri, owner);
      this.owner = owner;
      this.connection = connection;
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException(
          "nothing is sent to token:; a call with 'token: true' renews by itself");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new TokenConsumer(this, processor, connection, owner.tokens);
    }
  }

  private static final class TokenConsumer extends DefaultConsumer {
    private final String connection;
    private final Tokens tokens;
    private final Tokens.Renewal renewal = this::renew;

    TokenConsumer(Endpoint endpoint, Processor processor, String connection, Tokens tokens) {
      super(endpoint, processor);
      this.connection = connection;
      this.tokens = tokens;
    }

    @Override
    protected void doStart() throws Exception {
      super.doStart();
      tokens.serve(connection, renewal);
    }

    @Override
    protected void doStop() throws Exception {
      tokens.unserve(connection, renewal);
      super.doStop();
    }

    private Object renew(String access, String refresh) {
      Exchange exchange = createExchange(false);
      try {
        Map<String, String> pair = Map.of("access", access, "refresh", refresh);
        exchange.getMessage().setBody(pair);
        exchange.getMessage().setHeader(Carried.CONNECTION, connection);
        exchange.setProperty(Carried.INPUT, pair);
        run(exchange);
        return exchange.getMessage().getBody();
      } finally {
        releaseExchange(exchange, false);
      }
    }

    private void run(Exchange exchange) {
      PluginHelper.getAsyncProcessorAwaitManager(getEndpoint().getCamelContext())
          .process(getAsyncProcessor(), exchange);
      for (Throwable e = exchange.getException(); e != null; e = e.getCause()) {
        if (e instanceof TryLater later) {
          throw later;
        }
        if (e instanceof Refusal refusal) {
          throw refusal;
        }
      }
      if (exchange.getException() != null) {
        // Its words may quote what was sent.
        String kind = exchange.getException().getClass().getSimpleName();
        throw new TryLater(
            Cause.ROUTE_FAILED, Optional.empty(), "the route from token: failed: " + kind);
      }
    }
  }
}
