package io.orderbridge.schedule;

import io.orderbridge.Heart;
import io.orderbridge.inbox.StreamStore;
import io.orderbridge.runtime.Intakes;
import java.time.Clock;

/** The product's {@code windows:} of a heart, for tests of other packages. */
public final class WindowsParts {
  private WindowsParts() {}

  public static WindowsComponent component(
      Heart heart, Sources sources, StreamStore streams, Clock clock) {
    SourceRound round =
        new SourceRound(
            new Windows(heart.database),
            new WindowItems(heart.database),
            Intakes.of(heart, streams));
    return new WindowsComponent(sources, round, new SourceRows(heart.database), clock);
  }
}
