package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R10")
class ShippedFilesTest {
  private static final int KEY_BITS = 2048;
  // WeChat Pay's APIv3 key has exactly that many bytes.
  private static final int SECRET_LENGTH = 32;

  @Test
  void the_shipped_routes_and_mappings_have_no_problem() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(KEY_BITS);
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----";

    CheckCommand check =
        new CheckCommand(Path.of("routes"), Path.of("mappings"), name -> setting(name, pem));

    assertThat(check.problems()).isEmpty();
  }

  private static String setting(String name, String pem) {
    if (name.endsWith("_PUBLIC_KEY")) {
      return pem;
    }
    if (name.endsWith("_DB_URL")) {
      return "jdbc:postgresql://127.0.0.1/none";
    }
    return name.endsWith("_URL") ? "http://127.0.0.1:9/none" : "x".repeat(SECRET_LENGTH);
  }
}
