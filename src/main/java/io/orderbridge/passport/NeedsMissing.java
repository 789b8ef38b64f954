package io.orderbridge.passport;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.outbox.Delivery;
import io.orderbridge.outbox.Target;
import java.util.Optional;
import java.util.Set;

/** Who does the next step is told nothing before a milestone that has not come. */
final class NeedsMissing implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    if (passport.order() == null || passport.isOver()) {
      return Optional.empty();
    }
    Set<String> awaited = passport.awaitedFrom();
    return passport.wires().targets().values().stream()
        .filter(target -> awaited.contains(target.name()) && target.sells(passport.key().shop()))
        .filter(target -> passport.wires().deliveries().stream().noneMatch(of(target)))
        .flatMap(
            target ->
                target.needs().stream()
                    .filter(need -> passport.at(need).isEmpty())
                    .sorted()
                    .map(need -> diagnosis(passport, target, need)))
        .findFirst();
  }

  private static java.util.function.Predicate<Delivery> of(Target target) {
    return delivery -> delivery.target().equals(target.name());
  }

  private static Diagnosis diagnosis(Passport passport, Target target, Milestone need) {
    Set<String> owners = passport.owners(need);
    boolean late = passport.isTooLong(passport.since());
    String from = owners.isEmpty() ? "-" : String.join(", ", owners);
    return new Diagnosis(
        late || owners.isEmpty(),
        Reason.NEEDS,
        owners.isEmpty() ? Who.INTEGRATOR : Who.PARTNER,
        Sentence.of(
            "%s 在“%s”之前不会收到此订单，而这一步（由 %s 报告）已等待 %s。",
            "%s is not told of this order before '%s', which %s has to say and has not for %s.",
            target.name(),
            need.said(),
            from,
            Spans.between(passport.since(), passport.now())),
        passport.since(),
        Sentence.of(
            "让 %s 报告这一步；若不再需要，修改 routes/%s/connection.yaml 的 owed.needs。",
            "Have %s say so; if it is not needed any more, change owed.needs in"
                + " routes/%s/connection.yaml.",
            from,
            target.name()));
  }
}
