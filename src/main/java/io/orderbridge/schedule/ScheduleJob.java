package io.orderbridge.schedule;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * What Quartz calls. Its name stands in the database with every schedule: a class of another name
 * would leave them without a job. One run of a schedule at a time over all processes; a run that
 * takes longer than the next time is far delays that one.
 */
@Singleton
@DisallowConcurrentExecution
@RegisterForReflection
public class ScheduleJob implements Job {
  private final Firings firings;

  ScheduleJob(Firings firings) {
    this.firings = firings;
  }

  @Override
  public void execute(JobExecutionContext context) {
    firings.fire(Firing.of(context));
  }
}
