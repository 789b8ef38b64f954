package io.orderbridge.call;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Patience;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.signing.Verdict;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.jboss.logging.Logger;

/**
 * One question to a partner: its turn, its signature, its answer's meaning. A token that is over is
 * renewed once and the question put once more; nothing else is repeated here.
 */
final class Asking {
  private static final Logger LOG = Logger.getLogger(Asking.class);
  // Half a second, one, two, four: what is not back after that is left to who asks.
  private static final int AGAIN_MAX = 4;
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Set<Cause> PASSING = EnumSet.of(Cause.TARGET_BUSY, Cause.TARGET_UNREACHABLE);

  private final Senders senders;
  private final Tokens tokens;
  private final Clock clock;

  Asking(Senders senders, Tokens tokens, Clock clock) {
    this.senders = senders;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * A good answer.
   *
   * @param meaning done, empty or already
   * @param contentType null when the partner told none
   */
  record Told(Meaning meaning, int status, byte[] body, String contentType) {}

  /**
   * @param idempotencyKey null when there is none
   * @param patience how long it may be waited for the rate, a pause, or a partner that is away
   * @throws TryLater when the clock may help
   * @throws Refusal when a person has to act
   */
  Told ask(LiveCall call, CallRequest asked, String idempotencyKey, Patience patience) {
    long end = System.nanoTime() + patience.atMost().toNanos();
    for (int again = 0; ; again++) {
      try {
        return asked(call, asked, idempotencyKey, patience);
      } catch (TryLater later) {
        Duration wait = later.asked().orElse(FIRST_WAIT.multipliedBy(1L << again));
        if (!isWorthIt(later, asked)
            || again >= AGAIN_MAX
            || System.nanoTime() + wait.toNanos() > end) {
          throw later;
        }
        LiveCall.pause(wait, patience);
      }
    }
  }

  // A link that an answer told is not asked again: it may be over, and its giver knows. A file that
  // is not there comes in minutes or hours.
  private static boolean isWorthIt(TryLater later, CallRequest asked) {
    return PASSING.contains(later.why())
        && asked.url() == null
        && !(later instanceof FileFetch.NotThereYet);
  }

  private Told asked(LiveCall call, CallRequest asked, String idempotencyKey, Patience patience) {
    CallSpec spec = call.spec();
    if (!spec.speaksHttp()) {
      return fetched(call, asked, patience);
    }
    Tokens.Held held = spec.token() ? tokens.held(spec.connection()) : null;
    Optional<Told> told = once(call, asked, idempotencyKey, held, patience);
    if (told.isEmpty()) {
      Tokens.Held renewed = tokens.renewed(spec.connection(), held);
      told = once(call, asked, idempotencyKey, renewed, patience);
    }
    return told.orElseThrow(
        () ->
            new TryLater(
                Cause.TOKEN_EXPIRED,
                Optional.empty(),
                "call:%s is refused with a token that was renewed just now".formatted(spec.id())));
  }

  private Told fetched(LiveCall call, CallRequest asked, Patience patience) {
    call.enter(patience);
    boolean told = false;
    try {
      byte[] bytes = senders.files().fetch(call.spec(), asked);
      told = true;
      call.gate().answered();
      return new Told(Meaning.DONE, 0, Unpacked.of(bytes, asked, call.spec()), null);
    } catch (FileFetch.NotThereYet e) {
      told = true;
      call.gate().answered();
      throw e;
    } catch (IOException e) {
      told = true;
      throw unreachable(call, e);
    } finally {
      if (!told) {
        call.gate().unused(1);
      }
      call.leave();
    }
  }

  // Empty when the token is over.
  private Optional<Told> once(
      LiveCall call,
      CallRequest asked,
      String idempotencyKey,
      Tokens.Held held,
      Patience patience) {
    CallSpec spec = call.spec();
    call.enter(patience);
    long begun = System.nanoTime();
    boolean told = false;
    try {
      RequestBuilder.Ready ready =
          new RequestBuilder(spec)
              .build(asked, idempotencyKey, held == null ? null : held.access(), clock.instant());
      Answer answer = send(call, asked, ready);
      told = true;
      return judged(call, asked, answer, ready, begun);
    } catch (IOException e) {
      told = true;
      throw unreachable(call, e);
    } finally {
      if (!told) {
        call.gate().unused(1);
      }
      call.leave();
    }
  }

  private Answer send(LiveCall call, CallRequest asked, RequestBuilder.Ready ready)
      throws IOException {
    CallSpec spec = call.spec();
    InetAddress at = asked.url() == null ? null : Addresses.resolved(spec, URI.create(asked.url()));
    return senders.http().send(ready.request(), ready.target(), at, spec.limits());
  }

  private Optional<Told> judged(
      LiveCall call, CallRequest asked, Answer answer, RequestBuilder.Ready ready, long begun) {
    CallSpec spec = call.spec();
    boolean own = ready.own();
    Answer.Meant meant = answer.meaning(spec.answers(), spec.token() && own, clock.instant());
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    LOG.debugf(
        "call.answered call=%s status=%d meaning=%s bytes=%d took_ms=%d",
        spec.id(), answer.status(), meant.meaning(), answer.body().length, took.toMillis());
    if (meant.meaning() == Meaning.BUSY) {
      call.gate().failed(System.nanoTime());
    } else {
      call.gate().answered();
    }
    meant.asked().ifPresent(pause -> call.gate().closeFor(pause, System.nanoTime()));
    return switch (meant.meaning()) {
      case DONE, EMPTY, ALREADY -> Optional.of(told(spec, asked, answer, meant.meaning(), own));
      case REFRESH -> Optional.empty();
      case BUSY, SLOW_DOWN ->
          throw new TryLater(
              Cause.TARGET_BUSY,
              meant.asked(),
              "call:%s answered %d: %s"
                  .formatted(spec.id(), answer.status(), Quoted.of(answer, ready.secrets())));
      case REFUSED ->
          throw new Refusal(
              meant.refusal(),
              "call:" + spec.id(),
              "answered %d: %s".formatted(answer.status(), Quoted.of(answer, ready.secrets())));
    };
  }

  private Told told(CallSpec spec, CallRequest asked, Answer answer, Meaning meaning, boolean own) {
    Unpacked.bounded(answer.body(), spec);
    if (spec.signer() != null && own && answer.status() / 100 == 2) {
      Verdict verdict =
          spec.signer()
              .answered(
                  name -> answer.headers().get(name.toLowerCase(Locale.ROOT)),
                  answer.body(),
                  clock.instant());
      if (!verdict.genuine()) {
        throw new TryLater(
            Cause.ANSWER_FORGED,
            Optional.empty(),
            "the answer to call:%s is not the partner's: %s"
                .formatted(spec.id(), verdict.reason()));
      }
    }
    if (meaning == Meaning.DONE && answer.isCutOff()) {
      // Nobody knows what its missing half says: it may be an error.
      throw new TryLater(
          Cause.ANSWER_BROKEN,
          Optional.empty(),
          "the answer to call:%s begins as JSON and does not end as JSON".formatted(spec.id()));
    }
    byte[] body = meaning == Meaning.DONE ? Unpacked.of(answer.body(), asked, spec) : answer.body();
    return new Told(meaning, answer.status(), body, answer.headers().get("content-type"));
  }

  private static TryLater unreachable(LiveCall call, IOException e) {
    call.gate().failed(System.nanoTime());
    boolean brokeOff =
        e instanceof ConnectionClosedException
            || e instanceof MalformedChunkCodingException
            || e instanceof ZipException
            || e instanceof EOFException;
    return new TryLater(
        brokeOff ? Cause.ANSWER_BROKEN : Cause.TARGET_UNREACHABLE,
        Optional.empty(),
        "call:%s: %s: %s".formatted(call.spec().id(), e.getClass().getSimpleName(), e.getMessage()),
        e);
  }
}
