package io.orderbridge.consistency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * All rules of {@code mappings/rules/contradictions.yaml}.
 *
 * @param byHand connections through which people enter what they know, such as lists of a shop
 * @param rules in the order of the file
 */
public record ContradictionRules(List<String> byHand, List<ContradictionRule> rules) {
  /** Without the file nothing contradicts. */
  public static final ContradictionRules NONE = new ContradictionRules(List.of(), List.of());

  public ContradictionRules {
    byHand = List.copyOf(byHand);
    rules = List.copyOf(rules);
  }

  /** Names this version of the rules; the same in every process that has read the same. */
  String version() {
    try {
      byte[] text = toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
