package io.orderbridge.repair;

import static io.orderbridge.repair.Repairing.ANN;
import static io.orderbridge.repair.Repairing.BOSS;
import static io.orderbridge.repair.Repairing.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A process that dies between any two effects of a repair: the next one goes on, and every order is
 * changed once, told once, and refunded once. Judged by the ledgers of those outside.
 */
@Tag("R12")
class RepairRehearsalDbTest {
  private static final long SEED = 20_261_201L;
  private static final int RUNS = 40;
  private static final int ORDERS = 12;
  // One step in eight ends the process: of some fifty steps of a run about six do.
  private static final int DEATH_ONE_IN = 8;
  private static final int LIVES_MAX = 300;

  private static Heart heart;

  private enum Step {
    CLAIMED,
    DONE_NOT_MARKED,
    MARKING,
    LOOKING
  }

  // An error, as the end of a process is nothing that anybody catches.
  private static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Map<Step, Integer> deaths = new EnumMap<>(Step.class);
  private Random random;

  @BeforeAll
  static void begin() {
    heart = Heart.fresh();
  }

  @AfterAll
  static void end() {
    heart.close();
  }

  private void mayDie(Step step) {
    if (random.nextInt(DEATH_ONE_IN) == 0) {
      deaths.merge(step, 1, Integer::sum);
      throw new Died();
    }
  }

  /** An action in a process that may die at each of its steps. */
  private final class Mortal implements Action {
    private final Action action;

    Mortal(Action action) {
      this.action = action;
    }

    @Override
    public String name() {
      return action.name();
    }

    @Override
    public String act() {
      return action.act();
    }

    @Override
    public Set<String> options() {
      return action.options();
    }

    @Override
    public Set<String> fields() {
      return action.fields();
    }

    @Override
    public void check(Wish wish) {
      action.check(wish);
    }

    @Override
    public String wrong(Wish wish, Line line) {
      return action.wrong(wish, line);
    }

    @Override
    public List<Effect> foresee(Connection connection, Wish wish, List<Line> lines, Instant now)
        throws SQLException {
      return action.foresee(connection, wish, lines, now);
    }

    @Override
    public int batch() {
      return action.batch();
    }

    @Override
    public Duration lease() {
      return action.lease();
    }

    @Override
    public Marking apply(Task task) {
      mayDie(Step.CLAIMED);
      Marking marking = action.apply(task);
      mayDie(Step.DONE_NOT_MARKED);
      return connection -> {
        Marked marked = marking.write(connection);
        mayDie(Step.MARKING);
        return marked;
      };
    }

    @Override
    public List<Shown> readBack(Task task, List<Shown> before, Instant now) {
      List<Shown> shown = action.readBack(task, before, now);
      mayDie(Step.LOOKING);
      return shown;
    }
  }

  private Repairing clean(long seed) {
    random = new Random(seed);
    heart.execute(
        "truncate work, lane, dead_letter, attempt, repair, repair_item, customer_order, event,"
            + " order_fact, order_payment, order_refund, finding, order_person");
    return new Repairing(heart, Mortal::new);
  }

  // Each life goes on where the last one ended: what that one claimed lapses.
  private void live(Repairing repairing, long id, long seed) {
    for (int life = 0; life < LIVES_MAX; life++) {
      try {
        repairing.apply.run(repairing.now);
        repairing.deliver("erp");
        repairing.step(Duration.ofHours(1));
        repairing.readBack.run(repairing.now);
        if (repairing.state(id).equals("DONE")) {
          return;
        }
      } catch (Died e) {
        heart.execute("update repair_item set claimed_until = now() - interval '1 second'");
      }
    }
    throw new AssertionError("seed %d: not done after %d lives".formatted(seed, LIVES_MAX));
  }

  private void begin(Repairing repairing, long id) {
    repairing.decisions.approve(BOSS, id, "", repairing.now);
    repairing.decisions.apply(ANN, id, repairing.now);
  }

