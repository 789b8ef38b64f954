package io.orderbridge.notice;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.notice.Receipts.State;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Vendors who are busy, refuse, answer too late or never, each by the seed, the message and how
 * often it was given. What they take they tell receipts of, at once and in any order.
 */
final class PlayedVendors {
  /** How often each message was taken, by vendor and id. */
  final Map<String, Integer> taken = new ConcurrentHashMap<>();

  /** Messages that reached their customer. */
  final Set<Long> delivered = ConcurrentHashMap.newKeySet();

  final AtomicInteger given = new AtomicInteger();
  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
  private final long seed;
  private final Set<String> knowRepeats;
  private final BiConsumer<String, Receipts.Receipt> receipts;
  private final Clock clock;

  PlayedVendors(
      long seed,
      Set<String> knowRepeats,
      Clock clock,
      BiConsumer<String, Receipts.Receipt> receipts) {
    this.seed = seed;
    this.knowRepeats = knowRepeats;
    this.clock = clock;
    this.receipts = receipts;
  }

  Object answer(String vendor, Map<String, Object> message) {
    given.incrementAndGet();
    String key = vendor + "/" + message.get("id");
    int attempt = attempts.merge(key, 1, Integer::sum);
    Random random = new Random(seed + 31L * key.hashCode() + attempt);
    random.nextInt();
    int luck = random.nextInt(100);
    if (luck < 20) {
      throw new TryLater(Cause.TARGET_BUSY, Optional.empty(), "503");
    }
    if (luck < 35) {
      throw new Refusal(Cause.USER_BLOCKED, "call:x", "no");
    }
    if (luck < 45) {
      throw silent();
    }
    take(vendor, key, message, random);
    if (luck < 60) {
      throw silent();
    }
    return Map.of("ref", "ref-" + message.get("id"));
  }

  private static TryLater silent() {
    return new TryLater(
        Cause.TARGET_UNREACHABLE,
        Optional.empty(),
        "read timed out",
        new SocketTimeoutException("read timed out"));
  }

  private void take(String vendor, String key, Map<String, Object> message, Random random) {
    if (taken.merge(key, 1, Integer::sum) > 1 && knowRepeats.contains(vendor)) {
      return;
    }
    long id = Long.parseLong(message.get("id").toString().substring(1));
    int luck = random.nextInt(100);
    List<State> told = new ArrayList<>();
    if (luck < 65) {
      delivered.add(id);
      told.addAll(List.of(State.ACCEPTED, State.DELIVERED, State.DELIVERED));
      if (luck < 30) {
        told.add(State.READ);
      }
    } else if (luck < 80) {
      told.addAll(List.of(State.ACCEPTED, State.FAILED, State.FAILED));
    }
    Collections.shuffle(told, random);
    told.forEach(
        state ->
            receipts.accept(
                vendor,
                new Receipts.Receipt("ref-N" + id, id, state, clock.instant(), "", "", null)));
  }
}
