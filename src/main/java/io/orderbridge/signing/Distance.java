package io.orderbridge.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far a sender's clock may lie from ours, before or after. */
record Distance(Duration allowed) {

  /** Why a stated time is not believed; empty when it is near enough. */
  Optional<String> wrong(String name, Optional<Instant> at, Instant now) {
    if (at.isEmpty()) {
      return Optional.of(name + " is missing or no time");
    }
    Duration distance = Duration.between(at.get(), now).abs();
    return distance.compareTo(allowed) > 0
        ? Optional.of("%s is %s from our time, allowed %s".formatted(name, distance, allowed))
        : Optional.empty();
  }
}
