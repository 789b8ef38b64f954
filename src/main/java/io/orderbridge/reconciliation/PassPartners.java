package io.orderbridge.reconciliation;

import java.util.Arrays;

/**
 * Who is whose only candidate. Two are put together when either is the only candidate of the other;
 * what has several is left alone, and remembers it.
 */
final class PassPartners {
  private static final int NONE = -1;
  private static final int SEVERAL = -2;

  private final JudgeLone lone;
  private final int[] partner;

  PassPartners(JudgeLone lone) {
    this.lone = lone;
    this.partner = new int[lone.size()];
    Arrays.fill(partner, NONE);
  }

  /** The same pair again changes nothing. */
  void candidates(int left, int right) {
    note(left, right);
    note(right, left);
  }

  void several(int one) {
    partner[one] = SEVERAL;
  }

  private void note(int one, int other) {
    if (partner[one] == NONE) {
      partner[one] = other;
    } else if (partner[one] != other) {
      partner[one] = SEVERAL;
    }
  }

  /**
   * @param pass number of the pass, for what stays alone
   */
  void tell(int pass, PassFound found) {
    for (int one = 0; one < partner.length; one++) {
      int other = partner[one];
      if (other == NONE) {
        continue;
      }
      if (other == SEVERAL || partner[other] != one) {
        lone.doubt(one, pass);
      } else if (lone.isLeft(one)) {
        found.take(new int[] {one}, new int[] {other});
      }
    }
  }
}
