package io.orderbridge.runtime;

import java.util.Map;

/**
 * An endpoint that a route file names.
 *
 * @param source whether messages come from it
 * @param uri as written, without its parameters
 * @param parameters as written
 * @param line where the URI stands
 */
record EndpointUse(boolean source, String uri, Map<String, String> parameters, int line) {
  EndpointUse {
    parameters = Map.copyOf(parameters);
  }

  /** What stands before the first colon; empty when a setting gives it. */
  String scheme() {
    int colon = uri.indexOf(':');
    return uri.startsWith("{{") || colon < 0 ? "" : uri.substring(0, colon);
  }

  /** What stands behind the scheme, for example {@code shopify/order}. */
  String rest() {
    String rest = uri.substring(uri.indexOf(':') + 1);
    return rest.startsWith("//") ? rest.substring(2) : rest;
  }
}
