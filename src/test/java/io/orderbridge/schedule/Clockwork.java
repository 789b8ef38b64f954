package io.orderbridge.schedule;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderbridge.Heart;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** The schedules of one process on a database that others may share, as the product has them. */
final class Clockwork implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final Heart heart;
  final Scheduler scheduler;
  final Schedules schedules;
  final ScheduleRuns runs;
  final Firings firings;
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Set<String> files = new TreeSet<>();

  Clockwork(Heart heart) throws SchedulerException {
    this.heart = heart;
    String name = "test-" + NUMBER.incrementAndGet();
    DBConnectionManager.getInstance().addConnectionProvider(name, new Pool(heart));
    scheduler = new StdSchedulerFactory(settings(name)).getScheduler();
    runs = new ScheduleRuns(heart.database);
    schedules = new Schedules(scheduler, runs, heart.clock);
    firings = new Firings(schedules, runs, registry, heart.clock);
    ScheduleJob job = new ScheduleJob(firings);
    scheduler.setJobFactory((bundle, in) -> job);
    camel.addComponent("quartz", new ScheduleComponent(schedules));
    camel.start();
  }

  // As in application.properties, with shorter waits.
  private static Properties settings(String dataSource) {
    Properties settings = new Properties();
    settings.put(StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, "orderbridge");
    settings.put(StdSchedulerFactory.PROP_SCHED_INSTANCE_ID, dataSource);
    settings.put("org.quartz.threadPool.threadCount", "3");
    settings.put("org.quartz.jobStore.class", JobStoreTX.class.getName());
    settings.put("org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName());
    settings.put("org.quartz.jobStore.useProperties", "true");
    settings.put("org.quartz.jobStore.dataSource", dataSource);
    settings.put("org.quartz.jobStore.isClustered", "true");
    settings.put("org.quartz.jobStore.acquireTriggersWithinLock", "true");
    settings.put("org.quartz.jobStore.clusterCheckinInterval", "500");
    settings.put("org.quartz.jobStore.misfireThreshold", "1000");
    settings.put("org.quartz.scheduler.dbFailureRetryInterval", "500");
    return settings;
  }

  private record Pool(Heart heart) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws SQLException {
      return heart.source.getConnection();
    }

    @Override
    public void shutdown() {}

    @Override
    public void initialize() {}
  }

  /** A route file that is new or was edited. */
  Clockwork route(String name, String cron, String zone, Processor work) throws Exception {
    stop(name);
    String uri =
        "quartz:clock/%s?cron=%s&trigger.timeZone=%s&recoverableJob=true"
            .formatted(name, cron.replace(' ', '+'), zone);
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri).routeId(name).process(work);
          }
        });
    files.add("clock/" + name);
    schedules.keepOnly(files);
    return this;
  }

  /** A route that runs no more for now; its file is there. */
  void stop(String name) throws Exception {
    if (camel.getRoute(name) != null) {
      camel.getRouteController().stopRoute(name);
      camel.removeRoute(name);
    }
  }

  /** A route file that was deleted. */
  void delete(String name) throws Exception {
    stop(name);
    files.remove("clock/" + name);
    schedules.keepOnly(files);
  }

  Clockwork start() {
    schedules.start(files);
    return this;
  }

  Set<String> triggers() throws SchedulerException {
    Set<String> triggers = new TreeSet<>();
    scheduler.getTriggerKeys(GroupMatcher.anyGroup()).forEach(key -> triggers.add(key.toString()));
    return triggers;
  }

  Trigger trigger(String name) throws SchedulerException {
    return scheduler.getTrigger(new org.quartz.TriggerKey(name, "clock"));
  }

  @Override
  public void close() throws SchedulerException {
    scheduler.shutdown(true);
    camel.stop();
  }
}
