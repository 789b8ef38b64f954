package io.orderbridge.books;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file whose bytes are counted while they are read, so that it can be told how far it is. */
final class Counted {
  private final Snapshots.Content file;
  private final Progress progress;
  private long read;

  Counted(Snapshots.Content file, Progress progress) {
    this.file = file;
    this.progress = progress;
  }

  InputStream open() throws IOException {
    return new FilterInputStream(file.open()) {
      @Override
      public int read() throws IOException {
        int one = super.read();
        read += one < 0 ? 0 : 1;
        return one;
      }

      @Override
      public int read(byte[] to, int from, int most) throws IOException {
        int some = super.read(to, from, most);
        read += Math.max(some, 0);
        return some;
      }
    };
  }

  void tell(long rows) {
    progress.at("reading", rows, read, file.size());
  }
}
