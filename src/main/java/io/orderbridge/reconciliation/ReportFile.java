package io.orderbridge.reconciliation;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A report as the answer to a request. It is made as a whole before the first byte is sent, so that
 * one that is refused is answered by its reason and not by half a file.
 */
final class ReportFile {
  static final String CSV = "text/csv; charset=UTF-8";

  private ReportFile() {}

  /** Writes a report. */
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out);
  }

  static Response answer(String name, String type, Writing writing) {
    Path file = made(writing);
    StreamingOutput content =
        out -> {
          try {
            Files.copy(file, out);
          } finally {
            Files.deleteIfExists(file);
          }
        };
    return Response.ok(content, type)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  private static Path made(Writing writing) {
    try {
      Path file = Files.createTempFile("orderbridge-", ".report");
      boolean whole = false;
      try (OutputStream out = Files.newOutputStream(file)) {
        writing.to(out);
        whole = true;
      } finally {
        if (!whole) {
          Files.deleteIfExists(file);
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("making a report", e);
    }
  }
}
