package io.orderbridge.signing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a scheme needs to know to check a sender, resolved from the connection's file.
 *
 * @param secrets shared secrets, any of which may sign; more than one during a rotation
 * @param keys public keys or certificates as PEM text, by the serial the sender names
 * @param apiKey key that decrypts a resource inside the body; null when the scheme has none
 * @param tolerance how far the sender's time stamp may lie from ours, in both directions; null for
 *     the scheme's default
 * @param options what else a scheme may check, {@code settings} of {@code receives:}; nothing
 *     secret
 */
public record SigningSettings(
    List<Secret> secrets,
    Map<String, String> keys,
    Secret apiKey,
    Duration tolerance,
    Map<String, String> options) {
  public SigningSettings {
    secrets = List.copyOf(secrets);
    keys = Map.copyOf(keys);
    options = Map.copyOf(options);
  }

  /** Settings without options. */
  public SigningSettings(
      List<Secret> secrets, Map<String, String> keys, Secret apiKey, Duration tolerance) {
    this(secrets, keys, apiKey, tolerance, Map.of());
  }

  /** Names the keys without their text: somebody may have put a private one there by mistake. */
  @Override
  public String toString() {
    return "SigningSettings[secrets=%s, keys=%s, apiKey=%s, tolerance=%s, options=%s]"
        .formatted(
            secrets,
            new TreeSet<>(keys.keySet()),
            apiKey,
            tolerance,
            new TreeSet<>(options.keySet()));
  }
}
