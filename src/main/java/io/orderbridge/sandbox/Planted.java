package io.orderbridge.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The differences that the demo plants into its books, each written down as it is planted, so that
 * in the end what was found can be held against it. A small demo has fewer.
 */
final class Planted {
  private static final Duration DAY = Duration.ofDays(1);
  // Far beyond the tolerance, and less than any order has that is chosen for it.
  private static final long SHORT_BY = 500;
  private static final long STRAY = 1990;

  /** What is done; the name is the class by which the product has to know it. */
  enum Kind {
    MISSING_RIGHT("paid the day before, in no bill since"),
    UNSETTLED("paid late, in the bill of the next day"),
    RETURN_NOT_OFFSET("given back, not taken off by who settles"),
    AMOUNT("settled with less than was paid"),
    MISSING_LEFT("settled, ordered by nobody");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * @param gap left less right, in minor units
   */
  record Difference(Kind kind, String currency, long gap) {
    @Override
    public String toString() {
      return "%s %s %s".formatted(kind, Story.decimal(gap), currency);
    }
  }

  /** A payment without an order. */
  record Stray(String number, String currency, long settled, Instant at) {}

  private final Map<String, Difference> byNumber = new LinkedHashMap<>();
  private final List<Story> stories = new ArrayList<>();
  private Stray stray;

  /**
   * @param unknown the number of an order that nobody has placed
   */
  Planted(List<Story> invented, String unknown) {
    stories.addAll(invented);
    Predicate<Story> whole = story -> story.worked() && story.refund() == 0;
    plant(Kind.MISSING_RIGHT, whole.and(Story::elsewhere), Story::total);
    plant(Kind.UNSETTLED, whole.and(Story::elsewhere), Story::total);
    plant(Kind.RETURN_NOT_OFFSET, story -> story.refund() > 0, story -> -story.refund());
    Predicate<Story> own = whole.and(story -> !story.elsewhere());
    plant(Kind.AMOUNT, own.and(story -> story.total() > 2 * SHORT_BY), story -> SHORT_BY);
    stories.stream()
        .filter(own)
        .findFirst()
        .ifPresent(
            story -> {
              stray = new Stray(unknown, story.currency(), STRAY, Letters.paidAt(story));
              byNumber.put(unknown, new Difference(Kind.MISSING_LEFT, story.currency(), -STRAY));
            });
  }

  private interface Gap {
    long of(Story story);
  }

  private void plant(Kind kind, Predicate<Story> fits, Gap gap) {
    stories.stream()
        .filter(story -> !byNumber.containsKey(story.number()))
        .filter(fits)
        .findFirst()
        .ifPresent(
            story -> {
              byNumber.put(story.number(), new Difference(kind, story.currency(), gap.of(story)));
              if (kind == Kind.MISSING_RIGHT) {
                stories.set(stories.indexOf(story), story.placed(story.created().minus(DAY)));
              }
            });
  }

  /** The orders as they have to be played, in their order. */
  List<Story> stories() {
    return List.copyOf(stories);
  }

  /** By the key under which it has to be found. */
  Map<String, Difference> all() {
    return Map.copyOf(byNumber);
  }

  /** The payment without an order; null in a demo that is too small. */
  Stray stray() {
    return stray;
  }

  boolean has(Story story) {
    return byNumber.containsKey(story.number());
  }

  boolean is(Story story, Kind kind) {
    Difference difference = byNumber.get(story.number());
    return difference != null && difference.kind() == kind;
  }

  /** What is settled for an order, before refunds. */
  long settled(Story story) {
    return story.total() - (is(story, Kind.AMOUNT) ? SHORT_BY : 0);
  }
}
