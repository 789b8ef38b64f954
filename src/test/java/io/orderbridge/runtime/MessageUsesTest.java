package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.release.Folders.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which mappings are given messages as they came, and which only look so. */
@Tag("R55")
class MessageUsesTest {
  private static List<Use> of(String file, String system) throws IOException {
    return uses(file, system, Files.readString(Path.of(file)));
  }

  private static List<Use> uses(String file, String system, String text) {
    List<FileProblem> problems = new ArrayList<>();
    var read =
        new RouteRules()
            .route(file, system, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), problems);
    assertThat(problems).isEmpty();
    return MessageUses.of(read.orElseThrow());
  }

  @Test
  void the_first_mapping_of_an_inbox_route_is_given_the_message() throws IOException {
    assertThat(of("routes/shopify/shopify-receive.camel.yaml", "shopify"))
        .containsExactly(new Use("shopify", "shopify/event", true));
  }

  @Test
  void a_mapping_behind_a_return_to_the_input_is_given_it_as_well() throws IOException {
    assertThat(of("routes/shopify/shopify-orders.camel.yaml", "shopify"))
        .containsExactly(
            new Use("shopify/orders", "shopify/order", true),
            new Use("shopify/orders", "shopify/state", false));
  }

  @Test
  void what_stands_behind_a_call_or_a_split_is_not() throws IOException {
    assertThat(of("routes/taobao/taobao-messages.camel.yaml", "taobao"))
        .containsExactly(new Use("taobao/messages", "taobao/hint", false));
  }

  @Test
  void what_is_owed_is_no_message() throws IOException {
    assertThat(of("routes/shopify/shopify-ship.camel.yaml", "shopify")).isEmpty();
  }

  @Test
  void a_mapping_that_reads_a_header_of_the_route_is_not() throws IOException {
    String file = "routes/shopify/shopify-receive.camel.yaml";
    String text =
        Files.readString(Path.of(file))
            .replace(
                "      steps:\n",
                """
                      steps:
                        - setHeader:
                            name: OrderbridgeKind
                            expression:
                              constant:
                                expression: other
                """);

    assertThat(uses(file, "shopify", text)).isEmpty();
  }
}
