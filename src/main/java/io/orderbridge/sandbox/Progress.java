package io.orderbridge.sandbox;

import java.io.PrintStream;
import java.time.Duration;

/** One line that follows the play: rewritten on a terminal, repeated in a file. */
final class Progress {
  private static final Duration ON_TERMINAL = Duration.ofMillis(300);
  private static final Duration IN_FILE = Duration.ofSeconds(2);
  private static final int WIDTH = 110;

  private final PrintStream out;
  private final boolean terminal;
  private final long begun = System.nanoTime();
  private long last;
  private boolean open;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    this.last = begun;
  }

  /** Whether it is time for a new line; counting costs, so ask before. */
  boolean due() {
    Duration every = terminal ? ON_TERMINAL : IN_FILE;
    return System.nanoTime() - last >= every.toNanos();
  }

  void show(String text) {
    last = System.nanoTime();
    long seconds = Duration.ofNanos(last - begun).toSeconds();
    String line = "  %3d s  %s".formatted(seconds, text);
    if (terminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
      out.flush();
      open = true;
    } else {
      out.println(line);
    }
  }

  /** A line that stays. */
  void say(String text) {
    if (open) {
      out.println();
      open = false;
    }
    out.println(text);
  }

  Duration passed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