  @Test
  void every_order_is_forced_and_told_once_whatever_step_the_process_dies_at() {
    for (int run = 0; run < RUNS; run++) {
      long seed = SEED + run;
      try (Repairing repairing = clean(seed)) {
        repairing.orders(0, ORDERS, "CREATED", "PAID");
        repairing.deliver("erp");
        repairing.ledger.clear();
        long id = repairing.force("CANCELLED", Repairing.csv(0, ORDERS));
        begin(repairing, id);

        live(repairing, id, seed);

        assertThat(repairing.states(id)).as("seed %d", seed).containsExactly("DELIVERED 12");
        assertThat(repairing.ledger.values())
            .as("seed %d: what the ERP was told", seed)
            .doesNotHaveDuplicates()
            .hasSize(ORDERS);
        assertOnce(seed, "select subject from event where type = 'order.cancelled'");
        assertOnce(
            seed,
            "select subject from audit where action = 'order.forced'"
                + " and detail::json->>'repair' = '%d'".formatted(id));
        assertThat(heart.number("select count(*) from work")).as("seed %d", seed).isZero();
      }
    }
    assertDeaths();
  }

  private void assertOnce(long seed, String subjects) {
    assertThat(heart.texts(subjects))
        .as("seed %d: %s", seed, subjects)
        .doesNotHaveDuplicates()
        .hasSize(ORDERS);
  }

  // The planted deaths were really died, each often enough to mean something.
  private void assertDeaths() {
    for (Step step : Step.values()) {
      assertThat(deaths.getOrDefault(step, 0)).as("deaths at %s", step).isGreaterThan(20);
    }
  }

  @Test
  void every_order_is_resent_once_whatever_step_the_process_dies_at() {
    for (int run = 0; run < RUNS; run++) {
      long seed = SEED + RUNS + run;
      try (Repairing repairing = clean(seed)) {
        repairing.orders(0, ORDERS, "CREATED");
        repairing.deliver("erp");
        repairing.ledger.clear();
        long id =
            repairing.propose(
                ask(ResendAction.NAME, false, Map.of("targets", "erp")), Repairing.csv(0, ORDERS));
        begin(repairing, id);

        live(repairing, id, seed);

        assertThat(repairing.states(id)).as("seed %d", seed).containsExactly("DELIVERED 12");
        assertThat(repairing.ledger.values())
            .as("seed %d", seed)
            .doesNotHaveDuplicates()
            .hasSize(ORDERS);
      }
    }
    assertDeaths();
  }

  @Test
  @Tag("R71")
  void money_goes_back_once_whatever_step_the_process_dies_at_and_whatever_answer_is_lost() {
    int repeats = 0;
    for (int run = 0; run < RUNS; run++) {
      long seed = SEED + 2 * RUNS + run;
      try (Repairing repairing = clean(seed)) {
        for (int number = 0; number < ORDERS; number++) {
          repairing.paid("" + number, "9.00");
        }
        repairing.partners.fault = () -> random.nextInt(6) == 0 ? PlayedPartners.away() : null;
        repairing.partners.doesFirst = true;
        long id =
            repairing.propose(ask(RefundAction.NAME, false, Map.of()), Repairing.csv(0, ORDERS));
        begin(repairing, id);

        live(repairing, id, seed);

        assertThat(repairing.states(id)).as("seed %d", seed).containsExactly("VERIFIED 12");
        assertThat(repairing.partners.paidBack.values().stream().map(body -> body.get("order")))
            .as("seed %d: orders whose money went back", seed)
            .doesNotHaveDuplicates()
            .hasSize(ORDERS);
        repeats += repairing.partners.asked.values().stream().mapToInt(times -> times - 1).sum();
      }
    }
    assertThat(repeats).as("asked again").isGreaterThan(100);
    assertDeaths();
  }
}
