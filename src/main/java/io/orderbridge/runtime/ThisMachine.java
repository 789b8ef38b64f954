package io.orderbridge.runtime;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;

/** Whether a request comes from this very machine and was meant for it. Thread-safe. */
@Singleton
class ThisMachine {
  private static final Set<String> HERE = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");
  // A name that somebody else's page made point here is none of these.
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final CurrentVertxRequest connection;

  ThisMachine(CurrentVertxRequest connection) {
    this.connection = connection;
  }

  /** Not by a proxy: behind one anybody seems to sit here. */
  boolean asks(ContainerRequestContext request) {
    String host = request.getUriInfo().getBaseUri().getHost();
    return HERE.contains(connection.getCurrent().request().remoteAddress().host())
        && host != null
        && NAMES.contains(host)
        && request.getHeaderString("X-Forwarded-For") == null;
  }
}
