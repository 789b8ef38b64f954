package io.orderbridge.alert;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The address under which people reach this product from their phone, if there is one. */
@Singleton
public class Links {
  private final String base;

  /**
   * @param url {@code orderbridge.alerts.public-url}; without it messages carry no link
   */
  @Inject
  public Links(@ConfigProperty(name = "orderbridge.alerts.public-url") Optional<String> url) {
    this.base = url.map(text -> text.replaceAll("/+$", "")).orElse("");
    if (!base.isEmpty() && !base.matches("https?://[^\\s?#]+")) {
      throw new IllegalArgumentException(
          "orderbridge.alerts.public-url is '%s', expected https://oms.example.com"
              .formatted(base));
    }
  }

  /** Empty when there is no address. */
  String of(LinkToken token) {
    return base.isEmpty() ? "" : base + "/alerts/" + token.text();
  }
}
