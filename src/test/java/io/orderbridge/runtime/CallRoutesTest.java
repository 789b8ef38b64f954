package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route that calls names what its connection file has, or is told what to write. */
class CallRoutesTest {
  private static final String CONNECTION =
      """
      calls: {api: {url: "http://127.0.0.1:9", token: true}}
      token: {refresh: r, seal: s}
      owed: {events: [order.paid]}
      """;

  @TempDir Path folder;

  private List<String> problems(String from, String to) throws IOException {
    Path shop = Files.createDirectories(folder.resolve("routes/shop"));
    Files.createDirectories(folder.resolve("mappings"));
    Files.writeString(shop.resolve("connection.yaml"), CONNECTION);
    Files.writeString(
        shop.resolve("shop-ask.camel.yaml"),
        """
        - route:
            id: shop-ask
            description: Asks the shop.
            from:
              uri: %s
              steps:
                - to:
                    uri: %s
        """
            .formatted(from, to));
    return new CheckCommand(folder.resolve("routes"), folder.resolve("mappings"), name -> null)
        .problems().stream().map(FileProblem::toString).toList();
  }

  @Test
  void what_the_connection_file_has_may_be_used() throws IOException {
    assertThat(problems("outbox:shop", "call:shop/api")).isEmpty();
    assertThat(problems("token:shop", "call:shop/api")).isEmpty();
  }

  @Test
  void what_it_has_not_is_told_with_the_line() throws IOException {
    assertThat(problems("outbox:shop", "call:shop/bills"))
        .singleElement()
        .asString()
        .contains("shop-ask.camel.yaml:8", "call:shop/bills", "'calls'");
    assertThat(problems("outbox:shop", "call:other/api"))
        .singleElement()
        .asString()
        .contains("'calls'");
    assertThat(problems("token:other", "call:shop/api"))
        .singleElement()
        .asString()
        .contains("routes/other/connection.yaml with 'token'");
    assertThat(problems("outbox:shop", "token:shop"))
        .singleElement()
        .asString()
        .contains("where a route begins");
  }
}
