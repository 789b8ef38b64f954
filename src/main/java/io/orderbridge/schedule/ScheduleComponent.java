package io.orderbridge.schedule;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * {@code quartz:<folder>/<route>} with {@code cron} and {@code trigger.timeZone}: the route is run
 * at these times, once over all processes on the database.
 *
 * <p>It takes the place of Camel's component of that name and reads the same options. That one
 * (4.14) writes its trigger as soon as an endpoint is built, so that an edit which is only tried
 * changes the running schedule; sees no change but that of the expression; never removes a trigger
 * from a store that several share; and drops a firing for which no route is there yet.
 */
@Singleton
@Named("quartz")
public class ScheduleComponent extends DefaultComponent {
  /** Property: the schedule that began the exchange, {@code <folder>/<route>}. */
  public static final String SCHEDULE = "OrderbridgeSchedule";

  /** Property: when it was to fire, a {@link java.time.Instant}; the same when it is done again. */
  public static final String DUE = "OrderbridgeDue";

  private final Schedules schedules;

  ScheduleComponent(Schedules schedules) {
    this.schedules = schedules;
    // Where Camel's component is on the class path too: this one has not its fields.
    setAutowiredEnabled(false);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.matches("[a-z0-9-]{1,60}/[a-z0-9-]{1,120}")) {
      throw new IllegalArgumentException(
          "quartz:%s names no schedule; expected quartz:<folder>/<name of the route>"
              .formatted(remaining));
    }
    String cron = getAndRemoveParameter(parameters, "cron", String.class, "");
    String zone = getAndRemoveParameter(parameters, "trigger.timeZone", String.class, "");
    // Always on here; the file says it so that it tells the truth to who knows Camel's component.
    getAndRemoveParameter(parameters, "recoverableJob", String.class);
    return new ScheduleEndpoint(uri, this, new Schedule(remaining, cron, ZoneId.of(zone)));
  }

  private static final class ScheduleEndpoint extends DefaultEndpoint {
    private final ScheduleComponent owner;
    private final Schedule schedule;

    ScheduleEndpoint(String uri, ScheduleComponent owner, Schedule schedule) {
      super(uri, owner);
      this.owner = owner;
      this.schedule = schedule;
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("nothing is sent to quartz:, a route begins with it");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new ScheduleConsumer(this, processor, schedule, owner.schedules);
    }
  }
}
