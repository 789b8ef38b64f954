package io.orderbridge.mapping;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code mapping:<system>/<name>?output=object|json|xml|form}: applies a mapping file to the body.
 * A name whose file is missing is no error here, because the file may come after the route; the
 * message is then refused with MAPPING_MISSING, and {@code orderbridge check} says it beforehand.
 */
@Singleton
@Named("mapping")
public class MappingComponent extends DefaultComponent {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*");

  private final Mappings mappings;

  @Inject
  public MappingComponent(Mappings mappings) {
    this.mappings = mappings;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!NAME.matcher(remaining).matches()) {
      throw new IllegalArgumentException(
          "'mapping:%s' names no mapping; expected mapping:<system>/<name> with a-z, 0-9, - and _,"
                  .formatted(remaining)
              + " for example mapping:shopify/order");
    }
    String output = getAndRemoveParameter(parameters, "output", String.class, "object");
    try {
      return new MappingEndpoint(uri, this, remaining, Output.of(output));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'mapping:%s' has %s".formatted(remaining, e.getMessage()), e);
    }
  }

  Mappings mappings() {
    return mappings;
  }
}
