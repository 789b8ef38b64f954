package io.orderbridge.sandbox;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * With {@code orderbridge.demo=true} answers what the connection files ask of the environment:
 * addresses in the sandbox and secrets made at this start. It stands above the environment, so that
 * the demo never calls a real system whose address happens to be exported.
 */
public final class DemoSettings implements ConfigSourceFactory {
  /** The other half of the payment system's key pair, for who plays it. */
  static final String PRIVATE_KEY = "orderbridge.demo.private-key";

  /** Above environment (300) and system properties (400). */
  private static final int ORDINAL = 500;

  private static final String RANDOM = "RANDOM";
  private static final String RANDOM_KEY = "RANDOM PUBLIC KEY";
  private static final String RANDOM_PRIVATE_KEY = "RANDOM PRIVATE KEY";
  private static final int KEY_BITS = 2048;
  // 32 characters: as long as an AES-256 key that is given as text has to be.
  private static final int SECRET_BYTES = 16;

  // Quarkus reads the configuration twice in a start; both have to see the same secrets.
  private static final AtomicReference<Map<String, String>> MADE = new AtomicReference<>();

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue demo = context.getValue("orderbridge.demo");
    if (demo == null || !Boolean.parseBoolean(demo.getValue())) {
      return List.of();
    }
    return List.of(new PropertiesConfigSource(settings(), "sandbox/demo.properties", ORDINAL));
  }

  static Map<String, String> settings() {
    synchronized (MADE) {
      if (MADE.get() == null) {
        MADE.set(make());
      }
      return MADE.get();
    }
  }

  private static Map<String, String> make() {
    SecureRandom random = new SecureRandom();
    Map<String, String> settings = new LinkedHashMap<>();
    new Words()
        .below("settings.")
        .forEach(
            (name, value) -> {
              switch (value) {
                case RANDOM -> settings.put(name, secret(random));
                case RANDOM_KEY -> {
                  KeyPair keys = keys(random);
                  settings.put(name, pem("PUBLIC KEY", keys.getPublic().getEncoded()));
                  settings.put(PRIVATE_KEY, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
                }
                case RANDOM_PRIVATE_KEY ->
                    settings.put(name, pem("PRIVATE KEY", keys(random).getPrivate().getEncoded()));
                default -> settings.put(name, value);
              }
            });
    return settings;
  }

  private static String secret(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static KeyPair keys(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS, random);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----"
        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
  }
}
