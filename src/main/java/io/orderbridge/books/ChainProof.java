package io.orderbridge.books;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the snapshots of a source and hashes them anew; one block is in memory. */
final class ChainProof {
  private ChainProof() {}

  static Chain of(Connection connection, String source) throws SQLException {
    List<Snapshot> snapshots = SnapshotSql.chain(connection, source);
    List<Chain.Broken> broken = new ArrayList<>();
    String previous = "";
    for (Snapshot snapshot : snapshots) {
      String why = why(connection, snapshot, previous);
      if (why != null) {
        broken.add(new Chain.Broken(snapshot.id(), why));
      }
      previous = snapshot.seal().hash();
    }
    return new Chain(snapshots.size(), previous, broken);
  }

  private static String why(Connection connection, Snapshot snapshot, String previous)
      throws SQLException {
    if (!snapshot.seal().previous().equals(previous)) {
      return "does not follow the snapshot before it; one was taken out or put in";
    }
    if (!snapshot.seal().hash().equals(Seals.hash(snapshot))) {
      return "what it says of itself was changed";
    }
    return snapshot.seal().content().equals(content(connection, snapshot.id()))
        ? null
        : "its entries or rows were changed";
  }

  private static String content(Connection connection, long id) throws SQLException {
    MessageDigest hash = Seals.digest();
    try {
      Tuples tuples = new Tuples(hash);
      BlockSql.copyOut(connection, id, tuples);
      tuples.end();
      MessageDigest cells = Seals.digest();
      tuples = new Tuples(cells);
      BlockSql.copyCellsOut(connection, id, tuples);
      tuples.end();
      hash.update(cells.digest());
    } catch (IOException e) {
      throw new SQLException("the entries of snapshot %d cannot be read".formatted(id), e);
    }
    SnapshotSql.aside(connection, id).forEach(one -> Seals.addAside(hash, one.line(), one.why()));
    return Seals.HEX.formatHex(hash.digest());
  }

  /** What a COPY gives: the header, then a message for each tuple, then the trailer. */
  private static final class Tuples extends OutputStream {
    private final MessageDigest content;
    private final MessageDigest block = Seals.digest();
    private int size;

    Tuples(MessageDigest content) {
      this.content = content;
    }

    @Override
    public void write(int one) throws IOException {
      throw new IOException("COPY gives messages, not bytes");
    }

    @Override
    public void write(byte[] message, int from, int length) {
      // The header comes in one message with the first tuple, or alone.
      int at = startsFile(message, from, length) ? from + CopyBytes.HEADER.length : from;
      int left = from + length - at;
      if (left > CopyBytes.TRAILER.length) {
        block.update(message, at, left);
        size += left;
      }
      if (size >= CopyBytes.BLOCK_BYTES) {
        end();
      }
    }

    /** Ends a block where it was ended when it was written. */
    void end() {
      if (size > 0) {
        content.update(block.digest());
        size = 0;
      }
    }

    private static boolean startsFile(byte[] message, int from, int length) {
      // A tuple begins with the number of its fields, a zero byte.
      return length >= CopyBytes.HEADER.length && message[from] == CopyBytes.HEADER[0];
    }
  }
}
