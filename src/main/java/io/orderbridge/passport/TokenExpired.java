package io.orderbridge.passport;

import io.orderbridge.call.TokenState;
import io.orderbridge.kernel.Cause;
import io.orderbridge.outbox.Delivery;
import io.orderbridge.schedule.SourceStandings;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A partner no longer lets us in: what it is owed waits, or what it should tell is not read. */
final class TokenExpired implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    return delivery(passport).or(() -> source(passport)).or(() -> token(passport));
  }

  private static Optional<Diagnosis> delivery(Passport passport) {
    return passport.openDeliveries().stream()
        .filter(one -> one.cause() == Cause.TOKEN_EXPIRED)
        .findFirst()
        .map((Delivery one) -> diagnosis(passport, one.target(), one.owedAt()));
  }

  private static Optional<Diagnosis> source(Passport passport) {
    Set<String> awaited = passport.awaitedFrom();
    return passport.wires().sources().stream()
        .filter(source -> Cause.TOKEN_EXPIRED.name().equals(source.cause()))
        .filter(source -> awaited.contains(source.connection()))
        .findFirst()
        .map(
            (SourceStandings.Standing source) ->
                diagnosis(passport, source.connection(), source.dueSince()));
  }

  private static Optional<Diagnosis> token(Passport passport) {
    Set<String> awaited = passport.awaitedFrom();
    return passport.wires().tokens().stream()
        .filter(token -> awaited.contains(token.connection()))
        .filter(token -> isOver(token, passport.now()))
        .findFirst()
        .map(token -> diagnosis(passport, token.connection(), token.expiresAt()));
  }

  private static boolean isOver(TokenState token, Instant now) {
    return token.expiresAt() != null && !token.expiresAt().isAfter(now);
  }

  private static Diagnosis diagnosis(Passport passport, String connection, Instant since) {
    return Diagnosis.stuck(
        Reason.TOKEN_EXPIRED,
        Who.INTEGRATOR,
        since,
        Sentence.of(
            "%s 的访问令牌已失效，与它之间的数据 %s 以来无法收发。",
            "The access token of %s is over: nothing has been told to it or read from it for %s.",
            connection,
            Spans.between(since, passport.now())),
        Sentence.of(
            "在 %s 的后台重新授权，更新令牌变量；之后积压会自动补发。",
            "Authorise anew with %s and set the variable of the token; what waits then goes out by"
                + " itself.",
            connection));
  }
}
