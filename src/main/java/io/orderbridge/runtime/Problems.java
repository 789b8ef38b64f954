package io.orderbridge.runtime;

import io.orderbridge.health.RefusedFiles;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.release.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jboss.logging.Logger;

/**
 * What is wrong with the files of {@code routes/} and {@code mappings/} now. A file's problems go
 * when it is good again or deleted. Logged once per change. Thread-safe.
 */
@Singleton
public class Problems implements RefusedFiles {
  private static final Logger LOG = Logger.getLogger(Problems.class);

  private final Map<String, List<FileProblem>> byFile = new ConcurrentSkipListMap<>();
  private final Map<String, Folders.Refused> last = new ConcurrentSkipListMap<>();
  private final Clock clock;

  @Inject
  Problems(Clock clock) {
    this.clock = clock;
  }

  /** For who does not ask when. */
  Problems() {
    this(Clock.systemUTC());
  }

  /** All problems, by file and line. */
  @Override
  public List<FileProblem> current() {
    return byFile.values().stream().flatMap(List::stream).toList();
  }

  /** The files that have problems. */
  Set<String> files() {
    return Set.copyOf(byFile.keySet());
  }

  /** What is wrong with one file; empty when nothing is. */
  List<FileProblem> of(String file) {
    return byFile.getOrDefault(file, List.of());
  }

  /** When a file was refused last, and why, even if it is good by now; null when it never was. */
  Folders.Refused last(String file) {
    return last.get(file);
  }

  /** Sets what is wrong with one file; an empty list when nothing is. */
  void replace(String file, List<FileProblem> problems) {
    List<FileProblem> before =
        problems.isEmpty() ? byFile.remove(file) : byFile.put(file, List.copyOf(problems));
    if (!problems.equals(before == null ? List.of() : before)) {
      if (!problems.isEmpty()) {
        last.put(file, new Folders.Refused(clock.instant(), List.copyOf(problems)));
      }
      problems.forEach(
          problem ->
              LOG.warnf(
                  "reload.refused file=%s line=%d what=%s",
                  problem.file(), problem.line(), problem.what()));
    }
  }
}
