package io.orderbridge.runtime;

import io.orderbridge.release.Folders.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Which mappings a route of the inbox applies to each message as it came. What stands behind a
 * condition, a call or another mapping is none: what it is given is not what is stored.
 */
final class MessageUses {
  private static final String INPUT = "${exchangeProperty.OrderbridgeInput}";
  // Steps that leave the body and what a mapping reads beside it.
  private static final Set<String> HARMLESS =
      Set.of("log", "setProperty", "removeProperty", "setVariable");
  private static final Set<String> READ =
      Set.of("OrderbridgeKind", "OrderbridgeConnection", "Content-Type");

  private final List<Use> uses = new ArrayList<>();
  private String stream;
  private boolean asItCame = true;
  private boolean headersAsTheyCame = true;
  private String mapped;

  private MessageUses() {}

  static List<Use> of(RouteText route) {
    MessageUses uses = new MessageUses();
    YamlText.compose(route.file(), route.text(), new ArrayList<>()).ifPresent(uses::route);
    return List.copyOf(uses.uses);
  }

  private void route(Node root) {
    Node item = root instanceof SequenceNode list ? list.getValue().get(0) : root;
    Node from = RouteText.child(RouteText.child(item, "route"), "from");
    if (RouteText.child(from, "uri") instanceof ScalarNode uri
        && uri.getValue().startsWith("inbox:")
        && RouteText.child(from, "steps") instanceof SequenceNode steps) {
      stream = uri.getValue().substring("inbox:".length());
      steps.getValue().forEach(this::step);
      mapped(false);
    }
  }

  private void step(Node step) {
    if (!(step instanceof MappingNode mapping)) {
      return;
    }
    for (NodeTuple entry : mapping.getValue()) {
      String name = ((ScalarNode) entry.getKeyNode()).getValue();
      Node value = entry.getValueNode();
      switch (name) {
        case "to" -> to(text(RouteText.child(value, "uri")));
        case "setBody" -> setBody(value);
        case "setHeader" -> header(text(RouteText.child(value, "name")));
        default -> {
          if (!HARMLESS.contains(name)) {
            mapped(false);
            asItCame = false;
            headersAsTheyCame &= !name.startsWith("removeHeader");
          }
        }
      }
    }
  }

  private void to(String uri) {
    mapped(uri.equals("orders:record"));
    if (uri.startsWith("mapping:") && asItCame && headersAsTheyCame) {
      mapped = uri.substring("mapping:".length());
    }
    asItCame = false;
  }

  // Whether facts are recorded is known only at the step behind.
  private void mapped(boolean recorded) {
    if (mapped != null) {
      uses.add(new Use(stream, mapped, recorded));
      mapped = null;
    }
  }

  private void setBody(Node value) {
    mapped(false);
    Node simple = RouteText.child(RouteText.child(value, "expression"), "simple");
    asItCame = text(RouteText.child(simple, "expression")).equals(INPUT);
  }

  private void header(String name) {
    mapped(false);
    headersAsTheyCame &= !READ.contains(name);
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
