package io.orderbridge.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Cause;
import io.orderbridge.work.Work.Claim;
import io.orderbridge.work.Work.Draft;
import io.orderbridge.work.Work.Item;
import io.orderbridge.work.WorkQueue.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A process that dies between any two effects, moved by hand, step by step: what it owes is
 * delivered by the next one. Judged by the receiver's ledger alone.
 */
@Tag("R03")
@Tag("R08")
@Tag("R11")
@Tag("R84")
class RehearsalDbTest {
  private static final long SEED = 20_261_125L;
  private static final int RUNS = 250;
  private static final int LANES = 4;
  private static final int DEBTS = 12;
  // One step in twelve ends the process: of some sixty steps of a run about five do.
  private static final int DEATH_ONE_IN = 12;
  private static final int ROUNDS_MAX = 400;

  private static Heart heart;

  /** Where the process may die. */
  private enum Step {
    CLAIMED,
    REQUEST_SENT,
    ANSWER_LOST,
    DELIVERED,
    SETTLED,
    REPLAYED
  }

  private static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Map<Step, Integer> deaths = new EnumMap<>(Step.class);
  private final Map<String, Integer> seen = new LinkedHashMap<>();
  private Random random;
  private Receiver receiver;

  @BeforeAll
  static void begin() {
    heart = Heart.fresh();
  }

  @AfterAll
  static void end() {
    heart.close();
  }

  @Test
  void every_debt_is_paid_once_and_in_order_whatever_step_the_process_dies_at() {
    for (int run = 0; run < RUNS; run++) {
      long seed = SEED + run;
      random = new Random(seed);
      receiver = new Receiver();
      heart.execute("truncate work, lane, dead_letter, attempt");

      Map<String, List<String>> owed = owe();
      live(seed);

      assertThat(receiver.effects()).as("seed %d", seed).containsExactlyInAnyOrderEntriesOf(owed);
      assertThat(heart.number("select count(*) from lane")).as("seed %d", seed).isZero();
      assertThat(heart.number("select count(*) from dead_letter where state = 'OPEN'")).isZero();
      seen.merge("repeated requests", receiver.repeats(), Integer::sum);
    }
    // The planted faults were really exercised, each often enough to mean something.
    for (Step step : Step.values()) {
      assertThat(deaths.getOrDefault(step, 0)).as("deaths at %s", step).isGreaterThan(20);
    }
    assertThat(seen).allSatisfy((fault, count) -> assertThat(count).as(fault).isGreaterThan(50));
  }

  private Map<String, List<String>> owe() {
    Map<String, List<String>> owed = new LinkedHashMap<>();
    for (int i = 0; i < DEBTS; i++) {
      Draft debt = Drafts.draft("demo/" + random.nextInt(LANES), i);
      owed.computeIfAbsent(debt.lane(), lane -> new ArrayList<>()).add(debt.key());
      Drafts.put(heart, debt);
    }
    return owed;
  }

  // Each life goes on where the last one ended: what that one claimed lapses.
  private void live(long seed) {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      try {
        if (heart.number("select count(*) from work") == 0 && replayed() == 0) {
          return;
        }
        work();
      } catch (Died e) {
        heart.execute("update lane set due_at = now() - interval '1 second'");
      }
    }
    throw new AssertionError("seed %d: not done after %d rounds".formatted(seed, ROUNDS_MAX));
  }

  private int replayed() {
    DeadLetter.Filter all = new DeadLetter.Filter(null, null, null, null, null, null, null);
    int replayed = heart.letters.replay(null, all, 0, "ann");
    if (replayed > 0) {
      seen.merge("replayed", replayed, Integer::sum);
      mayDie(Step.REPLAYED);
    }
    return replayed;
  }

  private void work() {
    for (Claim claim :
        heart.queue.claim(Drafts.QUEUE, 1 + random.nextInt(LANES), 3, Drafts.LEASE)) {
      mayDie(Step.CLAIMED);
      deliverAll(claim);
    }
  }

  private void deliverAll(Claim claim) {
    for (int i = 0; i < claim.items().size(); i++) {
      Item item = claim.items().get(i);
      Settlement ended = deliver(item);
      boolean rests = !ended.rest().isZero();
      boolean last = rests || i + 1 == claim.items().size();
      Release release = last ? new Release(claim, ended.rest()) : null;
      heart.settlements.submit(ended, release).join();
      mayDie(Step.SETTLED);
      if (rests) {
        heart.execute("update lane set due_at = now() where token is null");
        return;
      }
    }
  }

  private Settlement deliver(Item item) {
    mayDie(Step.REQUEST_SENT);
    if (oneIn(5)) {
      seen.merge("busy", 1, Integer::sum);
      return Settlement.again(
          item, Cause.TARGET_BUSY, "answered 503", Duration.ofMillis(1), Drafts.TOOK);
    }
    if (oneIn(3) && lastOfItsLane(item)) {
      seen.merge("dead", 1, Integer::sum);
      return Settlement.dead(
          item, Cause.TARGET_REFUSED, "", "answered 422", new byte[0], Drafts.TOOK);
    }
    receiver.receive(item.lane(), item.what().key());
    mayDie(Step.ANSWER_LOST);
    if (oneIn(8)) {
      seen.merge("answer lost", 1, Integer::sum);
      return Settlement.again(
          item, Cause.TARGET_UNREACHABLE, "reset", Duration.ofMillis(1), Drafts.TOOK);
    }
    mayDie(Step.DELIVERED);
    return Settlement.done(item, false, Drafts.TOOK);
  }

  // A dead letter lets its lane go on, and a later delivery makes it moot: only the last of a lane
  // may die and come back without changing the order of effects.
  private static boolean lastOfItsLane(Item item) {
    return heart.number(
            "select count(*) from work where lane = '%s' and id > %d"
                .formatted(item.lane(), item.id()))
        == 0;
  }

  private boolean oneIn(int chances) {
    return random.nextInt(chances) == 0;
  }

  private void mayDie(Step step) {
    // A replay is rare: dying there has to be likelier to be rehearsed at all.
    if (oneIn(step == Step.REPLAYED ? 4 : DEATH_ONE_IN)) {
      deaths.merge(step, 1, Integer::sum);
      throw new Died();
    }
  }
}
