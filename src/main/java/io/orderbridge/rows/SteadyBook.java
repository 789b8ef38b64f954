package io.orderbridge.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Enumeration;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes a workbook whose bytes depend on what is in it alone: whoever makes the same report again
 * gets the same file, down to its hash. It lies in a temporary file until it is whole, so that
 * nothing of one that fails leaves the product.
 */
public final class SteadyBook {
  // Before this year the format has no time; it says nothing, as every part has it.
  private static final LocalDateTime PART_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final String PROPERTIES = "docProps/core.xml";
  private static final Pattern CREATED =
      Pattern.compile("(<dcterms:created [^>]*>)[^<]*(</dcterms:created>)");

  private SteadyBook() {}

  /** Writes a workbook. */
  @FunctionalInterface
  public interface Making {
    void into(OutputStream out) throws IOException;
  }

  /**
   * @param out stays open; gets the whole workbook, or nothing when {@code making} throws
   * @param made stands in its properties as the time when it was made
   */
  public static void write(OutputStream out, Instant made, Making making) throws IOException {
    Path draft = Files.createTempFile("orderbridge-", ".xlsx");
    try {
      try (OutputStream to = Files.newOutputStream(draft)) {
        making.into(to);
      }
      copy(draft, out, made);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void copy(Path draft, OutputStream out, Instant made) throws IOException {
    ZipOutputStream steady = new ZipOutputStream(out);
    try (ZipFile parts = new ZipFile(draft.toFile())) {
      for (Enumeration<? extends ZipEntry> all = parts.entries(); all.hasMoreElements(); ) {
        ZipEntry part = all.nextElement();
        ZipEntry same = new ZipEntry(part.getName());
        same.setTimeLocal(PART_TIME);
        steady.putNextEntry(same);
        try (InputStream content = parts.getInputStream(part)) {
          copy(part.getName(), content, steady, made);
        }
        steady.closeEntry();
      }
    }
    steady.finish();
  }

  private static void copy(String name, InputStream from, OutputStream to, Instant made)
      throws IOException {
    if (!name.equals(PROPERTIES)) {
      from.transferTo(to);
      return;
    }
    String text = new String(from.readAllBytes(), StandardCharsets.UTF_8);
    String at = made.truncatedTo(ChronoUnit.SECONDS).toString();
    to.write(CREATED.matcher(text).replaceFirst("$1" + at + "$2").getBytes(StandardCharsets.UTF_8));
  }
}
