package io.orderbridge.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R55")
class LiteralSecretsTest {
  private static final FilePath CONNECTION = FilePath.of("routes/erp/connection.yaml");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "settings:\n  password: hunter2",
        "sign:\n  app-secret: \"abc\"",
        "sign: {secret: abc}",
        "receives:\n  secrets:\n    - abc",
        "token: ${env:TOKEN:abc}"
      })
  void a_secret_that_stands_in_a_route_file_is_found_by_its_line(String text) {
    var found = LiteralSecrets.first(CONNECTION, text);

    assertThat(found).isPresent();
    assertThat(found.get().line()).isEqualTo((int) text.lines().count());
    assertThat(found.get().what()).contains("${env:NAME}").doesNotContain("abc", "hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "settings:\n  password: ${env:ERP_PASSWORD}",
        "secrets:\n  - ${env:ONE}\n  - ${file:data/two}",
        "token: {{connection:erp/token}}",
        "token: true",
        "password: # told by the environment",
        "message-id: header:X-Id"
      })
  void a_secret_that_is_given_to_the_process_is_none(String text) {
    assertThat(LiteralSecrets.first(CONNECTION, text)).isEmpty();
  }

  @Test
  void keys_are_found_in_any_file() {
    FilePath mapping = FilePath.of("mappings/erp/order.jsonata");
    String key = "sk_" + "live_" + "abcdefghijklmnop12";

    assertThat(LiteralSecrets.first(mapping, "{'k':\n'" + key + "'}"))
        .hasValueSatisfying(problem -> assertThat(problem.line()).isEqualTo(2));
    assertThat(LiteralSecrets.first(mapping, "{'password': 'of the order'}")).isEmpty();
  }
}
