package io.orderbridge.consistency;

import jakarta.inject.Singleton;

/** The limits of links, replaced while they are looked at. Thread-safe. */
@Singleton
public class LinkLimitsInForce {
  private volatile LinkLimits now = LinkLimits.DEFAULT;

  /** Puts the limits in force; the next look goes by them. */
  public void replace(LinkLimits limits) {
    now = limits;
  }

  LinkLimits now() {
    return now;
  }
}
