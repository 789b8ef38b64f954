package io.orderbridge.schedule;

import io.orderbridge.kernel.Round;
import io.orderbridge.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/**
 * The schedules whose routes run in this process, and the store that all processes share. A route
 * that starts puts its schedule there; one that only stops leaves it, so that a firing which comes
 * meanwhile is not lost. What the database cannot take now is put there by a later round.
 * Thread-safe.
 */
@Singleton
public class Schedules implements Round {
  private static final Logger LOG = Logger.getLogger(Schedules.class);
  // Some three statements per schedule, four times a minute.
  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final String AGAIN = "again";

  private final Scheduler scheduler;
  private final ScheduleRuns runs;
  private final Clock clock;
  private final Map<String, ScheduleConsumer> here = new ConcurrentHashMap<>();
  // Put into the store even over what stands there.
  private final Set<String> edited = ConcurrentHashMap.newKeySet();
  private final Map<String, Owed> owed = new ConcurrentHashMap<>();
  private Set<String> known;
  private boolean troubled;
  private volatile boolean resting;

  /** A firing that could not be done, until the store has it again. */
  private record Owed(Firing firing, Instant at) {}

  Schedules(Scheduler scheduler, ScheduleRuns runs, Clock clock) {
    this.scheduler = scheduler;
    this.runs = runs;
    this.clock = clock;
  }

  /**
   * Begins to fire, with {@link #keepOnly}. Called once all routes are there: what was missed, and
   * what died half way, comes at once.
   */
  public void start(Set<String> schedules) {
    keepOnly(schedules);
    try {
      scheduler.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("the scheduler does not start: " + e.getMessage(), e);
    }
  }

  /** Fires nothing more, because the process ends; what runs goes on to its end. */
  public void rest() {
    resting = true;
    try {
      scheduler.standby();
    } catch (SchedulerException e) {
      LOG.warnf("schedule.rest failed why=%s", e.getMessage());
    }
  }

  /**
   * Puts into the store what was started or edited, and removes every schedule that is not named,
   * with what its last run came to. To be called after each change of the routes. What the database
   * does not take now is done by a later round.
   *
   * @param schedules {@code <folder>/<route>} of all that have a file, even one that is refused
   */
  public synchronized void keepOnly(Set<String> schedules) {
    known = Set.copyOf(schedules);
    settle();
  }

  // Whoever starts routes calls keepOnly after them: the file is not refused when the database is
  // away, and a start of twenty is one look at the store.
  void follow(ScheduleConsumer route) {
    here.put(route.schedule().id(), route);
    edited.add(route.schedule().id());
  }

  void leave(ScheduleConsumer route) {
    here.remove(route.schedule().id(), route);
  }

  Optional<ScheduleConsumer> find(String id) {
    return Optional.ofNullable(here.get(id));
  }

  boolean isHere(ScheduleConsumer route) {
    return here.get(route.schedule().id()) == route;
  }

  /** Whether the process ends. */
  boolean isResting() {
    return resting;
  }

  /** Those whose routes run here. */
  List<Schedule> all() {
    return here.values().stream().map(ScheduleConsumer::schedule).toList();
  }

  /** Has the firing come again. Of several of the same schedule that wait, the first one stays. */
  void again(Firing firing, Duration wait) {
    owed.putIfAbsent(firing.id(), new Owed(firing, clock.instant().plus(wait)));
    settle();
  }

  @Override
  public String name() {
    return "schedules";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  /** Puts into the store what is missing there. */
  @Override
  public void run(Instant now) {
    settle();
  }

  private synchronized void settle() {
    try {
      removeUnknown();
      for (ScheduleConsumer route : here.values()) {
        put(route.schedule());
      }
      for (Owed back : new ArrayList<>(owed.values())) {
        handBack(back);
        owed.remove(back.firing().id(), back);
      }
      troubled = false;
    } catch (SchedulerException | StoreUnavailable e) {
      // Of a database that is away the upkeep tells, once for all.
      if (!troubled && !StoreUnavailable.isBehind(e)) {
        LOG.warnf("schedule.waits why=%s; tried again every %s", e.getMessage(), EVERY);
      }
      troubled = true;
    }
  }

  private void removeUnknown() throws SchedulerException {
    if (known == null) {
      return;
    }
    for (JobKey job : scheduler.getJobKeys(GroupMatcher.anyGroup())) {
      String id = Schedule.id(job);
      if (!known.contains(id) && scheduler.deleteJob(job)) {
        LOG.infof("schedule.removed schedule=%s", id);
      }
    }
    runs.keepOnly(known);
    // Once for each change of the files: a process with older files would otherwise remove for
    // ever what a newer one puts there.
    known = null;
  }

  private void put(Schedule schedule) throws SchedulerException {
    Trigger stored = scheduler.getTrigger(schedule.key());
    boolean broken =
        stored != null && scheduler.getTriggerState(schedule.key()) == Trigger.TriggerState.ERROR;
    boolean wanted = edited.contains(schedule.id()) && !schedule.isAs(stored);
    if (stored == null || broken || wanted) {
      scheduler.scheduleJob(schedule.detail(), Set.of(schedule.trigger()), true);
      LOG.infof(
          "schedule.set schedule=%s cron=%s zone=%s next=%s",
          schedule.id(), schedule.cron(), schedule.zone(), schedule.next(clock.instant()));
    }
    edited.remove(schedule.id());
  }

  private void handBack(Owed back) throws SchedulerException {
    JobKey job = Schedule.job(back.firing().id());
    TriggerKey key = new TriggerKey(back.firing().id(), AGAIN);
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(key)
            .forJob(job)
            .usingJobData(back.firing().carried())
            .startAt(Date.from(back.at()))
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
            .build();
    Trigger waiting = scheduler.getTrigger(key);
    if (waiting == null && scheduler.checkExists(job)) {
      scheduler.scheduleJob(trigger);
    } else if (waiting != null && back.firing().isOf(waiting.getJobDataMap())) {
      // It is the one that fires just now, and comes once more.
      scheduler.rescheduleJob(key, trigger);
    }
  }
}
