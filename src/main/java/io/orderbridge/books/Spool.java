package io.orderbridge.books;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of this process for what is read more than once and is too large for its memory. */
final class Spool implements AutoCloseable {
  private static final int BUFFER_BYTES = 65_536;

  private final Path file;

  private Spool(Path file) {
    this.file = file;
  }

  static Spool open() throws IOException {
    return new Spool(Files.createTempFile("orderbridge-book-", ".tmp"));
  }

  static Spool of(InputStream bytes) throws IOException {
    Spool spool = open();
    try (OutputStream out = spool.write()) {
      bytes.transferTo(out);
      return spool;
    } catch (IOException e) {
      spool.close();
      throw e;
    }
  }

  OutputStream write() throws IOException {
    return Files.newOutputStream(file);
  }

  InputStream read() throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
