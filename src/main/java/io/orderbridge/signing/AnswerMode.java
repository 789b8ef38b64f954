package io.orderbridge.signing;

/** Whether a partner's answers are checked: {@code answers: signed | unsigned} of {@code sign:}. */
final class AnswerMode {
  private static final String ANSWERS = "answers";

  private AnswerMode() {}

  /**
   * True unless {@code unsigned} is written: nobody switches the check off by forgetting a key.
   *
   * @throws IllegalArgumentException when answers are to be checked and the partner's key is
   *     missing
   */
  static boolean signed(SignSettings settings, String keySetting) {
    String mode = settings.otherwise(ANSWERS, "signed");
    if (mode.equals("unsigned")) {
      return false;
    }
    if (!mode.equals("signed")) {
      throw settings.wrong(ANSWERS, "is '%s', expected signed or unsigned".formatted(mode));
    }
    if (settings.optional(keySetting).isEmpty()) {
      throw settings.wrong(
          keySetting,
          "is missing or empty: answers are checked with it; give it, or write 'answers: unsigned'"
              + " for a call whose answers carry no signature");
    }
    return true;
  }
}
