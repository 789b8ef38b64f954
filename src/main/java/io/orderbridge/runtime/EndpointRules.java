package io.orderbridge.runtime;

import io.orderbridge.books.Book;
import io.orderbridge.call.CallSpec;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.mapping.NearNames;
import io.orderbridge.rows.Table;
import io.orderbridge.schedule.Source;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;

/**
 * Whether the endpoints of a route may be used, have the options they are given, and name
 * connections and mappings that exist.
 */
final class EndpointRules {
  private static final Set<String> OWN =
      Set.of(
          ("alerts books call consistency inbox mapping notices "
                  + "order-health orders outbox payments reconciliations rows states token windows")
              .split(" "));
  private static final Set<String> CAMEL =
      Set.of(
          "direct", "file", "http", "https", "jdbc", "kamelet", "quartz", "smtp", "smtps", "timer");
  // A reloaded HTTP route answers 404 for a moment: the world outside calls the one fixed door.
  private static final Set<String> SANDBOX = Set.of("platform-http", "log", "sandbox");
  private static final List<String> BOOK_STEPS = List.of("own", "rates");
  private static final List<String> NOTICE_STEPS = List.of("customers", "receipts", "restate");
  private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|apikey).*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*}}", Pattern.DOTALL);
  private static final Pattern PLACEHOLDER_IN_URI = Pattern.compile("\\{\\{[^}]*}}");
  private static final Pattern SETTING_START =
      Pattern.compile("\\{\\{connection:([^}]+)}}.*", Pattern.DOTALL);

  private final CamelCatalog catalog = new DefaultCamelCatalog(true);
  private final Connections connections;
  private final Predicate<String> mappings;

  /**
   * @param mappings whether a mapping of this name is loaded
   */
  EndpointRules(Connections connections, Predicate<String> mappings) {
    this.connections = connections;
    this.mappings = mappings;
  }

  List<FileProblem> check(RouteText route) {
    List<FileProblem> problems = new ArrayList<>(references(route));
    for (EndpointUse endpoint : route.endpoints()) {
      scheme(route, endpoint)
          .ifPresent(what -> problems.add(new FileProblem(route.file(), endpoint.line(), what)));
      secrets(route, endpoint, problems);
      if (endpoint.scheme().equals(ScheduleRules.SCHEME)) {
        problems.addAll(ScheduleRules.check(route, endpoint));
      }
    }
    if (problems.isEmpty()) {
      route.endpoints().forEach(endpoint -> options(route, endpoint, problems));
    }
    return problems;
  }

  /** Only what may change without the route's file: connections, settings, mappings. */
  List<FileProblem> references(RouteText route) {
    List<FileProblem> problems = new ArrayList<>();
    route
        .settings()
        .forEach(
            (setting, line) -> {
              if (connections.setting(setting) == null) {
                problems.add(
                    new FileProblem(
                        route.file(),
                        line,
                        "{{connection:%s}}: %s"
                            .formatted(setting, connections.whyNoSetting(setting))));
              }
            });
    for (EndpointUse endpoint : route.endpoints()) {
      String what = missing(endpoint);
      if (!what.isEmpty()) {
        problems.add(new FileProblem(route.file(), endpoint.line(), what));
      }
    }
    return problems;
  }

  private String missing(EndpointUse endpoint) {
    String name = endpoint.rest();
    int slash = name.indexOf('/');
    Connection connection = connections.get(slash < 0 ? name : name.substring(0, slash));
    return switch (endpoint.scheme()) {
      case "inbox" ->
          connection == null || slash < 0 && connection.receiving() == null
              ? "inbox:%s: no connection file routes/%s/connection.yaml%s is loaded"
                  .formatted(name, name.split("/")[0], slash < 0 ? " with 'receives'" : "")
              : "";
      case "outbox" ->
          connection == null || connection.target() == null
              ? "outbox:%s: no connection file routes/%s/connection.yaml with 'owed' is loaded"
                  .formatted(name, name)
              : "";
      case "jdbc" ->
          !name.equals("default") && (connection == null || connection.database() == null)
              ? "jdbc:%s: no connection file routes/%s/connection.yaml with 'database' is loaded"
                  .formatted(name, name)
              : "";
      case "alerts" -> alerts(endpoint, connection);
      case "notices" -> notices(endpoint, connection);
      case "books", "call", "rows", "windows" -> entry(endpoint.scheme(), name, connection);
      case "token" -> token(endpoint, connection);
      case "mapping" ->
          mappings.test(name)
              ? ""
              : "mapping:%s: no mapping file mappings/%s.jsonata is loaded".formatted(name, name);
      default -> "";
    };
  }

  private static String entry(String scheme, String name, Connection connection) {
    Stream<String> names =
        connection == null
            ? Stream.empty()
            : switch (scheme) {
              case "call" -> connection.calls().stream().map(CallSpec::id);
              case "rows" -> connection.tables().stream().map(Table::name);
              case "books" -> connection.books().stream().map(Book::name);
              default -> connection.reads().stream().map(Source::key);
            };
    String section =
        Map.of("call", "calls", "rows", "tables", "books", "books").getOrDefault(scheme, "reads");
    return names.anyMatch(name::equals) || scheme.equals("books") && BOOK_STEPS.contains(name)
        ? ""
        : "%s:%s: no connection file that is loaded has it under '%s'"
            .formatted(scheme, name, section);
  }

  private static String alerts(EndpointUse endpoint, Connection connection) {
    if (!endpoint.source()) {
      return "alerts: is where a route begins; who is told what says mappings/rules/alerts.yaml";
    }
    return connection == null || connection.alerts() == null
        ? "alerts:%s: no connection file routes/%s/connection.yaml with 'alerts' is loaded"
            .formatted(endpoint.rest(), endpoint.rest())
        : "";
  }

  private static String notices(EndpointUse endpoint, Connection connection) {
    if (!endpoint.source()) {
      return NOTICE_STEPS.contains(endpoint.rest())
          ? ""
          : "notices:%s is no step; write one of %s"
              .formatted(
                  endpoint.rest(),
                  NOTICE_STEPS.stream()
                      .map(step -> "notices:" + step)
                      .collect(Collectors.joining(", ")));
    }
    return connection == null || connection.notices() == null
        ? "notices:%s: no connection file routes/%s/connection.yaml with 'notices' is loaded"
            .formatted(endpoint.rest(), endpoint.rest())
        : "";
  }

  private static String token(EndpointUse endpoint, Connection connection) {
    if (!endpoint.source()) {
      return "token: is where a route begins; a call with 'token: true' renews by itself";
    }
    return connection == null || connection.token() == null
        ? "token:%s: no connection file routes/%s/connection.yaml with 'token' is loaded"
            .formatted(endpoint.rest(), endpoint.rest())
        : "";
  }

  private Optional<String> scheme(RouteText route, EndpointUse endpoint) {
    boolean kamelet = route.system().equals("kamelets");
    if (endpoint.uri().startsWith("{{")) {
      String scheme = resolvedScheme(endpoint);
      boolean known = connections.setting(settingOf(endpoint.uri())) != null;
      return kamelet || !known || Set.of("http", "https").contains(scheme)
          ? Optional.empty()
          : Optional.of("'uri' begins with a setting that is no http or https address");
    }
    Set<String> allowed = new TreeSet<>(OWN);
    allowed.addAll(CAMEL);
    allowed.addAll(route.system().equals("sandbox") ? SANDBOX : Set.of());
    if (allowed.contains(endpoint.scheme()) || (kamelet && endpoint.uri().startsWith("kamelet:"))) {
      return Optional.empty();
    }
    return Optional.of(
        "'%s' is no component that a route may use; allowed are %s"
            .formatted(
                endpoint.scheme().isEmpty() ? endpoint.uri() : endpoint.scheme(),
                String.join(", ", allowed)));
  }

  private void secrets(RouteText route, EndpointUse endpoint, List<FileProblem> problems) {
    endpoint
        .parameters()
        .forEach(
            (name, value) -> {
              if (SECRET.matcher(name).matches() && !PLACEHOLDER.matcher(value).find()) {
                problems.add(
                    new FileProblem(
                        route.file(),
                        endpoint.line(),
                        "'%s' stands in the route; put it into the connection's settings and write"
                                .formatted(name)
                            + " {{connection:<name>/<key>}}"));
              }
            });
  }

  private static String settingOf(String uri) {
    Matcher setting = SETTING_START.matcher(uri);
    return setting.matches() ? setting.group(1) : "";
  }

  private String resolvedScheme(EndpointUse endpoint) {
    String value = connections.setting(settingOf(endpoint.uri()));
    return value == null || value.indexOf(':') < 0 ? "" : value.substring(0, value.indexOf(':'));
  }

  private void options(RouteText route, EndpointUse endpoint, List<FileProblem> problems) {
    String uri = endpoint.uri();
    if (uri.startsWith("{{")) {
      // The address itself may hold a secret and has no say in the options.
      uri = resolvedScheme(endpoint) + "://setting";
    }
    // The colon in a placeholder would be taken for the one before a port.
    uri = PLACEHOLDER_IN_URI.matcher(uri).replaceAll("setting");
    String scheme = uri.contains(":") ? uri.substring(0, uri.indexOf(':')) : "";
    if (OWN.contains(scheme) || Set.of("sandbox", "kamelet", "").contains(scheme)) {
      return;
    }
    String query =
        endpoint.parameters().entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
            .sorted()
            .collect(Collectors.joining("&"));
    // Strict, although http would take an unknown option for a part of the partner's query: a typo
    // in httpMethod would then turn deliveries into GETs that are answered 200.
    EndpointValidationResult result =
        catalog.validateEndpointProperties(
            query.isEmpty() ? uri : uri + "?" + query, true, endpoint.source(), !endpoint.source());
    if (!result.isSuccess()) {
      problems.add(new FileProblem(route.file(), endpoint.line(), options(scheme, result)));
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private String options(String scheme, EndpointValidationResult result) {
    List<String> said = new ArrayList<>();
    Set<String> unknown = result.getUnknown() == null ? Set.of() : result.getUnknown();
    Set<String> known = new TreeSet<>();
    catalog.componentModel(scheme).getEndpointOptions().forEach(o -> known.add(o.getName()));
    for (String option : new TreeSet<>(unknown)) {
      said.add(
          "option '%s' of %s is not known; did you mean %s?"
              .formatted(option, scheme, NearNames.of(option, known)));
    }
    // What else is wrong, in Camel's words, one per line.
    result
        .summaryErrorMessage(false, false, false)
        .lines()
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .filter(line -> !line.isEmpty() && !line.equals(scheme))
        .filter(line -> !line.endsWith(" Unknown option"))
        .forEach(line -> said.add(scheme + ": " + line));
    return String.join("; ", said);
  }
}
