package io.orderbridge;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A bash in a folder, as a person has it: variables, functions and programs in the background stay
 * from one command to the next. Closing it ends all that it has started. One thread uses it.
 */
final class Terminal implements AutoCloseable {
  private static final String DONE = "--- done ";
  private static final int STOP_MAX_S = 30;
  private static final int TAIL = 25;

  private final Path folder;
  private final Process bash;
  private final Writer typed;
  private final BufferedReader screen;

  /**
   * What a command printed on both of its streams, and its exit status.
   *
   * @param status of the last command
   */
  record Printed(String text, int status) {}

  Terminal(Path folder) {
    this.folder = folder;
    ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc");
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.toLowerCase().endsWith("_proxy"));
    // The java of this test before any other.
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().merge("PATH", java, (path, own) -> own + File.pathSeparator + path);
    try {
      bash = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    typed = bash.outputWriter(StandardCharsets.UTF_8);
    screen =
        new BufferedReader(new InputStreamReader(bash.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Returns when the last of the commands has ended, or is in the background. */
  Printed type(String commands) {
    try {
      Path file = Files.writeString(folder.resolve("typed"), commands);
      // Its own input is ours: no command may read it.
      typed.write(". ./%s < /dev/null; echo \"%s$?\"\n".formatted(file.getFileName(), DONE));
      typed.flush();
      StringBuilder printed = new StringBuilder();
      String line = screen.readLine();
      while (line != null && !line.startsWith(DONE)) {
        printed.append(line).append('\n');
        line = screen.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("the terminal has ended: " + printed);
      }
      return new Printed(printed.toString(), Integer.parseInt(line.substring(DONE.length())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of a file, for a test that fails. */
  static String tail(Path file) {
    try {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> started = bash.descendants().toList();
    started.forEach(ProcessHandle::destroy);
    bash.destroy();
    for (ProcessHandle program : started) {
      program.onExit().orTimeout(STOP_MAX_S, TimeUnit.SECONDS).join();
    }
  }
}
