package io.orderbridge.health;

import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * When the upkeep last found the database well. Health checks read this instead of asking the
 * database, so that polling costs nothing. Thread-safe.
 */
@Singleton
public class Pulse {
  private volatile boolean started;
  private volatile long lastGood;
  private volatile String trouble = "not looked yet";

  /** The database answered. */
  public void good() {
    lastGood = System.nanoTime();
    trouble = "";
  }

  /** The database did not answer; the text is shown to operators. */
  public void bad(String why) {
    trouble = why;
  }

  /** The folders were read once and the routes started. */
  public void startedUp() {
    started = true;
  }

  boolean isStarted() {
    return started;
  }

  String trouble() {
    return trouble;
  }

  Duration sinceGood() {
    return Duration.ofNanos(System.nanoTime() - lastGood);
  }
}
