package io.orderbridge.runtime;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.mapping.Mappings;
import io.orderbridge.release.FilePath;
import io.orderbridge.release.Folders;
import io.orderbridge.release.Hash;
import io.orderbridge.release.Key;
import io.orderbridge.release.Step;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The folders that are watched, for who edits their files through the API. */
@Singleton
class EditedFolders implements Folders {
  private final RouteLoading.Settings settings;
  private final Mappings mappings;
  private final Problems problems;
  private final Clock clock;
  private final Queue<Awaited> awaited = new ConcurrentLinkedQueue<>();
  private final EditorKeys keys = new EditorKeys();
  private volatile FolderWatch watch;
  private volatile Loader.Loaded loaded;

  private record Awaited(
      FilePath path, byte[] text, Set<FileProblem> before, CompletableFuture<Verdict> verdict) {}

  EditedFolders(RouteLoading.Settings settings, Mappings mappings, Problems problems, Clock clock) {
    this.settings = settings;
    this.mappings = mappings;
    this.problems = problems;
    this.clock = clock;
  }

  /** Begins with the reload that looks at the folders. */
  void open(FolderWatch folderWatch, Loader.Loaded reload) {
    loaded = reload;
    watch = folderWatch;
  }

  /** The folders were looked at; called on the thread that does. */
  void looked() {
    for (Awaited one : awaited) {
      if (Arrays.equals(one.text(), loaded.round().taken(one.path().toString()))) {
        awaited.remove(one);
        one.verdict().complete(verdict(one));
      }
    }
  }

  private Verdict verdict(Awaited one) {
    List<FileProblem> others = new ArrayList<>(problems.current());
    others.removeAll(one.before());
    others.removeIf(problem -> problem.file().equals(one.path().toString()));
    return new Verdict(
        clock.instant(), state(one.path()), problems.of(one.path().toString()), others);
  }

  @Override
  public List<Known> list() {
    List<Known> known = new ArrayList<>();
    for (Path root : List.of(settings.mappings, settings.routes)) {
      String label = root.equals(settings.routes) ? "routes/" : "mappings/";
      try (Stream<Path> files = Files.walk(root, 2)) {
        files
            .filter(Files::isRegularFile)
            .map(file -> label + root.relativize(file).toString().replace('\\', '/'))
            .filter(FilePath::isOne)
            .sorted()
            .forEach(path -> find(FilePath.of(path)).ifPresent(known::add));
      } catch (IOException e) {
        throw new Declined(
            Declined.Kind.READ_ONLY, "the folder %s cannot be read: %s".formatted(label, e));
      }
    }
    return known;
  }

  @Override
  public Optional<Known> find(FilePath path) {
    try {
      Optional<byte[]> text = read(path);
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Known(
                  path,
                  Hash.of(text.get()),
                  Files.getLastModifiedTime(file(path)).toInstant(),
                  state(path),
                  problems.of(path.toString()),
                  problems.last(path.toString())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private State state(FilePath path) {
    if (!problems.of(path.toString()).isEmpty()) {
      return State.REFUSED;
    }
    return loaded != null && loaded.trial().rests(path) ? State.RESTING : State.IN_FORCE;
  }

  @Override
  public Optional<byte[]> read(FilePath path) {
    Path file = file(path);
    try {
      return Files.isRegularFile(file) && isInside(path, file)
          ? Optional.of(Files.readAllBytes(file))
          : Optional.empty();
    } catch (IOException e) {
      throw new Declined(
          Declined.Kind.READ_ONLY, "%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  @Override
  public List<FileProblem> check(FilePath path, byte[] text) {
    return watch().between(() -> loaded.trial().check(path, text));
  }

  @Override
  public void write(FilePath path, Optional<byte[]> text) {
    Path file = file(path);
    Path beside = file.resolveSibling("." + path.file() + ".tmp");
    try {
      Files.createDirectories(file.getParent());
      if (!isInside(path, file.getParent()) || Files.isSymbolicLink(file)) {
        throw new IOException("it is a link; edit what it leads to");
      }
      if (text.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        WholeFile.write(beside, file, text.get());
      }
    } catch (IOException e) {
      throw new Declined(
          Declined.Kind.READ_ONLY,
          "%s cannot be written (%s); make the folder %s writable for this process, or edit the"
                  .formatted(path, e, root(path))
              + " file where the folder comes from");
    }
  }

  @Override
  public Optional<Verdict> await(FilePath path, byte[] text, Duration most) {
    Awaited one =
        new Awaited(path, text, new HashSet<>(problems.current()), new CompletableFuture<>());
    awaited.add(one);
    try {
      return Optional.of(one.verdict().get(most.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      awaited.remove(one);
    }
  }

  @Override
  public List<Step> outline(FilePath path, String text) {
    return watch().between(() -> loaded.trial().outline(path, text));
  }

  @Override
  public List<Key> keys(FilePath path, List<String> place) {
    return keys.at(path, place);
  }

  @Override
  public List<Use> uses() {
    return watch().between(() -> loaded.trial().uses());
  }

  @Override
  public Mappings mappings() {
    return mappings;
  }

  private FolderWatch watch() {
    if (watch == null) {
      throw new Declined(
          Declined.Kind.READ_ONLY, "the routes are not loaded yet; ask again in a few seconds");
    }
    return watch;
  }

  private Path root(FilePath path) {
    return path.folder().equals("routes") ? settings.routes : settings.mappings;
  }

  private Path file(FilePath path) {
    return root(path).resolve(path.system()).resolve(path.file());
  }

  // A link in the folder must not lead an editor out of it, as it does not lead the reload.
  private boolean isInside(FilePath path, Path file) throws IOException {
    return file.toRealPath().startsWith(root(path).toRealPath());
  }
}
