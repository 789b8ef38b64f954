package io.orderbridge.schedule;

import java.time.Instant;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;

/**
 * One run of a schedule that is due.
 *
 * @param id the schedule
 * @param due when it was to fire; after a time in which no process ran, when that was found
 * @param tries how often the same firing was tried and something was in its way
 * @param recovered whether a process died while it worked on it
 * @param handedBack whether it fired before and could not be done
 */
record Firing(String id, Instant due, int tries, boolean recovered, boolean handedBack) {
  private static final String DUE = "due";
  private static final String TRIES = "tries";

  static Firing of(JobExecutionContext context) {
    JobDataMap carried = context.getTrigger().getJobDataMap();
    String id = Schedule.id(context.getJobDetail().getKey());
    boolean handedBack = carried.containsKey(DUE);
    Instant due =
        handedBack ? Instant.ofEpochMilli(carried.getLongFromString(DUE)) : dueOf(context, carried);
    int tries = carried.containsKey(TRIES) ? carried.getIntegerFromString(TRIES) : 0;
    return new Firing(id, due, tries, context.isRecovering(), handedBack);
  }

  private static Instant dueOf(JobExecutionContext context, JobDataMap carried) {
    String original = Scheduler.FAILED_JOB_ORIGINAL_TRIGGER_SCHEDULED_FIRETIME_IN_MILLISECONDS;
    return context.isRecovering() && carried.containsKey(original)
        ? Instant.ofEpochMilli(carried.getLongFromString(original))
        : context.getScheduledFireTime().toInstant();
  }

  /** As text only: the store keeps no Java objects. */
  JobDataMap carried() {
    JobDataMap carried = new JobDataMap();
    carried.put(DUE, Long.toString(due.toEpochMilli()));
    carried.put(TRIES, Integer.toString(tries));
    return carried;
  }

  boolean isOf(JobDataMap carried) {
    return carried.containsKey(DUE) && carried.getLongFromString(DUE) == due.toEpochMilli();
  }

  Firing triedAgain() {
    return new Firing(id, due, tries + 1, recovered, handedBack);
  }
}
