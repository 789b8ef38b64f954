package io.orderbridge.reconciliation;

/**
 * Puts together what has the same amount and currency, when either is the only such one for the
 * other within some days, and in the same shop when both tell one. What has no time is not looked
 * for.
 */
final class PassAmount {
  // Of an amount that so many have nobody is the only one: then he is said to have several.
  private static final int LOOKED_AT_MAX = 1_000;

  private final JudgeLone lone;
  private final int within;
  private final PassPartners partners;

  private PassAmount(JudgeLone lone, int within) {
    this.lone = lone;
    this.within = within;
    this.partners = new PassPartners(lone);
  }

  static void run(JudgeLone lone, int within, int pass, PassFound found) {
    PassAmount amount = new PassAmount(lone, within);
    int[] left = lone.open(true);
    int[] right = lone.open(false);
    PassOrder.sort(left, amount::order);
    PassOrder.sort(right, amount::order);
    amount.look(left, right);
    amount.look(right, left);
    amount.partners.tell(pass, found);
  }

  private int order(int one, int other) {
    int order = group(one, other);
    return order == 0 ? Integer.compare(lone.day(one), lone.day(other)) : order;
  }

  private int group(int one, int other) {
    int order = Integer.compare(lone.currency(one), lone.currency(other));
    return order == 0 ? Long.compare(lone.value(one), lone.value(other)) : order;
  }

  /** Tells the candidates of each; of one who has several it is enough to know that. */
  private void look(int[] some, int[] others) {
    int start = 0;
    for (int one : some) {
      if (lone.value(one) == 0 || lone.day(one) == JudgeLone.UNKNOWN) {
        continue;
      }
      while (start < others.length && before(others[start], one)) {
        start++;
      }
      candidates(one, others, start);
    }
  }

  private boolean before(int other, int one) {
    int group = group(other, one);
    return group < 0 || group == 0 && (long) lone.day(other) + within < lone.day(one);
  }

  private void candidates(int one, int[] others, int start) {
    int found = 0;
    for (int i = start; i < others.length && found < 2; i++) {
      int other = others[i];
      if (group(other, one) != 0 || lone.day(other) > (long) lone.day(one) + within) {
        return;
      }
      if (i - start == LOOKED_AT_MAX) {
        partners.several(one);
        return;
      }
      if (lone.shopsAgree(one, other)) {
        partners.candidates(lone.isLeft(one) ? one : other, lone.isLeft(one) ? other : one);
        found++;
      }
    }
  }
}
