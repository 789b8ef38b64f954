package io.orderbridge.schedule;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/**
 * When a route runs: at the times of a Quartz expression in a zone. What was missed while no
 * process ran is made up for once, at the next start.
 *
 * @param id {@code <folder>/<route>}
 * @param cron six fields, seconds first
 */
public record Schedule(String id, String cron, ZoneId zone) {
  private static final int FIELDS = 6;
  private static final String EXAMPLE = "write for example \"0 0 2 * * ?\" for two at night";

  public Schedule {
    wrong(cron)
        .ifPresent(
            what -> {
              throw new IllegalArgumentException(what);
            });
  }

  /** What is wrong with the expression, and what to write; empty when it is good. */
  public static Optional<String> wrong(String cron) {
    int fields = cron.strip().split("\\s+").length;
    if (fields != FIELDS) {
      // A year, the seventh field of Quartz, would be a schedule that ends unnoticed.
      return Optional.of(
          "'cron' has %d fields, expected six: second minute hour day month weekday; %s"
              .formatted(fields, EXAMPLE));
    }
    try {
      Date first = new CronExpression(cron).getNextValidTimeAfter(new Date(0));
      return first == null
          ? Optional.of("'cron' names a time that never comes; " + EXAMPLE)
          : Optional.empty();
    } catch (ParseException e) {
      return Optional.of(
          "'cron' is no Quartz expression: %s; %s".formatted(e.getMessage(), EXAMPLE));
    }
  }

  static JobKey job(String id) {
    int slash = id.indexOf('/');
    return new JobKey(id.substring(slash + 1), id.substring(0, slash));
  }

  static String id(JobKey key) {
    return key.getGroup() + "/" + key.getName();
  }

  TriggerKey key() {
    JobKey job = job(id);
    return new TriggerKey(job.getName(), job.getGroup());
  }

  JobDetail detail() {
    return JobBuilder.newJob(ScheduleJob.class).withIdentity(job(id)).requestRecovery().build();
  }

  CronTrigger trigger() {
    return TriggerBuilder.newTrigger()
        .withIdentity(key())
        .forJob(job(id))
        .withSchedule(
            CronScheduleBuilder.cronSchedule(cron)
                .inTimeZone(TimeZone.getTimeZone(zone))
                .withMisfireHandlingInstructionFireAndProceed())
        .build();
  }

  /** Whether the store has it as it is here. */
  boolean isAs(Trigger stored) {
    return stored instanceof CronTrigger other
        && other.getCronExpression().equals(cron)
        && other.getTimeZone().equals(TimeZone.getTimeZone(zone))
        && other.getMisfireInstruction() == CronTrigger.MISFIRE_INSTRUCTION_FIRE_ONCE_NOW;
  }

  /** The first time after {@code now}. */
  Instant next(Instant now) {
    try {
      CronExpression times = new CronExpression(cron);
      times.setTimeZone(TimeZone.getTimeZone(zone));
      return times.getNextValidTimeAfter(Date.from(now)).toInstant();
    } catch (ParseException e) {
      throw new IllegalStateException("a schedule is valid from birth", e);
    }
  }
}
