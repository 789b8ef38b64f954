package io.orderbridge.runtime;

import io.orderbridge.release.Step;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/** The steps of a route, read from Camel's own model: what is shown is what is built. */
final class RouteOutline {
  private RouteOutline() {}

  /** The route as one step {@code from}, with all that follows below it. */
  static Step of(RouteDefinition route) {
    List<Step> below = new ArrayList<>();
    if (route.getRouteConfigurationId() != null) {
      below.add(new Step("errorHandling", route.getRouteConfigurationId(), List.of()));
    }
    steps(route.getOutputs(), below);
    return new Step("from", route.getInput().getLabel(), below);
  }

  private static void steps(List<ProcessorDefinition<?>> outputs, List<Step> into) {
    for (ProcessorDefinition<?> one : outputs) {
      List<Step> below = new ArrayList<>();
      steps(one.getOutputs(), below);
      into.add(new Step(one.getShortName(), text(one), below));
    }
  }

  private static String text(ProcessorDefinition<?> step) {
    if (step instanceof BeanDefinition bean) {
      String name = bean.getRef() == null ? String.valueOf(bean.getBeanType()) : bean.getRef();
      return bean.getMethod() == null ? name : name + "." + bean.getMethod();
    }
    if (step instanceof ExpressionNode node && node.getExpression() != null) {
      return named(step) + node.getExpression().getLabel();
    }
    String label = step.getLabel();
    return label == null || label.equals(step.getShortName()) ? "" : label;
  }

  // What is set stands in the label as header[name] or the like.
  private static String named(ProcessorDefinition<?> step) {
    String label = step.getLabel();
    int from = label == null ? -1 : label.indexOf('[');
    boolean sets = step.getShortName().startsWith("set") && !step.getShortName().equals("setBody");
    return sets && from >= 0 ? label.substring(from + 1, label.length() - 1) + " = " : "";
  }
}
