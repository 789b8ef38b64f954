package io.orderbridge;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * What this process logs while it is open: all of our own, and of libraries what is on by itself.
 */
public final class LogLines extends Handler {
  private static final Logger ALL = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("io.orderbridge");

  private final PatternFormatter format = new PatternFormatter("%c %s%e");
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Level before = OURS.getLevel();

  public LogLines() {
    setLevel(Level.ALL);
    OURS.setLevel(Level.ALL);
    ALL.addHandler(this);
  }

  /** Lines with their exceptions, as far as they have come. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(format.format(line));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    ALL.removeHandler(this);
    OURS.setLevel(before);
  }
}
