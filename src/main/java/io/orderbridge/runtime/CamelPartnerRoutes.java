package io.orderbridge.runtime;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.repair.PartnerRoutes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;

/** The routes {@code direct:<name>} of the folder, asked from Java. */
@Singleton
class CamelPartnerRoutes implements PartnerRoutes {
  private final CamelContext context;
  private final ProducerTemplate template;

  CamelPartnerRoutes(CamelContext context, ProducerTemplate template) {
    this.context = context;
    this.template = template;
  }

  // A route's file is named after its id, and the routes of this kind begin with direct:<id>.
  @Override
  public boolean has(String name) {
    return context.getRoute(name) != null
        && context.getRouteController().getRouteStatus(name) == ServiceStatus.Started;
  }

  @Override
  public Object ask(String name, Map<String, Object> body) {
    if (!has(name)) {
      throw new TryLater(
          Cause.TARGET_UNREACHABLE, Optional.empty(), "no route " + name + " runs now");
    }
    Exchange ended =
        template.send(
            "direct:" + name,
            exchange -> {
              exchange.getMessage().setBody(body);
              exchange.setProperty(Carried.INPUT, body);
            });
    if (ended.getException() != null) {
      throw sorted(name, ended.getException());
    }
    return ended.getMessage().getBody();
  }

  // Whatever is not known is left to the clock.
  private static RuntimeException sorted(String name, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refusal;
      }
      if (cause instanceof TryLater later) {
        return later;
      }
    }
    return new TryLater(
        Cause.ROUTE_FAILED,
        Optional.empty(),
        "route %s: %s".formatted(name, failure.getClass().getSimpleName()),
        failure);
  }
}
