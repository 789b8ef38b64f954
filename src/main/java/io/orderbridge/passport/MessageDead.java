package io.orderbridge.passport;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.work.DeadLetter;
import io.orderbridge.work.WorkTrace.Buried;
import java.util.Comparator;
import java.util.Optional;

/** A message that names the order could not be applied: a person mends what refused it. */
final class MessageDead implements Explanation {
  @Override
  public Optional<Diagnosis> of(Passport passport) {
    if (passport.isOver()) {
      return Optional.empty();
    }
    return passport.mail().dead().stream()
        .map(Buried::letter)
        .filter(letter -> isMeant(passport, letter))
        .max(Comparator.comparing(DeadLetter::diedAt))
        .map(letter -> diagnosis(passport, letter));
  }

  // Two shops may give the same number: a letter of another shop's connection is of its order.
  private static boolean isMeant(Passport passport, DeadLetter letter) {
    String connection = connection(letter);
    boolean shop = passport.owners(Milestone.CREATED).contains(connection);
    return !shop || passport.shops().isEmpty() || passport.shops().contains(connection);
  }

  private static String connection(DeadLetter letter) {
    return letter.queue().substring("inbox:".length()).split("/", 2)[0];
  }

  private static Diagnosis diagnosis(Passport passport, DeadLetter letter) {
    String place = letter.place().isEmpty() ? "" : " (" + letter.place() + ")";
    return Diagnosis.stuck(
        Reason.MESSAGE_DEAD,
        Who.INTEGRATOR,
        letter.diedAt(),
        Sentence.of(
            "%s 发来的一条与此订单有关的消息 %s 前未能处理，在死信中等待：%s%s。",
            "A message of %s that names this order could not be applied %s ago and lies in the"
                + " dead letters: %s%s.",
            connection(letter),
            Spans.between(letter.diedAt(), passport.now()),
            letter.cause(),
            place),
        Sentence.of(
            "按死信 %d 的提示修正原因，再重放该死信。",
            "Mend what dead letter %d says, then replay it.", letter.id()));
  }
}
