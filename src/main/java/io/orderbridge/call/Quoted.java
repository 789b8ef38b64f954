package io.orderbridge.call;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** An error's words, without which nobody can mend it, as they may stand in a table. */
final class Quoted {
  private static final int MAX = 300;
  // A shorter value is no secret, and would tear holes into every sentence.
  private static final int SECRET_MIN = 8;

  private Quoted() {}

  /**
   * The beginning of an answer. Partners like to repeat the token or the key that they do not
   * accept.
   *
   * @param secrets what the request proved itself with
   */
  static String of(Answer answer, Collection<String> secrets) {
    String head = answer.head().replaceAll("\\s+", " ").strip();
    List<String> longestFirst =
        secrets.stream()
            // "Bearer xyz" is repeated as xyz.
            .flatMap(secret -> List.of(secret, secret.replaceFirst("^\\S+ ", "")).stream())
            .filter(secret -> secret.length() >= SECRET_MIN)
            .distinct()
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
    for (String secret : longestFirst) {
      head = head.replace(secret, "***");
    }
    return head.length() > MAX ? head.substring(0, MAX) + "..." : head;
  }
}
