package io.orderbridge.mapping;

import com.dashjoin.jsonata.JException;

/**
 * What JSONata says of an error, without values of the order: a word is repeated only when it
 * stands in the mapping file itself, where everybody may read it.
 */
final class SafeMessage {
  private static final String HIDDEN = "(a value)";

  private SafeMessage() {}

  static String of(JException error, String source) {
    String code = error.getError();
    String message =
        JException.msg(
            code, 0, shown(error.getCurrent(), source), shown(error.getExpected(), source));
    return "%s (JSONata %s)".formatted(message.replace("{{token}}", "of it"), code);
  }

  private static Object shown(Object word, String source) {
    if (word == null) {
      return null;
    }
    return source.contains(String.valueOf(word)) ? word : HIDDEN;
  }
}
