package io.orderbridge.call;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Bounds one call by HTTP as a whole: a partner that answers a byte a second is cut off at the
 * deadline, and of an endless answer only the first part is read. Socket time-outs alone would let
 * both go on for ever.
 */
public final class HttpDeadline implements HttpClientConfigurer, AutoCloseable {
  private static final ThreadLocal<Bound> BOUND = new ThreadLocal<>();

  // A wheel: setting and cancelling a deadline for each delivery costs next to nothing, and a tenth
  // of a second more or less does not matter.
  private final HashedWheelTimer timer =
      new HashedWheelTimer(new DefaultThreadFactory("http-deadline", true));

  private record Bound(Duration deadline, int answerMax) {}

  /** Bounds what this thread sends from now on, until {@link #unbound}. */
  public static void bind(Duration deadline, int answerMax) {
    BOUND.set(new Bound(deadline, answerMax));
  }

  public static void unbound() {
    BOUND.remove();
  }

  /** Something that is sent within a deadline. */
  @FunctionalInterface
  interface Sending<T> {
    T send() throws IOException;
  }

  /** Bounds what is sent; what this thread was bound to before holds again afterwards. */
  static <T> T within(Duration deadline, int answerMax, Sending<T> sending) throws IOException {
    Bound before = BOUND.get();
    BOUND.set(new Bound(deadline, answerMax));
    try {
      return sending.send();
    } finally {
      if (before == null) {
        BOUND.remove();
      } else {
        BOUND.set(before);
      }
    }
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    builder
        .addExecInterceptorFirst("deadline", new Interceptor())
        // When to try again is decided by the owner of the work, and where to send by the route.
        .disableAutomaticRetries()
        .disableRedirectHandling();
  }

  @Override
  public void close() {
    timer.stop();
  }

  private final class Interceptor implements ExecChainHandler {
    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
        throws IOException, HttpException {
      Bound bound = BOUND.get();
      if (bound == null) {
        return chain.proceed(request, scope);
      }
      // Closing the connection makes the blocked read fail; nothing else does.
      Timeout cut =
          timer.newTimeout(
              over -> scope.execRuntime.discardEndpoint(),
              bound.deadline().toMillis(),
              TimeUnit.MILLISECONDS);
      boolean answered = false;
      try {
        ClassicHttpResponse response = chain.proceed(request, scope);
        answered = true;
        HttpEntity entity = response.getEntity();
        if (entity == null) {
          cut.cancel();
        } else {
          response.setEntity(
              new Bounded(entity, bound.answerMax(), cut, scope.execRuntime::discardEndpoint));
        }
        return response;
      } finally {
        if (!answered) {
          cut.cancel();
        }
      }
    }
  }

  private static final class Bounded extends HttpEntityWrapper {
    private final int max;
    private final Timeout cut;
    private final Runnable discard;
    private BoundedStream stream;

    Bounded(HttpEntity entity, int max, Timeout cut, Runnable discard) {
      super(entity);
      this.max = max;
      this.cut = cut;
      this.discard = discard;
    }

    @Override
    public InputStream getContent() throws IOException {
      // Always the same one: Camel asks again to consume what it has read already, and a second
      // stream would not know that the first was cut off.
      if (stream == null) {
        stream = new BoundedStream(super.getContent(), super.getContentLength(), max, cut, discard);
      }
      return stream;
    }

    @Override
    public long getContentLength() {
      long length = super.getContentLength();
      return length > max ? -1 : length;
    }

    @Override
    public void close() throws IOException {
      cut.cancel();
      super.close();
    }
  }

  private static final class BoundedStream extends FilterInputStream {
    private final Timeout cut;
    private final Runnable discard;
    private final long declared;
    private long left;
    private long seen;
    private boolean ended;

    BoundedStream(InputStream in, long declared, int max, Timeout cut, Runnable discard) {
      super(in);
      this.declared = declared;
      this.left = max;
      this.cut = cut;
      this.discard = discard;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int read = read(one, 0, 1);
      return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int read = super.read(into, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      seen += Math.max(read, 0);
      // Who knows the length does not read on to be told that it is over.
      ended = read < 0 || seen == declared;
      return read;
    }

    @Override
    public void close() throws IOException {
      if (ended) {
        super.close();
      } else {
        // Closing in good order would read the rest, which may have no end.
        discard.run();
      }
      cut.cancel();
    }
  }
}
