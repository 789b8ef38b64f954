package io.orderbridge.signing;

import java.net.URI;
import java.net.URISyntaxException;

/** The parts of a request's url that schemes sign, exactly as they are sent. */
record Address(String host, String path) {
  /**
   * @throws IllegalArgumentException when it is no absolute url; without the text, it may hold a
   *     robot's key
   */
  static Address of(SignableRequest request) {
    try {
      URI uri = new URI(request.url());
      if (uri.getRawAuthority() != null) {
        String path = uri.getRawPath();
        return new Address(uri.getRawAuthority(), path.isEmpty() ? "/" : path);
      }
    } catch (URISyntaxException e) {
      // Told below, without the text.
    }
    throw new IllegalArgumentException("the url of the request is not scheme://host/path");
  }
}
