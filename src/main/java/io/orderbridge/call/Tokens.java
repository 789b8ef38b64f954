package io.orderbridge.call;

import io.orderbridge.call.TokenState.State;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * The access tokens of all connections: who needs one gets the one in force, and when it is over
 * exactly one thread of exactly one process renews it, through the route from {@code token:}. Who
 * comes meanwhile waits for that one. Thread-safe; no partner is asked inside a transaction.
 */
@Singleton
public class Tokens {
  private static final Logger LOG = Logger.getLogger(Tokens.class);
  // A renewal is one or two calls of at most 10 s each; a process that dies in it blocks no longer.
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration WAIT_MAX = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);
  // A partner that refuses a renewal is not asked again with every call.
  private static final Duration FAILED_REST = Duration.ofSeconds(30);

  private static final int KEEP_TRIES = 20;
  private static final Duration KEEP_REST = Duration.ofSeconds(1);

  private final TokenStore store;
  private final Clock clock;
  private final Map<String, TokenSpec> specs = new ConcurrentHashMap<>();
  private final Map<String, Renewal> renewals = new ConcurrentHashMap<>();
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  public Tokens(TokenStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Asks the partner for a new token; what a route from {@code token:} does. */
  @FunctionalInterface
  interface Renewal {
    /**
     * @return what the route ended with
     */
    Object renew(String access, String refresh);
  }

  /**
   * The token in force.
   *
   * @param version who is refused with it renews this one and not a newer one
   */
  record Held(String access, long version) {
    @Override
    public String toString() {
      return "Held[" + version + "]";
    }
  }

  private record Pair(String access, String refresh, boolean stored) {
    @Override
    public String toString() {
      return "Pair[]";
    }
  }

  /** Sets how a connection's token stands; null when it has none any more. */
  public void replace(String connection, TokenSpec spec) {
    if (spec == null) {
      specs.remove(connection);
    } else {
      specs.put(connection, spec);
    }
  }

  void serve(String connection, Renewal renewal) {
    if (renewals.putIfAbsent(connection, renewal) != null) {
      throw new IllegalStateException(
          "token:%s has a route already; one route renews a token".formatted(connection));
    }
  }

  void unserve(String connection, Renewal renewal) {
    renewals.remove(connection, renewal);
  }

  /**
   * The token to call with; one that is not known yet is asked for first.
   *
   * @throws TryLater TOKEN_EXPIRED when there is none
   */
  Held held(String connection) {
    Held held = now(spec(connection));
    return held.access().isEmpty() ? renewed(connection, held) : held;
  }

  /**
   * A token that is newer than the one that was refused, renewed unless somebody has done so.
   *
   * @throws TryLater TOKEN_EXPIRED when it cannot be renewed now
   */
  Held renewed(String connection, Held refused) {
    TokenSpec spec = spec(connection);
    ReentrantLock lock = locks.computeIfAbsent(connection, name -> new ReentrantLock());
    if (lock.isHeldByCurrentThread()) {
      throw new Refusal(
          Cause.ROUTE_FAILED,
          "token:" + connection,
          "the route that renews the token asks a call whose own answer says that the token is"
              + " over; give it a call without 'token: true'");
    }
    try {
      if (!lock.tryLock(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        throw expired(spec, Optional.empty(), "it is being renewed and that takes long");
      }
      try {
        return claimed(spec, refused);
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw expired(spec, Optional.empty(), "this process stops");
    }
  }

  private Held claimed(TokenSpec spec, Held refused) throws InterruptedException {
    UUID me = UUID.randomUUID();
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    while (System.nanoTime() - end < 0) {
      TokenStore.Row row = store.read(spec.connection());
      if (row.version() > refused.version()) {
        return new Held(pair(spec, row).access(), row.version());
      }
      if (row.failedAgo() != null && row.failedAgo().compareTo(FAILED_REST) < 0) {
        Duration rest = FAILED_REST.minus(row.failedAgo());
        throw expired(spec, Optional.of(rest), "its renewal failed: " + row.failure());
      }
      if (store.claim(spec.connection(), row.version(), me, LEASE)) {
        return renew(spec, row, me);
      }
      // Another process renews it now.
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
    throw expired(spec, Optional.empty(), "another process renews it and that takes long");
  }

  private Held renew(TokenSpec spec, TokenStore.Row row, UUID me) {
    Pair before = pair(spec, row);
    String why = "no answer";
    boolean good = false;
    try {
      Renewal renewal = renewals.get(spec.connection());
      if (renewal == null) {
        why = "no route from token:%s runs; write one, or set a new token";
        why = why.formatted(spec.connection());
        throw expired(spec, Optional.of(FAILED_REST), why);
      }
      Object told = renewal.renew(before.access(), before.refresh());
      TokenAnswer answer = TokenAnswer.of(told, clock.instant());
      String refresh = answer.refresh() == null ? before.refresh() : answer.refresh();
      byte[] sealed = spec.seal().lock(answer.access() + "\n" + refresh);
      keep(spec, sealed, answer.expiresAt());
      good = true;
      LOG.infof(
          "token.renewed connection=%s version=%d expires=%s",
          spec.connection(), row.version() + 1, answer.expiresAt());
      return new Held(answer.access(), row.version() + 1);
    } catch (TryLater | Refusal e) {
      why = masked(e.getMessage(), before);
      throw expired(spec, Optional.of(FAILED_REST), why);
    } finally {
      if (!good) {
        store.failed(spec.connection(), me, why);
        LOG.warnf("token.renewal_failed connection=%s why=%s", spec.connection(), why);
      }
    }
  }

  // The partner gave it once: a database that is away for a moment must not lose it.
  private void keep(TokenSpec spec, byte[] sealed, Instant expiresAt) {
    for (int tried = 1; ; tried++) {
      try {
        store.renewed(spec.connection(), sealed, expiresAt);
        return;
      } catch (StoreUnavailable e) {
        if (tried == KEEP_TRIES) {
          throw e;
        }
        LockSupport.parkNanos(KEEP_REST.toNanos());
      }
    }
  }

  private static String masked(String message, Pair pair) {
    String masked = String.valueOf(message);
    for (String secret : List.of(pair.access(), pair.refresh())) {
      masked = secret.isEmpty() ? masked : masked.replace(secret, "***");
    }
    return masked;
  }

  /** How all tokens stand, by connection. */
  public List<TokenState> states() {
    return specs.values().stream()
        .map(this::state)
        .sorted(java.util.Comparator.comparing(TokenState::connection))
        .toList();
  }

  private TokenState state(TokenSpec spec) {
    TokenStore.Row row = store.read(spec.connection());
    boolean stored = pair(spec, row).stored();
    Instant expires = stored ? row.expiresAt() : spec.expires();
    State state = state(spec, row, expires);
    return new TokenState(
        spec.connection(), state, expires, stored ? row.renewedAt() : null, row.failure());
  }

  private State state(TokenSpec spec, TokenStore.Row row, Instant expires) {
    boolean failed = row.failure() != null;
    if (expires != null) {
      // What renews itself is nobody's worry until it is late or has failed.
      boolean renewing = renewals.containsKey(spec.connection()) && !failed;
      Duration half = spec.renewBefore().dividedBy(2);
      Duration late =
          renewing && half.compareTo(spec.alarmBefore()) < 0 ? half : spec.alarmBefore();
      if (within(expires, late)) {
        return State.ALARM;
      }
      if (!failed && within(expires, spec.renewBefore())) {
        return State.RENEW_DUE;
      }
    }
    return failed ? State.FAILED : State.OK;
  }

  private boolean within(Instant expires, Duration left) {
    return !clock.instant().isBefore(expires.minus(left));
  }

  /** Whether it is time to renew a token, before anybody is refused with it. */
  boolean isDue(TokenState token) {
    TokenSpec spec = specs.get(token.connection());
    return spec != null
        && token.expiresAt() != null
        && renewals.containsKey(token.connection())
        && within(token.expiresAt(), spec.renewBefore());
  }

  /** Renews a token whatever its age; see {@link #renewed}. */
  void renewNow(String connection) {
    renewed(connection, now(spec(connection)));
  }

  private Held now(TokenSpec spec) {
    TokenStore.Row row = store.read(spec.connection());
    return new Held(pair(spec, row).access(), row.version());
  }

  // What was sealed with other secrets does not open: the configured token is the newer word.
  private static Pair pair(TokenSpec spec, TokenStore.Row row) {
    Optional<String> opened = spec.seal().open(row.sealed());
    if (opened.isEmpty()) {
      return new Pair(spec.access(), spec.refresh(), false);
    }
    String[] parts = opened.get().split("\n", 2);
    return new Pair(parts[0], parts[1], true);
  }

  private TokenSpec spec(String connection) {
    TokenSpec spec = specs.get(connection);
    if (spec == null) {
      throw new Refusal(
          Cause.TOKEN_EXPIRED,
          "routes/" + connection + "/connection.yaml",
          "a call has 'token: true', but the connection has no 'token' section");
    }
    return spec;
  }

  private static TryLater expired(TokenSpec spec, Optional<Duration> asked, String why) {
    return new TryLater(
        Cause.TOKEN_EXPIRED,
        asked,
        "the access token of %s is over: %s".formatted(spec.connection(), why));
  }
}
