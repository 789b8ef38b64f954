package io.orderbridge.notice;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;

/**
 * How an attempt to send a message ended.
 *
 * @param ref the vendor's own number of the message; null unless it took it
 * @param cause null when it took it
 * @param pause how long the vendor wants to be left alone; only while it is away
 */
record Outcome(Kind kind, String ref, Cause cause, String place, String why, Duration pause) {
  // A turn that comes within this time is waited for; whoever asks for more is away.
  private static final Duration TURN_MAX = Duration.ofSeconds(60);
  // As long as this nobody waits for a message about a parcel: its quota is used up.
  private static final Duration AWAY_MAX = Duration.ofMinutes(15);
  private static final int REF_MAX = 200;

  enum Kind {
    /** The vendor took it. */
    TAKEN,
    /** The vendor never will. */
    REFUSED,
    /** It was not taken; another attempt may get through. */
    AWAY,
    /** It was not asked yet: its turn comes soon. */
    NOT_YET,
    /** Nobody knows whether it was taken. */
    DOUBT
  }

  /** Of a route that ended. */
  static Outcome taken(Object body) {
    Object ref = body instanceof Map<?, ?> map ? map.get("ref") : null;
    String text = ref == null ? null : ref.toString();
    return new Outcome(
        Kind.TAKEN,
        text == null ? null : text.substring(0, Math.min(text.length(), REF_MAX)),
        null,
        "",
        "",
        Duration.ZERO);
  }

  /** Of a route that threw. */
  static Outcome failed(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return of(Kind.REFUSED, refusal.why(), refusal.place(), refusal.getMessage());
      }
      if (cause instanceof TryLater later) {
        return later(later);
      }
    }
    Throwable root = failure;
    boolean outside = failure instanceof IOException;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
      outside |= root instanceof IOException;
    }
    String why = root.getClass().getSimpleName() + ": " + root.getMessage();
    Optional<Outcome> mail = mail(failure, why);
    if (mail.isPresent()) {
      return mail.get();
    }
    if (outside) {
      return of(neverAsked(failure) ? Kind.AWAY : Kind.DOUBT, Cause.TARGET_UNREACHABLE, "", why);
    }
    return of(Kind.REFUSED, Cause.ROUTE_FAILED, "", why);
  }

  // A mail server speaks no HTTP; it answers before anything was taken.
  private static Optional<Outcome> mail(Throwable failure, String why) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AddressException
          || cause instanceof SendFailedException send
              && send.getInvalidAddresses() != null
              && send.getInvalidAddresses().length > 0) {
        return Optional.of(of(Kind.REFUSED, Cause.NUMBER_INVALID, "", why));
      }
      if (cause instanceof AuthenticationFailedException) {
        return Optional.of(of(Kind.REFUSED, Cause.CHANNEL_AUTH_EXPIRED, "", why));
      }
      if (cause instanceof MessagingException) {
        return Optional.of(of(Kind.AWAY, Cause.TARGET_UNREACHABLE, "", why));
      }
    }
    return Optional.empty();
  }

  private static Outcome later(TryLater later) {
    Optional<Duration> asked = later.asked();
    String why = later.getMessage();
    if (asked.isPresent() && asked.get().compareTo(AWAY_MAX) > 0) {
      return of(Kind.REFUSED, Cause.CHANNEL_QUOTA, "", why);
    }
    if (asked.isPresent() && asked.get().compareTo(TURN_MAX) <= 0) {
      return new Outcome(Kind.NOT_YET, null, later.why(), "", why, asked.get());
    }
    boolean unknown =
        later.why() == Cause.ANSWER_BROKEN
            || later.why() == Cause.ANSWER_FORGED
            || later.why() == Cause.TARGET_UNREACHABLE && !neverAsked(later);
    return new Outcome(
        unknown ? Kind.DOUBT : Kind.AWAY, null, later.why(), "", why, asked.orElse(Duration.ZERO));
  }

  // Nothing left this process, so nothing can have been taken.
  private static boolean neverAsked(Throwable failure) {
    boolean unknown = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || cause instanceof SSLHandshakeException
          || cause instanceof HttpHostConnectException
          || cause instanceof ConnectTimeoutException) {
        return true;
      }
      unknown |= cause instanceof IOException;
    }
    // A breaker that is open and a pause asked no vendor either.
    return !unknown;
  }

  private static Outcome of(Kind kind, Cause cause, String place, String why) {
    return new Outcome(kind, null, cause, place, why, Duration.ZERO);
  }
}
