package io.orderbridge;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The packaged product as a process of its own, started as a user starts it: the jar that system
 * property {@code orderbridge.app} names, or the native binary when one was built. It keeps port,
 * files and database over {@link #stop} and {@link #start}. One test class uses one thread.
 */
public final class Product extends Caller implements AutoCloseable {
  private static final String JAR =
      System.getProperty("orderbridge.app", "target/quarkus-app/quarkus-run.jar");
  private static final Path OPTIONS = Path.of("docker/java-options");
  // A start takes some four seconds; initdb and a loaded machine of two cores take the rest.
  private static final Duration READY_MAX = Duration.ofSeconds(90);
  private static final Duration STOP_MAX = Duration.ofSeconds(60);
  private static final int TAIL = 40;
  private static final Set<Product> OPEN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private final Map<String, String> settings = new TreeMap<>();
  private Process process;

  /**
   * @param folder for everything this product writes; its own database too, until {@link #database}
   *     names another
   */
  public Product(Path folder) {
    super(freePort());
    this.folder = folder;
    setting("quarkus.http.port", Integer.toString(port()));
    setting("quarkus.log.console.json.enabled", "false");
    setting("quarkus.http.host", "127.0.0.1");
    setting("orderbridge.routes", routes().toString());
    setting("orderbridge.mappings", mappings().toString());
    setting("orderbridge.db.folder", databaseFolder().toString());
  }

  /** Copies the folders of these systems from {@code routes} and {@code mappings} below a root. */
  public Product systems(Path root, String... names) {
    for (String name : names) {
      copy(root.resolve("routes").resolve(name), routes().resolve(name));
      copy(root.resolve("mappings").resolve(name), mappings().resolve(name));
    }
    return this;
  }

  /** Uses a database that is there already, with user postgres. */
  public Product database(String url) {
    setting("orderbridge.db.url", url);
    return setting("orderbridge.db.user", "postgres");
  }

  public Product setting(String name, String value) {
    settings.put(name, value);
    return this;
  }

  public Product environment(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** Returns when the product says that it is ready. */
  public Product start() {
    try {
      ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
      builder.environment().keySet().removeIf(name -> name.toLowerCase().endsWith("_proxy"));
      builder.environment().putAll(environment);
      Files.createDirectories(routes());
      Files.createDirectories(mappings());
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    OPEN.add(this);
    try {
      Await.until("ready", READY_MAX, this::ready);
    } catch (AssertionError e) {
      System.err.println(tail());
      close();
      throw e;
    }
    return this;
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    File binary = new File(System.getProperty("native.image.path", ""));
    boolean isNative = binary.isFile() && binary.lastModified() > new File(JAR).lastModified();
    command.add(isNative ? binary.getPath() : ProcessHandle.current().info().command().get());
    if (!isNative) {
      command.addAll(List.of(Files.readString(OPTIONS).strip().split("\\s+")));
    }
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    if (!isNative) {
      command.addAll(List.of("-jar", JAR));
    }
    return command;
  }

  private boolean ready() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the product ended with " + process.exitValue());
    }
    try {
      return get("/q/health/ready").statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** SIGTERM; returns how long the end took. */
  public Duration stop() {
    long begun = System.nanoTime();
    process.destroy();
    ended();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** SIGKILL; a database of its own runs on. */
  public void killHard() {
    process.destroyForcibly();
    ended();
  }

  private void ended() {
    try {
      if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the product does not stop within " + STOP_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    OPEN.remove(this);
    if (process.isAlive()) {
      stop();
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  public Path routes() {
    return folder.resolve("routes").toAbsolutePath();
  }

  public Path mappings() {
    return folder.resolve("mappings").toAbsolutePath();
  }

  public Path databaseFolder() {
    return folder.resolve("postgres").toAbsolutePath();
  }

  /** The database, from outside. */
  public Rows rows() {
    String url = settings.get("orderbridge.db.url");
    if (url != null) {
      return new Rows(url, "postgres", "");
    }
    String own = "jdbc:postgresql://127.0.0.1:%s/orderbridge";
    return new Rows(own.formatted(saved("port")), "orderbridge", saved("password"));
  }

  private String saved(String name) {
    try {
      return Files.readString(databaseFolder().resolve(name)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file below {@code routes/} or {@code mappings/} as a whole. */
  public Product write(String path, String text) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Path beside = Files.writeString(folder.resolve("beside"), text);
      Files.move(beside, file, REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The text of a file below {@code routes/} or {@code mappings/}. */
  public String written(String path) {
    try {
      return Files.readString(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is such a file. */
  boolean has(String path) {
    return Files.exists(folder.resolve(path));
  }

  /** Takes a file away, if it is there. */
  void remove(String path) {
    try {
      Files.deleteIfExists(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path logFile() {
    return folder.resolve("product.log");
  }

  public String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    List<String> lines = log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
  }

  /** Copies a folder with all below it; nothing when there is none. */
  public static void copy(Path from, Path to) {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (var paths = Files.walk(from)) {
      Files.createDirectories(to.getParent());
      for (Path path : paths.toList()) {
        // With its permissions: PostgreSQL refuses a folder that others may read.
        Files.copy(path, to.resolve(from.relativize(path).toString()), COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints the last lines of the logs of all products when a test fails. */
  public static final class LogOfFailure implements AfterTestExecutionCallback {
    @Override
    public void afterTestExecution(ExtensionContext context) {
      if (context.getExecutionException().isPresent()) {
        OPEN.forEach(product -> System.err.println(product.tail()));
      }
    }
  }
}
