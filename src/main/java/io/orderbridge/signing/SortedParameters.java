package io.orderbridge.signing;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the Chinese platforms sign: all parameters, sorted by name. Blank parameters are taken out
 * of the request itself: Alipay's SDK does not sign them, of other partners nobody knows.
 */
final class SortedParameters {
  private SortedParameters() {}

  /**
   * The parameters of a request whose partner takes them in the form or, without a form, in the
   * query.
   *
   * @throws IllegalArgumentException when some would stand outside of what is signed
   */
  static TreeMap<String, String> of(SignableRequest request) {
    boolean elsewhere =
        request.form() == null ? request.body().length > 0 : !request.query().isEmpty();
    if (elsewhere) {
      throw new IllegalArgumentException(
          "the scheme signs parameters: send all of them as form, or all in the query without"
              + " body");
    }
    return withoutEmpty(request.parameters());
  }

  static TreeMap<String, String> withoutEmpty(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .filter(pair -> pair.getValue() != null && !pair.getValue().isBlank())
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }

  /** Names and values one behind the other, but not the signature itself. */
  static byte[] joined(Map<String, String> parameters, String signName) {
    return Digest.utf8(
        new TreeMap<>(parameters)
            .entrySet().stream()
                .filter(pair -> !pair.getKey().equals(signName))
                .map(pair -> pair.getKey() + pair.getValue())
                .collect(Collectors.joining()));
  }

  /** {@code a=1&b=2}, the values as they are, but no blank ones and not the named parameters. */
  static String pairs(Map<String, String> parameters, String... without) {
    TreeMap<String, String> signed = withoutEmpty(parameters);
    for (String name : without) {
      signed.remove(name);
    }
    return signed.entrySet().stream()
        .map(pair -> pair.getKey() + "=" + pair.getValue())
        .collect(Collectors.joining("&"));
  }
}
