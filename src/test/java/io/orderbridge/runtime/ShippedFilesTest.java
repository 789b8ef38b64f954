package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ShippedFilesTest {
  // 32 bytes: WeChat Pay's APIv3 key has exactly that many.
  private static final UnaryOperator<String> ANY_SECRET =
      name -> name.matches(".*(SECRET|KEY|PASSWORD|TOKEN).*") ? "0".repeat(32) : null;

  @Test
  void the_shipped_routes_and_mappings_have_no_problem() {
    Path routes = Path.of("routes");
    Assumptions.assumeTrue(Files.isDirectory(routes));

    assertThat(new CheckCommand(routes, Path.of("mappings"), ANY_SECRET).problems()).isEmpty();
  }
}
