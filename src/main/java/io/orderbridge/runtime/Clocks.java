package io.orderbridge.runtime;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The only place that touches the system's clock; everything else is given one. */
final class Clocks {
  private Clocks() {}

  @Produces
  @Singleton
  static Clock system() {
    return Clock.systemUTC();
  }
}
