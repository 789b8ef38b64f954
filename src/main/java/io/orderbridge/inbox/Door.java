package io.orderbridge.inbox;

import io.orderbridge.inbox.Dialect.Said;
import io.orderbridge.signing.SignedMessage;
import io.orderbridge.signing.Verdict;
import io.orderbridge.work.Backlog;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * {@code POST /in/{connection}}: the one door for webhooks. Raw bytes are checked, stored, and only
 * then answered with 2xx, in the sender's dialect. Nothing has to be readable to be stored, so a
 * wrong mapping loses nothing. A GET is answered only to senders that prove our address by one.
 */
@Singleton
public class Door {
  private static final Logger LOG = Logger.getLogger(Door.class);
  private static final int OK = 200;
  private static final int NOT_ALLOWED = 405;
  private static final String RETRY_AFTER_SECONDS = "5";

  private final ReceivingConnections connections;
  private final Inbox inbox;
  private final Backlog backlog;
  private final DoorMeter meter;
  private final Clock clock;

  public Door(
      ReceivingConnections connections,
      Inbox inbox,
      Backlog backlog,
      DoorMeter meter,
      Clock clock) {
    this.connections = connections;
    this.inbox = inbox;
    this.backlog = backlog;
    this.meter = meter;
    this.clock = clock;
  }

  void open(@Observes Router router) {
    router.post("/in/:connection").handler(this::receive);
    router.get("/in/:connection").handler(this::greet);
  }

  /** A sender proves our address; nothing is stored. */
  private void greet(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    SignedMessage greeting = new SignedMessage(request::getHeader, new byte[0], request.query());
    Receiving receiving = connections.find(routing.pathParam("connection")).orElse(null);
    Optional<String> echo =
        receiving == null ? Optional.empty() : receiving.scheme().echo(greeting);
    if (echo.isEmpty()) {
      request.response().putHeader("allow", "POST").setStatusCode(NOT_ALLOWED).end();
    } else if (!receiving.scheme().verify(greeting, clock.instant()).genuine()) {
      meter.refused(receiving.connection(), "signature");
      answer(request, receiving.answer(), 401, "signature is not valid");
    } else {
      request.response().putHeader("x-content-type-options", "nosniff");
      say(request, new Said(OK, "text/plain", echo.get()));
    }
  }

  private void receive(RoutingContext routing) {
    String name = routing.pathParam("connection");
    HttpServerRequest request = routing.request();
    Receiving receiving = connections.find(name).orElse(null);
    if (receiving == null) {
      // A platform counts a 404 as the end of its subscription; it is said only when it is meant.
      if (connections.isAwaited(name)) {
        busy(request, Dialect.Common.JSON);
      } else {
        answer(request, Dialect.Common.JSON, 404, "no connection of this name receives");
      }
      return;
    }
    if (isEncoded(request)) {
      encoded(request, receiving);
      return;
    }
    if (declaredLength(request) > receiving.bodyLimit()) {
      tooLarge(request, receiving);
      return;
    }
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() > receiving.bodyLimit()) {
            return;
          }
          body.appendBuffer(part);
          if (body.length() > receiving.bodyLimit()) {
            tooLarge(request, receiving);
          }
        });
    request.endHandler(
        end -> {
          if (!request.response().ended()) {
            received(routing, receiving, body.getBytes());
          }
        });
  }

  /** What is signed is the encoded body, and a small one may unpack to any size. */
  private static boolean isEncoded(HttpServerRequest request) {
    String encoding = request.getHeader("content-encoding");
    return encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity");
  }

  private void encoded(HttpServerRequest request, Receiving receiving) {
    meter.refused(receiving.connection(), "encoded");
    request.response().putHeader("connection", "close").putHeader("accept-encoding", "identity");
    answer(
        request,
        receiving.answer(),
        415,
        "body has a content-encoding; send it as it is, without compression");
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private void tooLarge(HttpServerRequest request, Receiving receiving) {
    meter.refused(receiving.connection(), "too_large");
    request.response().putHeader("connection", "close");
    answer(
        request,
        receiving.answer(),
        413,
        "body is larger than %d bytes".formatted(receiving.bodyLimit()));
  }

  private void received(RoutingContext routing, Receiving receiving, byte[] body) {
    HttpServerRequest request = routing.request();
    UnaryOperator<String> headers = request::getHeader;
    SignedMessage message = new SignedMessage(headers, body, request.query());
    Verdict verdict = receiving.scheme().verify(message, clock.instant());
    if (!verdict.genuine()) {
      meter.refused(receiving.connection(), "signature");
      LOG.warnf(
          "door.refused connection=%s bytes=%d why=%s",
          receiving.connection(), body.length, verdict.reason());
      answer(request, receiving.answer(), 401, "signature is not valid");
      return;
    }
    if (backlog.over(Inbox.queueName(receiving.connection()), receiving.backlogMark())) {
      meter.refused(receiving.connection(), "backlog");
      busy(request, receiving.answer());
      return;
    }
    store(routing, receiving, arrival(request, receiving, body));
  }

  private static Arrival arrival(HttpServerRequest request, Receiving receiving, byte[] body) {
    PartReader parts = new PartReader(request::getHeader, request.query(), body);
    String id = parts.read(receiving.messageId());
    String kind = parts.read(receiving.kind());
    return new Arrival(
        receiving.connection(),
        id == null ? parts.read(new Part.Body()) : id,
        kind == null ? "" : kind,
        KeptHeaders.json(request.headers(), parts.query()),
        receiving.orderBy() == null ? null : parts.read(receiving.orderBy()),
        body);
  }

  private void store(RoutingContext routing, Receiving receiving, Arrival arrival) {
    Context loop = routing.vertx().getOrCreateContext();
    inbox
        .store(arrival)
        .whenComplete(
            (stored, failure) ->
                loop.runOnContext(
                    go -> {
                      if (failure == null) {
                        stored(routing.request(), receiving, stored);
                      } else {
                        meter.refused(receiving.connection(), "store");
                        LOG.warnf(
                            "door.busy connection=%s why=%s",
                            receiving.connection(), failure.getMessage());
                        busy(routing.request(), receiving.answer());
                      }
                    }));
  }

  private void stored(HttpServerRequest request, Receiving receiving, Stored stored) {
    meter.stored(receiving.connection(), stored.how());
    if (stored.how() == Stored.How.CHANGED) {
      LOG.warnf(
          "door.id_reused connection=%s message=%d; kept as a dead letter",
          receiving.connection(), stored.inboxId());
    }
    say(request, receiving.answer().accepted(stored.inboxId()));
  }

  private static void busy(HttpServerRequest request, Dialect dialect) {
    request.response().putHeader("retry-after", RETRY_AFTER_SECONDS);
    answer(request, dialect, 503, "not accepted, send it again later");
  }

  private static void answer(HttpServerRequest request, Dialect dialect, int status, String text) {
    say(request, dialect.refused(status, text));
  }

  private static void say(HttpServerRequest request, Said said) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    if (said.type() != null) {
      response.putHeader("content-type", said.type());
    }
    response.setStatusCode(said.status()).end(said.body());
  }
}
