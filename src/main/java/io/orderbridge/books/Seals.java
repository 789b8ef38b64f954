package io.orderbridge.books;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** How snapshots are hashed, SHA-256 throughout. */
final class Seals {
  static final HexFormat HEX = HexFormat.of();

  private Seals() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A line that was put aside, after all entries. */
  static void addAside(MessageDigest hash, int line, String why) {
    byte[] text = why.getBytes(StandardCharsets.UTF_8);
    hash.update(ByteBuffer.allocate(2 * Integer.BYTES).putInt(line).putInt(text.length).array());
    hash.update(text);
  }

  /** The hash of a snapshot: of what it says of itself, its content, and the one before it. */
  static String hash(Snapshot snapshot) {
    String said =
        String.join(
            "\n",
            snapshot.seal().previous(),
            snapshot.seal().content(),
            snapshot.of().source(),
            snapshot.of().day().toString(),
            Integer.toString(snapshot.version()),
            snapshot.takenAt().truncatedTo(ChronoUnit.MICROS).toString(),
            Long.toString(snapshot.sums().entries()),
            Long.toString(snapshot.sums().aside()),
            snapshot.sums().text(),
            snapshot.sums().columns());
    return HEX.formatHex(digest().digest(said.getBytes(StandardCharsets.UTF_8)));
  }
}
