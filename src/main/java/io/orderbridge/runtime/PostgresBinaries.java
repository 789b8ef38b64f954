package io.orderbridge.runtime;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once from the jar into a folder that no cleaner of temporary
 * files touches: a server whose programs vanish can no longer start back ends.
 */
final class PostgresBinaries {
  /** Must be raised together with the binaries in pom.xml; another version, another folder. */
  static final String VERSION = "17.7";

  static final String MAJOR = "17";

  private static final String COMPLETE = ".complete";

  private final Path home;

  private PostgresBinaries(Path home) {
    this.home = home;
  }

  /** Unpacks below {@code folder} unless an earlier run has done so. Safe between processes. */
  static PostgresBinaries in(Path folder) throws IOException {
    Path home = folder.resolve("postgres-" + VERSION);
    if (!Files.exists(home.resolve(COMPLETE))) {
      Files.createDirectories(home);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("unpack.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.exists(home.resolve(COMPLETE))) {
          unpack(home);
          Files.writeString(home.resolve(COMPLETE), VERSION);
        }
      }
    }
    return new PostgresBinaries(home);
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toAbsolutePath().toString();
  }

  private static void unpack(Path home) throws IOException {
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String architecture = machine.equals("amd64") ? "x86_64" : machine;
    try (InputStream packed =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), architecture)) {
      if (packed == null) {
        throw new IOException("no PostgreSQL binaries for " + architecture + " on the class path");
      }
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          write(home, entry, tar);
        }
      }
    }
  }

  private static String system() {
    String name = System.getProperty("os.name");
    return name.startsWith("Mac") ? "Darwin" : name.startsWith("Windows") ? "Windows" : "Linux";
  }

  private static void write(Path home, TarArchiveEntry entry, TarArchiveInputStream tar)
      throws IOException {
    Path target = home.resolve(entry.getName()).normalize();
    if (!target.startsWith(home)) {
      throw new IOException("archive entry leaves its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    Files.deleteIfExists(target);
    if (entry.isSymbolicLink() || entry.isLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    if (target.getParent().endsWith("bin") && !target.toFile().setExecutable(true)) {
      throw new IOException(target + " cannot be made executable; is the file system noexec?");
    }
  }
}
