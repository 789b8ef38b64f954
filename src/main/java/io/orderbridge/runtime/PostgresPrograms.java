package io.orderbridge.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs initdb and pg_ctl, and says why when they fail. */
final class PostgresPrograms {
  private final Path folder;
  private final PostgresBinaries binaries;

  PostgresPrograms(Path folder, PostgresBinaries binaries) {
    this.folder = folder;
    this.binaries = binaries;
  }

  /** Where the server writes before its own log is open. */
  Path startLog() {
    return folder.resolve("start.log").toAbsolutePath();
  }

  /**
   * Runs a program to its end.
   *
   * @param what the verb for messages: create, start, stop
   * @throws IllegalStateException with the program's own last complaint
   */
  void run(String what, String program, List<String> arguments) throws IOException {
    List<String> line = new ArrayList<>(isRoot() ? List.of("unshare", "-U") : List.of());
    line.add(binaries.program(program));
    line.addAll(arguments);
    Path output = folder.resolve("last-" + what + ".txt");
    Files.deleteIfExists(startLog());
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    // Into a file: the server inherits a pipe and would keep it open for its whole life.
    builder.redirectOutput(output.toFile()).environment().put("LC_ALL", "C");
    int code;
    try {
      code = builder.start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the database was to " + what, e);
    }
    if (code != 0) {
      throw new IllegalStateException(
          "the database in %s could not %s: %s%s"
              .formatted(folder, what, complaint(output), rootHint()));
    }
  }

  private String complaint(Path output) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(output));
    if (Files.exists(startLog())) {
      lines.addAll(Files.readAllLines(startLog()));
    }
    return lines.stream()
        .filter(text -> text.matches(".*(FATAL|error|ERROR|could not|failed|denied).*"))
        .reduce((first, second) -> second)
        .orElse("see " + output);
  }

  private static String rootHint() {
    return isRoot()
        ? " (PostgreSQL does not run as root and was started by 'unshare -U'; start Orderbridge as"
            + " another user)"
        : "";
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
