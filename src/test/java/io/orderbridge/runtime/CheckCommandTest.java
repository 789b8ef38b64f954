package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckCommandTest {
  private static final String ROUTE =
      """
      - route:
          id: shop-receive
          description: What the shop sends becomes facts of its orders.
          from:
            uri: inbox:shop
            steps:
              - to:
                  uri: mapping:shop/order
              - to:
                  uri: orders:record
      """;

  @TempDir Path folder;

  @Test
  void good_folders_have_no_problem_and_exit_code_0() throws IOException {
    write("routes/shop/connection.yaml", "receives: {signature: none, internal: true}");
    write("routes/shop/shop-receive.camel.yaml", ROUTE);
    write("mappings/shop/order.jsonata", "/* Source: a test */ {\"id\": id}");
    write("mappings/shop/order.one.in.json", "{\"id\": 1}");
    write("mappings/shop/order.one.out.json", "{\"id\": 1}");

    assertThat(check()).isEqualTo("0: 5 files checked, 0 problems\n");
  }

  @Test
  void every_problem_is_a_line_and_the_exit_code_is_1() throws IOException {
    write("routes/shop/connection.yaml", "receives: {signature: none}");
    write("routes/shop/shop-receive.camel.yaml", ROUTE);
    write("mappings/shop/order.jsonata", "{\"id\": id");

    assertThat(check())
        .startsWith("1: ")
        .contains("mappings/shop/order.jsonata:")
        .contains("routes/shop/connection.yaml:1: 'receives.signature' is 'none'")
        .contains("routes/shop/shop-receive.camel.yaml:5: inbox:shop: no connection file")
        .contains("routes/shop/shop-receive.camel.yaml:8: mapping:shop/order: no mapping file")
        .contains("3 files checked, ");
  }

  private String check() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        new CheckCommand(
                folder.resolve("routes"), folder.resolve("mappings"), Map.<String, String>of()::get)
            .run(new PrintStream(out, true, StandardCharsets.UTF_8));
    return code + ": " + out.toString(StandardCharsets.UTF_8);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
