package io.orderbridge.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What the database folder says about itself before any server is started in it. */
final class PostgresFolder {
  static final String HOST = "127.0.0.1";

  private static final int CONNECT_MAX_MS = 1000;
  private static final int PASSWORD_BYTES = 24;
  // postmaster.pid: process id, data folder, start time, port, ... one per line.
  private static final int PORT_LINE = 3;

  private final Path folder;

  PostgresFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder ours until the channel is closed or this process ends.
   *
   * @throws IllegalStateException when it is not writable or another Orderbridge runs in it
   */
  FileChannel lock() {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve("orderbridge.lock");
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new IllegalStateException(
            "database folder %s is in use by another Orderbridge (process %s); stop it, or give"
                    .formatted(folder, Files.readString(file).strip())
                + " this one another orderbridge.db.folder or an orderbridge.db.url");
      }
      Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
      return channel;
    } catch (IOException e) {
      throw new IllegalStateException(
          "database folder %s cannot be written (%s); set orderbridge.db.folder to a folder of this"
                  .formatted(folder, e.getClass().getSimpleName())
              + " user, or orderbridge.db.url to a PostgreSQL of yours",
          e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Refuses a folder that another major version of PostgreSQL has written. */
  void checkVersion(String major) throws IOException {
    Path file = folder.resolve("data").resolve("PG_VERSION");
    if (Files.exists(file) && !Files.readString(file).strip().equals(major)) {
      throw new IllegalStateException(
          "database folder %s was written by PostgreSQL %s, this Orderbridge brings %s; dump it"
                  .formatted(folder, Files.readString(file).strip(), major)
              + " with the older Orderbridge's server (pg_dump) and restore into a new folder");
    }
  }

  /** The password of our user, drawn when there is none yet. */
  String password() throws IOException {
    Path file = folder.resolve("password");
    if (!Files.exists(file)) {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(random), StandardOpenOption.WRITE);
    }
    return Files.readString(file).strip();
  }

  private Optional<Integer> lastPort() throws IOException {
    Path file = folder.resolve("port");
    return Files.exists(file)
        ? Optional.of(Integer.valueOf(Files.readString(file).strip()))
        : Optional.empty();
  }

  /** The port of a server that still runs on this folder's data. */
  Optional<Integer> runningPort() throws IOException {
    List<String> lines = serverFile();
    if (lines.size() <= PORT_LINE || !isAlive(lines.get(0).strip())) {
      return Optional.empty();
    }
    int port = Integer.parseInt(lines.get(PORT_LINE).strip());
    return accepts(port) ? Optional.of(port) : Optional.empty();
  }

  /** Whether the server on this folder's data has a living process, even if it does not answer. */
  boolean hasServer() throws IOException {
    List<String> lines = serverFile();
    return !lines.isEmpty() && isAlive(lines.get(0).strip());
  }

  private List<String> serverFile() throws IOException {
    try {
      return Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"));
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static boolean isAlive(String pid) {
    return pid.matches("\\d{1,10}")
        && ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(HOST, port), CONNECT_MAX_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The port to start on.
   *
   * @param wanted 0 for the port of last time when it is free, or any free one
   */
  int choosePort(int wanted) throws IOException {
    if (wanted != 0) {
      requireFree(wanted);
      return wanted;
    }
    Optional<Integer> last = lastPort();
    if (last.isPresent() && isFree(last.get())) {
      return last.get();
    }
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return any.getLocalPort();
    }
  }

  static void requireFree(int port) {
    if (!isFree(port)) {
      throw new IllegalStateException(
          "database port %d is taken by another program; set orderbridge.db.port to a free one or 0"
              .formatted(port));
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
