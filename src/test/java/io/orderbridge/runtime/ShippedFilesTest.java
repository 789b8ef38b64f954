package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R10")
class ShippedFilesTest {
  private static final int KEY_BITS = 2048;
  // WeChat Pay's APIv3 key has exactly that many bytes.
  private static final int SECRET_LENGTH = 32;

  @Test
  void the_shipped_routes_and_mappings_have_no_problem_with_every_partner_switched_on()
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(KEY_BITS);
    KeyPair keys = generator.generateKeyPair();

    CheckCommand check =
        new CheckCommand(Path.of("routes"), Path.of("mappings"), name -> setting(name, keys));

    assertThat(check.problems()).isEmpty();
  }

  @Test
  void a_fresh_folder_asks_for_no_variable_because_every_partner_rests() {
    CheckCommand check = new CheckCommand(Path.of("routes"), Path.of("mappings"), name -> null);
    assertThat(check.problems()).isEmpty();
  }

  /** Whoever owns a milestone takes it from everybody else's word, spoken or not. */
  @Test
  void a_connection_owns_milestones_only_if_its_routes_tell_the_order_book_of_orders()
      throws IOException {
    try (Stream<Path> systems = Files.list(Path.of("routes"))) {
      for (Path system : systems.filter(Files::isDirectory).toList()) {
        String all = "";
        try (Stream<Path> files = Files.list(system)) {
          for (Path file : files.toList()) {
            all += Files.readString(file);
          }
        }
        if (all.contains("\nowns:")) {
          assertThat(all).as("steps of %s", system).contains("uri: orders:");
        }
      }
    }
  }

  /** A value for a variable that a shipped file names, by what it is called. */
  static String setting(String name, KeyPair keys) {
    if (name.endsWith("_ENABLED")) {
      return "true";
    }
    if (name.endsWith("_PUBLIC_KEY")) {
      return pem("PUBLIC KEY", keys.getPublic().getEncoded());
    }
    if (name.endsWith("_PRIVATE_KEY")) {
      return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }
    if (name.endsWith("_DB_URL")) {
      return "jdbc:postgresql://127.0.0.1/none";
    }
    if (name.endsWith("_EXPIRES")) {
      return "2027-01-01T00:00:00+08:00";
    }
    if (name.endsWith("_APP_ID")) {
      return "client_" + Base64.getEncoder().encodeToString(new byte[SECRET_LENGTH]);
    }
    return name.endsWith("_URL") ? "http://127.0.0.1:9/none" : "7".repeat(SECRET_LENGTH);
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----"
        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
  }
}
