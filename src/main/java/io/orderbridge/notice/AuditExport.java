package io.orderbridge.notice;

import io.orderbridge.kernel.Person;
import io.orderbridge.notice.NoticeFile.Format;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Writes the notices of a month into a file and keeps what the file was: rows, bytes, SHA-256. The
 * hash has to be known before the first byte is answered, so the file lies on disk meanwhile.
 */
@Singleton
class AuditExport {
  private final Database database;
  private final NoticeRows rows;

  AuditExport(Database database, NoticeRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /**
   * A file that was made; whoever sends it deletes it.
   *
   * @param sha256 small hexadecimal digits
   */
  record Made(long id, Path file, String sha256, long rows) {}

  /** What is asked for, by whom. */
  record Asking(Person person, YearMonth month, ZoneId zone, Format format, Instant at) {}

  /** One reading of the database, so the rows are those of one moment. Audited. */
  Made make(Asking asking) {
    Path file = file(asking.format());
    try {
      return database.inTransaction(connection -> made(connection, asking, file));
    } catch (RuntimeException e) {
      delete(file);
      throw e;
    }
  }

  private Made made(Connection connection, Asking asking, Path file) throws SQLException {
    MessageDigest hash = sha256();
    long count;
    long bytes;
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), hash)) {
      try (NoticeFile notices = new NoticeFile(asking.format(), out, asking.zone())) {
        rows.each(connection, asking.month(), asking.zone(), notices::row);
        count = notices.rows();
      }
      out.flush();
      bytes = Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String sha256 = HexFormat.of().formatHex(hash.digest());
    long id = keep(connection, asking, sha256, bytes, count);
    return new Made(id, file, sha256, count);
  }

  private static long keep(
      Connection connection, Asking asking, String sha256, long bytes, long count)
      throws SQLException {
    String by = asking.person().name();
    AuditRows.Export export =
        new AuditRows.Export(
            asking.month(),
            asking.zone(),
            asking.format().name(),
            sha256,
            bytes,
            count,
            by,
            asking.at());
    String detail = "rows=%d sha256=%s format=%s".formatted(count, sha256, asking.format());
    Audit.write(
        connection, new Audit.Act(by, "notices.exported", asking.month().toString(), "", detail));
    return AuditRows.exported(connection, export);
  }

  private static Path file(Format format) {
    try {
      return Files.createTempFile("notices-", "." + format.name().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
