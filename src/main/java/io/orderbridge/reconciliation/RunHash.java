package io.orderbridge.reconciliation;

import io.orderbridge.books.NewestSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/** What a run is known by. */
final class RunHash {
  private RunHash() {}

  /** Over the hashes of the snapshots of both sides, in their order. */
  static String root(Connection connection, Run.Inputs inputs) throws SQLException {
    MessageDigest digest = sha256();
    for (List<Long> side : List.of(inputs.left(), inputs.right())) {
      for (NewestSnapshots.Found one : NewestSnapshots.named(connection, side)) {
        digest.update(HexFormat.of().parseHex(one.hash()));
      }
      digest.update((byte) '|');
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Over rules, inputs, counts, sums and the items with their entries, in their order. Neither
   * number nor version nor time of the run is in it.
   *
   * @param carried hash of the run that it carries from; empty for none
   * @param links what the links that held say
   */
  static String of(Connection connection, Run run, String carried, String links)
      throws SQLException {
    MessageDigest digest = sha256();
    Run.Inputs inputs = run.inputs();
    for (String part :
        List.of(
            run.of().toString(),
            inputs.rules(),
            inputs.definitions(),
            String.join(" ", inputs.missing()),
            run.root(),
            carried,
            links,
            run.tally().counts(),
            run.tally().sums())) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    try (OutputStream into = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      ItemRows.content(connection, run.id(), into);
    } catch (IOException e) {
      throw new UncheckedIOException("writes nowhere", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
