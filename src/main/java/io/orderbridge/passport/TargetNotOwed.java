package io.orderbridge.passport;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.outbox.Delivery;
import io.orderbridge.outbox.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Nobody who could ship the order was ever told of it, and nobody is going to be. */
final class TargetNotOwed implements Explanation {
  // Attempts are kept for 35 days; of an older order it cannot be told who was told.
  private static final Duration REMEMBERED = Duration.ofDays(30);

  @Override
  public Optional<Diagnosis> of(Passport passport) {
    boolean young = !passport.isPast(passport.since(), REMEMBERED);
    if (!passport.is("PAID") || !young) {
      return Optional.empty();
    }
    List<Target> packers = passport.packers();
    return packers.isEmpty() ? nobody(passport) : missed(passport, packers);
  }

  // Who usually ships for this shop is not there any more.
  private static Optional<Diagnosis> nobody(Passport passport) {
    Set<String> gone = new TreeSet<>(passport.wires().usual().of(Passport.SHIPPING));
    Set<String> owners = new TreeSet<>();
    Passport.SHIPPING.forEach(milestone -> owners.addAll(passport.owners(milestone)));
    boolean readsItself = owners.stream().anyMatch(o -> !passport.wires().targets().containsKey(o));
    gone.removeIf(name -> sells(passport, name));
    if (readsItself || gone.isEmpty() && owners.isEmpty()) {
      return Optional.empty();
    }
    Set<String> named = gone.isEmpty() ? owners : gone;
    return Optional.of(
        diagnosis(
            passport,
            Sentence.of(
                "没有仓库收到此订单：%s 目前停用、被删除，或不再接收店铺 %s 的订单。",
                "No warehouse is told of this order: %s is switched off, gone, or not told of"
                    + " orders of %s.",
                String.join(", ", named),
                passport.key().shop()),
            named.iterator().next()));
  }

  private static boolean sells(Passport passport, String name) {
    Target target = passport.wires().targets().get(name);
    return target != null && target.sells(passport.key().shop());
  }

  // In force now, and not when it happened: no debt was made.
  private static Optional<Diagnosis> missed(Passport passport, List<Target> packers) {
    return packers.stream()
        .filter(target -> wasToBeTold(passport, target))
        .filter(target -> passport.wires().deliveries().stream().noneMatch(of(target)))
        .findFirst()
        .map(
            target ->
                diagnosis(
                    passport,
                    Sentence.of(
                        "%s 从未收到此订单：付款时该连接不在运行，没有产生待发数据。",
                        "%s was never told of this order: when it was paid, the connection was not"
                            + " in force and nothing came to be owed.",
                        target.name()),
                    target.name()));
  }

  private static java.util.function.Predicate<Delivery> of(Target target) {
    return delivery -> delivery.target().equals(target.name());
  }

  private static boolean wasToBeTold(Passport passport, Target target) {
    boolean ready = target.needs().stream().allMatch(need -> passport.at(need).isPresent());
    boolean told = passport.order().events().stream().anyMatch(event -> target.wants(event.type()));
    return ready && told;
  }

  private static Diagnosis diagnosis(
      Passport passport, io.orderbridge.kernel.Wording text, String name) {
    return Diagnosis.stuck(
        Reason.TARGET_RESTING,
        Who.INTEGRATOR,
        passport.at(Milestone.PAID).orElse(passport.since()),
        text,
        Sentence.of(
            "检查 routes/%s/connection.yaml 的 enabled 与 owed.shops，再把此订单补发给它。",
            "See enabled and owed.shops in routes/%s/connection.yaml, and tell it of this order.",
            name));
  }
}
