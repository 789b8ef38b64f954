package io.orderbridge.runtime;

import io.orderbridge.call.HttpDeadline;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;

/** What every route is given without asking for it. */
final class CamelDefaults {
  private static final long CONNECT_MAX_MS = 3_000;
  // As many as one target may have in flight (OwedSection); the outbox bounds each of them.
  private static final int CONNECTIONS_PER_TARGET = 256;
  private static final int CONNECTIONS_MAX = 2048;

  private CamelDefaults() {}

  static void set(CamelContext context) {
    context.getCamelContextExtension().setErrorHandlerFactory(quiet());
    HttpDeadline deadline = new HttpDeadline();
    for (String scheme : new String[] {"http", "https"}) {
      HttpComponent http = context.getComponent(scheme, HttpComponent.class);
      http.setHttpClientConfigurer(deadline);
      http.setConnectTimeout(CONNECT_MAX_MS);
      http.setConnectionRequestTimeout(CONNECT_MAX_MS);
      http.setConnectionsPerRoute(CONNECTIONS_PER_TARGET);
      http.setMaxTotalConnections(CONNECTIONS_MAX);
    }
  }

  // What fails is told once, by who settles it; Camel's own error lines would quote data.
  private static DefaultErrorHandlerDefinition quiet() {
    RedeliveryPolicyDefinition policy = new RedeliveryPolicyDefinition();
    policy.setLogExhausted("false");
    DefaultErrorHandlerDefinition quiet = new DefaultErrorHandlerDefinition();
    quiet.setRedeliveryPolicy(policy);
    quiet.setLevel("OFF");
    return quiet;
  }
}
