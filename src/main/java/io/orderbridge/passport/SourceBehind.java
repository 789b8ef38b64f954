package io.orderbridge.passport;

import io.orderbridge.schedule.SourceStandings.Standing;
import java.util.Optional;
import java.util.Set;

/** The next word is awaited from a system whose source is not read. */
final class SourceBehind implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    Set<String> awaited = passport.awaitedFrom();
    return passport.wires().sources().stream()
        .filter(Standing::behind)
        .filter(source -> awaited.contains(source.connection()))
        .findFirst()
        .map(source -> diagnosis(passport, source));
  }

  private static Diagnosis diagnosis(Passport passport, Standing source) {
    var next = passport.awaited().iterator().next().said();
    return Diagnosis.stuck(
        Reason.SOURCE_BEHIND,
        Who.INTEGRATOR,
        source.dueSince(),
        source.completeUntil() == null
            ? Sentence.of(
                "正在等待“%s”，而数据源 %s 还从未读全，消息可能就在其中。",
                "'%s' is awaited, and the source %s was never read completely: it may be there.",
                next,
                source.source())
            : Sentence.of(
                "正在等待“%s”，而数据源 %s 只读到 %s 之前，之后的消息还没有取到。",
                "'%s' is awaited, and the source %s is read only up to %s ago: what came since is"
                    + " not known.",
                next,
                source.source(),
                Spans.between(source.completeUntil(), passport.now())),
        Sentence.of(
            "查看 GET /api/sources 中 %s 的问题（%s）并修正；之后自动补读。",
            "See what is wrong with %s at GET /api/sources (%s) and mend it; it is then read by"
                + " itself.",
            source.source(),
            source.cause() == null ? source.state() : source.cause()));
  }
}
