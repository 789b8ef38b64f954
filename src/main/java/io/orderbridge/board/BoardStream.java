package io.orderbridge.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Round;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells every open screen of a changed board, at most once a second. The board is read and written
 * once for all of them, and not at all while none is open. A screen that is slow misses boards, but
 * never the last one. Thread-safe.
 */
@Singleton
class BoardStream implements Round {
  static final Duration EVERY = Duration.ofSeconds(1);

  // A connection and some KB each; who has more than a thousand screens has a proxy in between.
  static final int SCREENS_MAX = 1_000;
  // Proxies cut what is silent for a minute, and a screen that is gone is seen when it is told.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

  // A stream is let in once; so long it may outlive the sign-in it was opened with.
  static final Duration OPEN_MAX = Duration.ofMinutes(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Board board;
  private final Map<Screen, Told> screens = new ConcurrentHashMap<>();
  private volatile String current = "";

  BoardStream(Board board) {
    this.board = board;
  }

  /** Where a board is shown. */
  interface Screen {
    /**
     * @return ends when the screen has taken it; fails when it is gone
     */
    CompletionStage<?> show(String json);

    /** Tells nothing, so that the connection is not taken for dead. */
    CompletionStage<?> stay();

    boolean isGone();

    /** Whoever is there comes again, and is asked again who they are. */
    void end();
  }

  /** What a screen has been told last. */
  private static final class Told {
    private String board = "";
    private Instant at = Instant.MIN;
    private boolean busy;
    private Instant until;
  }

  /**
   * Shows the board now, and again whenever it has changed.
   *
   * @return false when there are too many screens
   */
  boolean open(Screen screen, Instant now) {
    if (screens.size() >= SCREENS_MAX) {
      return false;
    }
    // Nobody has looked for a while: what was shown then is old.
    if (screens.isEmpty() || current.isEmpty()) {
      current = read(now);
    }
    Told told = new Told();
    told.until = now.plus(OPEN_MAX);
    screens.put(screen, told);
    tell(screen, told, current, now);
    return true;
  }

  int screens() {
    return screens.size();
  }

  @Override
  public String name() {
    return "board-stream";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run(Instant now) {
    screens.keySet().removeIf(Screen::isGone);
    screens.entrySet().removeIf(one -> isOver(one.getKey(), one.getValue(), now));
    if (screens.isEmpty()) {
      return;
    }
    String read = read(now);
    current = read;
    screens.forEach((screen, told) -> tell(screen, told, read, now));
  }

  private static boolean isOver(Screen screen, Told told, Instant now) {
    boolean over = !now.isBefore(told.until);
    if (over) {
      screen.end();
    }
    return over;
  }

  private void tell(Screen screen, Told told, String json, Instant now) {
    CompletionStage<?> shown;
    synchronized (told) {
      boolean silent = told.board.equals(json);
      if (told.busy || silent && now.isBefore(told.at.plus(SILENCE_MAX))) {
        return;
      }
      told.busy = true;
      told.board = json;
      told.at = now;
      shown = silent ? screen.stay() : screen.show(json);
    }
    shown.whenComplete(
        (done, problem) -> {
          synchronized (told) {
            told.busy = false;
          }
          if (problem != null) {
            screens.remove(screen);
          }
        });
  }

  private String read(Instant now) {
    try {
      return JSON.writeValueAsString(board.fresh(now));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the board is not writable as JSON", e);
    }
  }
}
