package io.orderbridge.consistency;

import jakarta.inject.Singleton;

/** The limits of stuck orders, replaced while orders are looked at. Thread-safe. */
@Singleton
public class StuckLimitsInForce {
  private volatile StuckLimits now = StuckLimits.NONE;

  /** Puts the limits in force; the next scan goes by them. */
  public void replace(StuckLimits limits) {
    now = limits;
  }

  /** The limits in force; {@link StuckLimits#NONE} without a file of them. */
  public StuckLimits now() {
    return now;
  }
}
