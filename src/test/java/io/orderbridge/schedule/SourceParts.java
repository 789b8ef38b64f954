package io.orderbridge.schedule;

import io.orderbridge.Heart;
import java.time.Clock;

/** What reads the sources of a heart, for tests of who asks how far they are. */
public final class SourceParts {
  private SourceParts() {}

  public static WindowsComponent component(
      Heart heart, Sources sources, Intake intake, Clock clock) {
    SourceRound round =
        new SourceRound(new Windows(heart.database), new WindowItems(heart.database), intake);
    return new WindowsComponent(sources, round, new SourceRows(heart.database), clock);
  }

  /** A source {@code shop/orders} that is read every quarter of an hour. */
  public static Source quarterly() {
    return Specs.quarterly(Source.Order.CURSOR);
  }

  public static SourceStandings standings(Heart heart, Sources sources) {
    return new SourceStandings(sources, new SourceStates(heart.database));
  }
}
