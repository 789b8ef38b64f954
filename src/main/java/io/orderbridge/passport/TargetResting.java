package io.orderbridge.passport;

import io.orderbridge.outbox.Delivery;
import java.util.Optional;

/** What is owed waits for a target that is switched off, or whose file is refused. */
final class TargetResting implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    return passport.openDeliveries().stream()
        .filter(one -> one.state() == Delivery.State.WAITING)
        .filter(one -> !passport.wires().inForce(one.target()))
        .findFirst()
        .map(one -> diagnosis(passport, one));
  }

  private static Diagnosis diagnosis(Passport passport, Delivery one) {
    boolean refused = passport.wires().targets().containsKey(one.target());
    return Diagnosis.stuck(
        Reason.TARGET_RESTING,
        Who.INTEGRATOR,
        one.owedAt(),
        refused
            ? Sentence.of(
                "%s 的连接文件有错误、未被采用，发给它的数据已等待 %s。",
                "The connection file of %s is refused, and what it is owed has waited for %s.",
                one.target(),
                Spans.between(one.owedAt(), passport.now()))
            : Sentence.of(
                "连接 %s 已停用或被删除，发给它的数据已等待 %s。",
                "The connection %s is switched off or gone, and what it is owed has waited for %s.",
                one.target(),
                Spans.between(one.owedAt(), passport.now())),
        Sentence.of(
            "修正或启用 routes/%s/connection.yaml（错误见 /q/health/ready）；之后自动补发。",
            "Mend or switch on routes/%s/connection.yaml (what is wrong: /q/health/ready); then it"
                + " goes out by itself.",
            one.target()));
  }
}
