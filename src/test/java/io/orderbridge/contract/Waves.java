package io.orderbridge.contract;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Entries that change together, in one window of a source of {@link Shortened}. */
final class Waves {
  /** More than two pages. */
  static final int SIZE = 8;

  private static final long WINDOW_MS = 1_000;
  private static final long SOON_MS = 300;
  private static final long BETWEEN_MS = 100;

  private Waves() {}

  /** The start of the next window that nobody has read yet. */
  static Instant next() {
    long soon = Instant.now().toEpochMilli() + SOON_MS;
    return Instant.ofEpochMilli((soon + WINDOW_MS - 1) / WINDOW_MS * WINDOW_MS);
  }

  /** Entries whose times lie in the next window. */
  static <T> List<T> of(Function<Instant, T> entry) {
    Instant window = next();
    return IntStream.range(0, SIZE)
        .mapToObj(i -> entry.apply(window.plusMillis(BETWEEN_MS * i)))
        .toList();
  }
}
