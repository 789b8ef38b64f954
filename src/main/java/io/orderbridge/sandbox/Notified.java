package io.orderbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The second story of the demo: notices reach customers although a channel fails. The first vendor
 * of SMS is down for a while, some customers have blocked the service account, and some receipts
 * get lost; every parcel that leaves is told of all the same, and nobody gets a second copy.
 */
final class Notified {
  private static final String STATE = "state";
  private static final String SENT = "sent";
  private static final String LOST = "no-receipt@send";
  private static final List<String> LOSERS = List.of("blocked", "second");
  private static final Set<String> ON_ITS_WAY = Set.of("PLANNED", "QUEUED");
  // One in so many orders, two at least, so that a small demo shows it too.
  private static final int DOWN_EVERY = 8;
  private static final int BLOCKED_EVERY = 20;
  private static final int LOST_EVERY = 60;
  private static final int RARE_MIN = 2;
  // Of so many buyers one does not follow the service account, and one has no app.
  private static final int FOLLOWS_NOT = 3;
  private static final int APP_NOT = 2;

  private final Words words;
  private final Product product;
  private final Counterparts counterparts;
  private int losses;

  Notified(Words words, Product product, Counterparts counterparts) {
    this.words = words;
    this.product = product;
    this.counterparts = counterparts;
  }

  /** Tells the product how the buyers are reached. */
  void begin(List<Story> stories) throws IOException, InterruptedException {
    for (Story story : stories) {
      if (story.serial() % FOLLOWS_NOT != 0) {
        product.tellOfCustomer(
            Words.body(
                    story.serial() % APP_NOT == 0 ? "customer-app" : "customer",
                    Map.of(
                        "phone", story.phone(),
                        "serial", Integer.toString(story.serial()),
                        "at", Letters.time(story.created())))
                .getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** From now on the vendors fail. */
  void fail(List<Story> stories) {
    vendor("down").faults().set(Map.of("down", rarely(stories, DOWN_EVERY)));
    vendor("blocked").faults().set(Map.of("blocked@send", rarely(stories, BLOCKED_EVERY)));
    losses = rarely(stories, LOST_EVERY);
    LOSERS.forEach(name -> vendor(name).faults().set(Map.of(LOST, losses)));
  }

  private static int rarely(List<Story> stories, int every) {
    return Math.max(RARE_MIN, stories.size() / every);
  }

  private Counterpart vendor(String what) {
    return counterparts.of(words.of("notices." + what));
  }

  private List<Counterpart> vendors() {
    return words.below("notices.vendor.").values().stream().map(counterparts::of).toList();
  }

  /** Whether all were told and every receipt has come that is not lost. */
  boolean settled(List<Story> stories) throws IOException, InterruptedException {
    List<JsonNode> notices = notices(stories);
    Map<String, Long> waiting =
        notices.stream()
            .flatMap(notice -> stream(notice.path(SENT)))
            .filter(sent -> sent.path(STATE).asText().equals("ACCEPTED"))
            .collect(Collectors.groupingBy(s -> s.path("vendor").asText(), Collectors.counting()));
    // Whoever is asked for receipts is asked later than the demo ends.
    waiting.remove(words.of("notices.asked"));
    return missing(stories, notices).isEmpty()
        && notices.stream().noneMatch(notice -> notice.path(STATE).asText().equals("NEW"))
        && notices.stream()
            .flatMap(notice -> stream(notice.path(SENT)))
            .noneMatch(sent -> ON_ITS_WAY.contains(sent.path(STATE).asText()))
        && waiting.values().stream().mapToLong(Long::longValue).sum() <= lost();
  }

  private long lost() {
    return LOSERS.stream()
        .mapToLong(name -> losses - vendor(name).faults().left().getOrDefault(LOST, 0))
        .sum();
  }

  /** One line for each parcel that was not told of once, and each copy too many. */
  List<String> differences(List<Story> stories) throws IOException, InterruptedException {
    List<JsonNode> notices = notices(stories);
    List<String> found = missing(stories, notices);
    Map<String, Integer> copies = new HashMap<>();
    for (Counterpart vendor : vendors()) {
      vendor.effects().stream()
          .filter(effect -> Receipts.SEND.equals(effect.get("do")))
          .forEach(
              e ->
                  copies.merge(String.valueOf(e.get("order")), (int) e.get("times"), Integer::sum));
    }
    for (JsonNode notice : notices) {
      int all = 0;
      for (JsonNode sent : notice.path(SENT)) {
        int taken = copies.getOrDefault(sent.path("id").asText(), 0);
        all += taken;
        if (taken > 1) {
          found.add(
              "%s: %d copies by %s".formatted(name(notice), taken, sent.path("channel").asText()));
        }
      }
      // Its channels come one after the other, and no receipt is late yet.
      if (!gate(notice).equals(words.of("notices.everywhere")) && all > 1) {
        found.add("%s: %d copies by several channels".formatted(name(notice), all));
      }
    }
    return found;
  }

  private List<String> missing(List<Story> stories, List<JsonNode> notices) {
    Map<String, Long> told =
        notices.stream().collect(Collectors.groupingBy(Notified::name, Collectors.counting()));
    List<String> found = new ArrayList<>();
    for (Story story : stories) {
      for (int parcel = 1; parcel <= story.left(); parcel++) {
        String name = "%s %s/%d".formatted(words.of("notices.everywhere"), story.number(), parcel);
        long count = told.getOrDefault(name, 0L);
        if (count != 1) {
          found.add("%s: %d notices, expected 1".formatted(name, count));
        }
      }
    }
    return found;
  }

  private static String gate(JsonNode notice) {
    return notice.path("gate").asText();
  }

  private static String name(JsonNode notice) {
    return "%s %s/%s"
        .formatted(gate(notice), notice.at("/order/number").asText(), notice.path("item").asText());
  }

  private List<JsonNode> notices(List<Story> stories) throws IOException, InterruptedException {
    Set<String> numbers = stories.stream().map(Story::number).collect(Collectors.toSet());
    return product.notices().stream()
        .filter(notice -> numbers.contains(notice.at("/order/number").asText()))
        .toList();
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** What the summary says: heading and text. */
  Map<String, String> lines(List<Story> stories) throws IOException, InterruptedException {
    List<JsonNode> notices = notices(stories);
    long reached = notices.stream().filter(notice -> notice.hasNonNull("reachedBy")).count();
    Map<String, String> lines = new TreeMap<>();
    lines.put(
        "notices",
        "%d (%s), %d proved to have reached somebody: %s %%"
            .formatted(
                notices.size(),
                counted(notices.stream().map(Notified::gate).toList()),
                reached,
                Story.decimal(notices.isEmpty() ? 0 : reached * 10_000 / notices.size())));
    Map<String, List<JsonNode>> byChannel =
        notices.stream()
            .flatMap(notice -> stream(notice.path(SENT)))
            .collect(Collectors.groupingBy(sent -> sent.path("channel").asText()));
    byChannel.forEach(
        (channel, sent) ->
            lines.put(
                "notices by " + channel,
                "%d: %s; by %s"
                    .formatted(
                        sent.size(),
                        counted(sent.stream().map(Notified::outcome).toList()),
                        counted(sent.stream().map(s -> s.path("vendor").asText()).toList()))));
    return lines;
  }

  private static String outcome(JsonNode sent) {
    String cause = sent.path("cause").asText("");
    boolean failed = sent.path(STATE).asText().equals("FAILED");
    return failed ? "FAILED " + cause : sent.path(STATE).asText();
  }

  private static String counted(List<String> words) {
    return words.stream()
        .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
