package io.orderbridge.call;

import io.orderbridge.signing.SignableRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Sends a request byte for byte as it was signed. It uses the client of Camel's own component, and
 * with it connection pool, time-outs and deadline, but not its producer, which encodes an address
 * once more. Never follows a redirect, never tries again. Thread-safe.
 */
final class HttpWire {
  private static final String GZIP = "gzip";

  private final CamelContext context;

  HttpWire(CamelContext context) {
    this.context = context;
  }

  /**
   * @param target the address with its query, exactly as it is asked for
   * @param at where to connect; null looks the name up
   * @return at most one byte more than the limit, which tells that there is more
   * @throws IOException when the partner was not reached or did not answer in time
   */
  Answer send(SignableRequest request, String target, InetAddress at, Limits limits)
      throws IOException {
    URI uri = URI.create(target);
    HttpUriRequestBase message = new HttpUriRequestBase(request.method(), uri);
    message.setHeader("Accept-Encoding", GZIP);
    request.headers().forEach(message::setHeader);
    byte[] content = request.content();
    if (content.length > 0 || request.method().matches("POST|PUT|PATCH")) {
      message.setEntity(new ByteArrayEntity(content, null));
    }
    HttpHost host =
        at == null
            ? new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort())
            : new HttpHost(uri.getScheme(), at, uri.getHost(), uri.getPort());
    return HttpDeadline.within(
        limits.deadline(),
        limits.answer() + 1,
        () -> {
          HttpClient client = client(uri.getScheme());
          message.setConfig(plain(client));
          return client.execute(host, message, null, answer -> read(answer, limits.answer()));
        });
  }

  // Unpacked here, where the limit holds for what comes out as well.
  private static RequestConfig plain(HttpClient client) {
    RequestConfig as = client instanceof Configurable known ? known.getConfig() : null;
    RequestConfig.Builder config = as == null ? RequestConfig.custom() : RequestConfig.copy(as);
    return config.setContentCompressionEnabled(false).build();
  }

  private HttpClient client(String scheme) {
    String endpoint = scheme.toLowerCase(Locale.ROOT) + "://localhost/calls";
    return context.getEndpoint(endpoint, HttpEndpoint.class).getHttpClient();
  }

  private static Answer read(ClassicHttpResponse response, int max) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    HttpEntity entity = response.getEntity();
    byte[] body = entity == null ? new byte[0] : entity.getContent().readAllBytes();
    if (entity != null) {
      entity.getContent().close();
    }
    if (GZIP.equalsIgnoreCase(headers.get("content-encoding")) && body.length > 0) {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
        body = in.readNBytes(max + 1);
      }
    }
    return new Answer(response.getCode(), body, headers);
  }
}
