package io.orderbridge.repair;

import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import java.util.Map;

/** The routes through which partners are asked, found by name: no Java knows a partner. */
public interface PartnerRoutes {
  /** Whether a route {@code direct:<name>} runs in this process now. */
  boolean has(String name);

  /**
   * Sends a body through {@code direct:<name>} and waits for its end. Never called inside a
   * transaction.
   *
   * @return the body that the route ends with: facts that it recorded, usually
   * @throws TryLater when the clock may help; whatever is not known is left to the clock
   * @throws Refusal when a person has to act
   */
  Object ask(String name, Map<String, Object> body);
}
