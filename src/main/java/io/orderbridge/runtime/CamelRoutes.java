package io.orderbridge.runtime;

import io.orderbridge.release.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Builds, starts, stops and removes routes in the running Camel context. No policy. */
final class CamelRoutes {
  // A delivery has a deadline of 10 s by default; what is cut off here is delivered again.
  private static final long STOP_MAX_S = 10;
  private static final String TRIAL = "trial-";

  private final CamelContext context;
  private final boolean dry;
  private int trials;

  private CamelRoutes(CamelContext context, boolean dry) {
    this.context = context;
    this.dry = dry;
  }

  static CamelRoutes of(CamelContext context) {
    return new CamelRoutes(context, false);
  }

  /** Builds routes and removes them again; starts none. */
  static CamelRoutes dry(CamelContext context) {
    return new CamelRoutes(context, true);
  }

  /**
   * Builds every step, bean and endpoint of a route under another name without starting it, and
   * removes it again. The running route does not notice.
   */
  void tryRoute(RouteText route) throws Exception {
    Set<String> endpoints = endpoints();
    Set<String> routes = routes();
    boolean good = false;
    try {
      for (RouteDefinition definition : definitions(route.file(), route.text())) {
        tryDefinition(definition);
      }
      good = true;
    } finally {
      if (!good) {
        removeSince(routes, endpoints);
      }
    }
  }

  /** The routes of a text as Camel reads them; nothing of them is built. */
  List<Step> outline(String file, String text) throws Exception {
    return definitions(file, text).stream().map(RouteOutline::of).toList();
  }

  /**
   * Builds a changed Kamelet under another name, and on it the routes that use it. Nothing of it
   * stays.
   */
  void tryKamelet(RouteText kamelet, Collection<RouteText> users) throws Exception {
    Set<String> endpoints = endpoints();
    Set<String> routes = routes();
    String name = TRIAL + ++trials + "-" + kamelet.id();
    try {
      for (RouteTemplateDefinition template : templates(kamelet)) {
        template.setId(name);
        model().addRouteTemplateDefinition(template);
      }
      for (RouteText user : users) {
        String text =
            user.text().replaceAll("kamelet:" + kamelet.id() + "(?![a-z0-9-])", "kamelet:" + name);
        for (RouteDefinition definition : definitions(user.file(), text)) {
          tryDefinition(definition);
        }
      }
    } finally {
      removeSince(routes, endpoints);
      model().removeRouteTemplateDefinitions(name);
    }
  }

  /** Starts a route; one of the same id is stopped first and its message in flight finished. */
  void start(RouteText route) throws Exception {
    if (dry) {
      tryRoute(route);
      return;
    }
    remove(route.id());
    loader().updateRoutes(resource(route.file(), route.text()));
  }

  void remove(String id) throws Exception {
    if (context.getRoute(id) != null) {
      context.getRouteController().stopRoute(id, STOP_MAX_S, TimeUnit.SECONDS);
      context.removeRoute(id);
    }
    RouteDefinition left = model().getRouteDefinition(id);
    if (left != null) {
      model().removeRouteDefinition(left);
    }
  }

  void addKamelet(RouteText kamelet) throws Exception {
    for (RouteTemplateDefinition template : templates(kamelet)) {
      model().addRouteTemplateDefinition(template);
    }
  }

  /** Removes the template, the routes that were made of it, and the endpoints that led there. */
  void removeKamelet(String name) throws Exception {
    for (RouteDefinition made : new ArrayList<>(model().getRouteDefinitions())) {
      if (madeOf(made, name)) {
        remove(made.getRouteId());
      }
    }
    for (Endpoint endpoint : new ArrayList<>(context.getEndpoints())) {
      if (endpoint.getEndpointUri().matches("kamelet:(//)?" + name + "([/?].*)?")) {
        context.removeEndpoint(endpoint);
      }
    }
    if (model().getRouteTemplateDefinition(name) != null) {
      model().removeRouteTemplateDefinitions(name);
    }
  }

  private static boolean madeOf(RouteDefinition route, String template) {
    return route.getTemplateParameters() != null
        && template.equals(route.getTemplateParameters().get("templateId"));
  }

  private void tryDefinition(RouteDefinition definition) throws Exception {
    String id = TRIAL + ++trials;
    String from = context.resolvePropertyPlaceholders(definition.getInput().getEndpointUri());
    context.getEndpoint(from);
    definition.setId(id);
    definition.getInput().setUri("direct:" + id);
    definition.setAutoStartup("false");
    // A step's own id would collide with that of the running route.
    for (ProcessorDefinition<?> step : steps(definition)) {
      step.setId(null);
    }
    try {
      model().addRouteDefinition(definition);
    } finally {
      remove(id);
      Endpoint input = context.hasEndpoint("direct:" + id);
      if (input != null) {
        context.removeEndpoint(input);
      }
    }
  }

  private static List<ProcessorDefinition<?>> steps(RouteDefinition definition) {
    List<ProcessorDefinition<?>> steps = new ArrayList<>();
    ProcessorDefinitionHelper.filterTypeInOutputs(
            definition.getOutputs(), ProcessorDefinition.class)
        .forEach(steps::add);
    return steps;
  }

  private List<RouteDefinition> definitions(String file, String text) throws Exception {
    List<RouteDefinition> definitions = new ArrayList<>();
    for (RoutesBuilder builder : loader().findRoutesBuilders(resource(file, text))) {
      definitions.addAll(((RouteBuilder) builder).configureRoutes(context).getRoutes());
    }
    return definitions;
  }

  private List<RouteTemplateDefinition> templates(RouteText kamelet) throws Exception {
    List<RouteTemplateDefinition> templates = new ArrayList<>();
    for (RoutesBuilder builder :
        loader().findRoutesBuilders(resource(kamelet.file(), kamelet.text()))) {
      RouteBuilder routes = (RouteBuilder) builder;
      routes.configureRoutes(context);
      templates.addAll(routes.getRouteTemplateCollection().getRouteTemplates());
    }
    return templates;
  }

  private void removeSince(Set<String> routes, Set<String> endpoints) throws Exception {
    for (String id : routes()) {
      if (!routes.contains(id)) {
        remove(id);
      }
    }
    for (Endpoint endpoint : new ArrayList<>(context.getEndpoints())) {
      if (!endpoints.contains(endpoint.getEndpointUri())) {
        context.removeEndpoint(endpoint);
      }
    }
  }

  private Set<String> routes() {
    Set<String> ids = new HashSet<>();
    for (Route route : context.getRoutes()) {
      ids.add(route.getRouteId());
    }
    return ids;
  }

  private Set<String> endpoints() {
    Set<String> uris = new HashSet<>();
    for (Endpoint endpoint : context.getEndpoints()) {
      uris.add(endpoint.getEndpointUri());
    }
    return uris;
  }

  private static Resource resource(String file, String text) {
    return ResourceHelper.fromString("file:" + file, text);
  }

  private RoutesLoader loader() {
    return PluginHelper.getRoutesLoader(context);
  }

  private Model model() {
    return context.getCamelContextExtension().getContextPlugin(Model.class);
  }
}
