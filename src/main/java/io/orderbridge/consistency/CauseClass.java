package io.orderbridge.consistency;

import io.orderbridge.kernel.Wording;

/** Why two systems contradict each other, as far as what is stored can tell. */
public enum CauseClass {
  /** The other side has never said it, and nothing of it waits anywhere. */
  NO_EVENT(
      new Wording(
          "另一方从未上报，也没有消息在途：请到该系统核实，并检查它的推送与补拉。",
          "The other side never said so and nothing of it waits: look there, and at its pushes and"
              + " sweeps.")),
  /** The other side spoke late, has not come so far, or its message waits or is a dead letter. */
  LATE_EVENT(
      new Wording(
          "另一方的消息迟到，或仍在排队、死信中：处理死信后重放，矛盾会自行消除。",
          "The other side's message is late, waits or is a dead letter: mend and replay it, and"
              + " this clears itself.")),
  /** One of the values was entered by hand. */
  MANUAL_ENTRY(
      new Wording(
          "其中一个值由人工录入：请与录入人核对，必要时撤回。",
          "One of the values was entered by hand: ask who entered it, and take it back if it is"
              + " wrong."));

  private final Wording usually;

  CauseClass(Wording usually) {
    this.usually = usually;
  }

  /** What to do, where the rule says nothing else. */
  Wording usually() {
    return usually;
  }
}
