package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.schedule.Schedule;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a {@code quartz:} endpoint in a route file must be. */
final class ScheduleRules {
  static final String SCHEME = "quartz";
  private static final String CRON = "cron";
  private static final String ZONE = "trigger.timeZone";
  private static final String RECOVERABLE = "recoverableJob";
  private static final Set<String> OPTIONS = new TreeSet<>(Set.of(CRON, ZONE, RECOVERABLE));

  private ScheduleRules() {}

  /** The name under which a route file's schedule stands in the store. */
  static String name(RouteText route) {
    return route.system() + "/" + route.id();
  }

  static boolean isSchedule(RouteText route) {
    return route.endpoints().stream().anyMatch(e -> e.source() && e.scheme().equals(SCHEME));
  }

  static List<FileProblem> check(RouteText route, EndpointUse endpoint) {
    if (!endpoint.source() || route.system().equals("kamelets")) {
      return List.of(
          new FileProblem(
              route.file(),
              endpoint.line(),
              "quartz: is where a route file begins; write it as the 'from' of a route"));
    }
    List<FileProblem> problems = new ArrayList<>();
    if (!endpoint.rest().equals(name(route))) {
      // Another name would be another trigger: two files could share it, and a copy would not run.
      problems.add(
          new FileProblem(
              route.file(),
              endpoint.line(),
              "a schedule has the name of its folder and route; write uri: quartz:" + name(route)));
    }
    wrongCron(endpoint).ifPresent(what -> add(problems, route, endpoint, CRON, what));
    wrongZone(endpoint).ifPresent(what -> add(problems, route, endpoint, ZONE, what));
    if (!"true".equals(endpoint.parameters().get(RECOVERABLE))) {
      String what = "what is killed half way has to be done again; write recoverableJob: \"true\"";
      add(problems, route, endpoint, RECOVERABLE, what);
    }
    for (String option : new TreeSet<>(endpoint.parameters().keySet())) {
      if (!OPTIONS.contains(option)) {
        String what =
            "option '%s' of quartz is not taken; a schedule has %s and nothing else"
                .formatted(option, String.join(", ", OPTIONS));
        add(problems, route, endpoint, option, what);
      }
    }
    return problems;
  }

  private static Optional<String> wrongCron(EndpointUse endpoint) {
    String cron = endpoint.parameters().getOrDefault(CRON, "");
    return cron.isBlank()
        ? Optional.of("has no 'cron'; write for example cron: \"0 0 2 * * ?\" for two at night")
        : Schedule.wrong(cron);
  }

  private static Optional<String> wrongZone(EndpointUse endpoint) {
    String zone = endpoint.parameters().getOrDefault(ZONE, "");
    if (zone.isBlank()) {
      // Without it the zone of the machine decides, and that of two may differ.
      return Optional.of("has no 'trigger.timeZone'; write for example Asia/Shanghai");
    }
    return ZoneId.getAvailableZoneIds().contains(zone)
        ? Optional.empty()
        : Optional.of(
            "'trigger.timeZone' is '%s', expected a name such as Asia/Shanghai or UTC"
                .formatted(zone));
  }

  private static void add(
      List<FileProblem> problems,
      RouteText route,
      EndpointUse endpoint,
      String option,
      String what) {
    problems.add(new FileProblem(route.file(), line(route, endpoint, option), what));
  }

  // That of the option where it stands, otherwise that of the endpoint.
  private static int line(RouteText route, EndpointUse endpoint, String option) {
    List<String> lines = route.text().lines().toList();
    for (int i = Math.max(0, endpoint.line() - 1); i < lines.size(); i++) {
      if (lines.get(i).strip().replaceAll("[\"']", "").startsWith(option + ":")) {
        return i + 1;
      }
    }
    return endpoint.line();
  }
}
