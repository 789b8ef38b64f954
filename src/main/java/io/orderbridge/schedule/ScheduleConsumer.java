package io.orderbridge.schedule;

import io.orderbridge.kernel.Carried;
import java.time.format.DateTimeFormatter;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** The route of a schedule in this process. It runs on the thread of the firing. */
final class ScheduleConsumer extends DefaultConsumer {
  private final Schedule schedule;
  private final Schedules schedules;

  ScheduleConsumer(Endpoint endpoint, Processor processor, Schedule schedule, Schedules schedules) {
    super(endpoint, processor);
    this.schedule = schedule;
    this.schedules = schedules;
  }

  Schedule schedule() {
    return schedule;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    schedules.follow(this);
  }

  @Override
  protected void doStop() throws Exception {
    schedules.leave(this);
    super.doStop();
  }

  /**
   * Sends the route one message and waits for its end.
   *
   * @return why it failed, or null
   */
  Throwable send(Firing firing) {
    Exchange exchange = createExchange(false);
    try {
      String body = body(firing);
      exchange.getMessage().setBody(body);
      exchange.setProperty(Carried.INPUT, body);
      exchange.setProperty(ScheduleComponent.SCHEDULE, firing.id());
      exchange.setProperty(ScheduleComponent.DUE, firing.due());
      getProcessor().process(exchange);
      return exchange.getException();
    } catch (Throwable e) {
      return e;
    } finally {
      releaseExchange(exchange, false);
    }
  }

  // The same text when the same firing is done again: who stores it, stores it once. Properties
  // carry the rest, because headers would leave with the next HTTP call.
  private String body(Firing firing) {
    return "{\"schedule\": \"%s\", \"due\": \"%s\"}"
        .formatted(
            firing.id(),
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(firing.due().atZone(schedule.zone())));
  }
}
