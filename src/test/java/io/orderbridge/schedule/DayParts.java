package io.orderbridge.schedule;

import io.orderbridge.Heart;

/** The product's word on days of sources, for tests of other packages. */
public final class DayParts {
  private DayParts() {}

  public static DayStates states(Heart heart, Sources sources) {
    return new DayStates(sources, new SourceStates(heart.database), new Windows(heart.database));
  }
}
