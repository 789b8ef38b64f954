package io.orderbridge.rows;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what comes out of a packed file, and stops at the table's size and at a bomb's ratio. */
final class Bounds {
  // Bills shrink ten to thirty times; a bomb a thousand times.
  private static final long RATIO_MAX = 200;
  // Small files may be nothing but repetition.
  private static final long RATIO_FROM_BYTES = 1_048_576;

  private final Table table;
  private final long packed;
  private long count;

  Bounds(Table table, long packed) {
    this.table = table;
    this.packed = packed;
    checkSize(packed);
  }

  /** The same stream, counted; several streams of one file are counted together. */
  InputStream on(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int c = super.read();
        counted(c < 0 ? 0 : 1);
        return c;
      }

      @Override
      public int read(byte[] to, int from, int most) throws IOException {
        int read = super.read(to, from, most);
        counted(Math.max(read, 0));
        return read;
      }

      @Override
      public long skip(long most) throws IOException {
        throw new IOException("not skipped, so that all is counted");
      }
    };
  }

  private void counted(int more) {
    count += more;
    checkSize(count);
    if (count > RATIO_FROM_BYTES && count / RATIO_MAX > packed) {
      throw FileRefused.of(
          table, "unpacks to more than %d times its size, as no bill does".formatted(RATIO_MAX));
    }
  }

  private void checkSize(long bytes) {
    if (bytes > table.limits().sizeMax()) {
      throw FileRefused.of(
          table,
          "the file has more than %d bytes; raise size-max if files are so large"
              .formatted(table.limits().sizeMax()));
    }
  }
}
