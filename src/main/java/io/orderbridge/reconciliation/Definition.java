package io.orderbridge.reconciliation;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Counting;
import io.orderbridge.books.EntryKind;
import io.orderbridge.kernel.Wording;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a figure of the business is, agreed by the three departments: a file of {@code
 * mappings/definitions/}.
 *
 * @param name of the file
 * @param version 1, 2, 3, ...; a definition that means something else has another one
 * @param says what it is, in words
 * @param counting what is added up, over which entries
 * @param basis by which time each department counts it; all three
 * @param zone of its days and months
 * @param signed by whom; older versions as well
 * @param text the file as it is
 */
public record Definition(
    String name,
    int version,
    Wording title,
    Wording says,
    Counting counting,
    Map<Department, Basis> basis,
    ZoneId zone,
    List<Signed> signed,
    String text) {
  public Definition {
    basis = Map.copyOf(basis);
    signed = List.copyOf(signed);
    if (!basis.keySet().equals(EnumSet.allOf(Department.class))) {
      throw new IllegalArgumentException(
          "definition '%s' has a basis for %s, expected one for each department"
              .formatted(name, basis.keySet()));
    }
  }

  /** That somebody agreed to a version, for a department. */
  public record Signed(String by, Department role, LocalDate on, int version) {}

  /** The departments that have not signed this version; empty when it is agreed. */
  public Set<Department> unsigned() {
    Set<Department> open = EnumSet.allOf(Department.class);
    signed.stream().filter(one -> one.version() == version).forEach(one -> open.remove(one.role()));
    return open;
  }

  /** Whether it is not signed by all three departments. */
  public boolean isDraft() {
    return !unsigned().isEmpty();
  }

  /** Name and version, as runs and reports name it. */
  public String id() {
    return name + " " + version;
  }

  /** SHA-256 over what it means. Titles, words and signatures may change, and it stays the same. */
  public String hash() {
    try {
      byte[] bytes = meaning().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private String meaning() {
    Set<EntryKind> kinds = new TreeSet<>(counting.counts().kinds());
    return String.join(
        "\n",
        "of " + counting.of(),
        "statuses " + new TreeSet<>(counting.counts().statuses()),
        "kinds " + kinds,
        "known " + new TreeSet<>(counting.counts().known()),
        "basis " + new TreeMap<>(basis),
        "zone " + zone);
  }
}
