package io.orderbridge.sandbox;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The partners that the sandbox plays, by name, made when they are first named. */
@Singleton
class Counterparts {
  private final Map<String, Counterpart> byName = new ConcurrentHashMap<>();
  private final Clock clock;

  Counterparts(Clock clock) {
    this.clock = clock;
  }

  Counterpart of(String name) {
    return byName.computeIfAbsent(name, any -> new Counterpart(clock));
  }
}
