package io.orderbridge.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * In which order letters are sent: shuffled, one in ten twice, and some payments before the order
 * they pay.
 */
final class Playbook {
  private static final int WHEN = 1_000_000;
  private static final int OF = 100;
  private static final int TWICE = 10;

  private final Random random;
  private final List<At> letters = new ArrayList<>();
  private int repeats;

  private record At(int when, Letter letter) {}

  Playbook(Random random) {
    this.random = random;
  }

  void add(List<Letter> some) {
    some.forEach(letter -> put(random.nextInt(WHEN), letter));
  }

  /** What the shop tells comes in the last half, what others tell in the first. */
  void addOthersFirst(List<Letter> some) {
    for (Letter letter : some) {
      int half = letter.sender() == Partners.Sender.SHOP ? WHEN / 2 : 0;
      put(half + random.nextInt(WHEN / 2), letter);
    }
  }

  private void put(int when, Letter letter) {
    letters.add(new At(when, letter));
    if (random.nextInt(OF) < TWICE) {
      repeats++;
      letters.add(new At(when + random.nextInt(WHEN / 4), letter));
    }
  }

  /** How many of the letters are repeats. */
  int repeats() {
    return repeats;
  }

  List<Letter> inOrder() {
    return letters.stream().sorted(Comparator.comparingInt(At::when)).map(At::letter).toList();
  }
}
