package io.orderbridge.runtime;

import io.orderbridge.kernel.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks at a folder and says what changed since the last look. A file is read only when size and
 * times were the same in two looks, so that one which is just being written is left alone; the
 * first look takes everything. Not thread-safe: one thread looks.
 */
final class WatchedFolder {
  // routes/sandbox/<system>/<file>, and one to spare.
  private static final int DEPTH_MAX = 4;

  private final Path root;
  private final String label;
  private final long fileMaxBytes;
  private final Predicate<String> wanted;

  private final Map<String, Stamp> before = new HashMap<>();
  private final Map<String, Taken> taken = new HashMap<>();
  private Set<String> goneBefore = Set.of();
  private boolean first = true;
  // Whether everything that the last look saw is taken: when the next sees the same, it is done.
  private boolean calm;

  /**
   * @param label how the folder is called in messages: routes, mappings
   * @param wanted which paths below the folder are looked at
   */
  WatchedFolder(Path root, String label, long fileMaxBytes, Predicate<String> wanted) {
    this.root = root;
    this.label = label;
    this.fileMaxBytes = fileMaxBytes;
    this.wanted = wanted;
  }

  /**
   * What one look found.
   *
   * @param changed content by path below the folder, sorted
   * @param deleted paths that were there
   * @param refused files that are not read at all
   */
  record Changes(Map<String, byte[]> changed, Set<String> deleted, List<FileProblem> refused) {
    boolean isEmpty() {
      return changed.isEmpty() && deleted.isEmpty() && refused.isEmpty();
    }
  }

  private record Stamp(Map<String, Object> attributes, String problem) {}

  private record Taken(Stamp stamp, byte[] content) {}

  Changes look() {
    Map<String, Stamp> now = stamps();
    if (calm && now.equals(before)) {
      return new Changes(Map.of(), Set.of(), List.of());
    }
    Map<String, byte[]> changed = new TreeMap<>();
    Map<String, FileProblem> refused = new TreeMap<>();
    now.forEach(
        (path, stamp) -> {
          Taken last = taken.get(path);
          boolean settled = first || stamp.equals(before.get(path));
          if (settled && (last == null || !last.stamp().equals(stamp))) {
            take(path, stamp, last, changed, refused);
          }
        });
    Set<String> deleted = deleted(now.keySet());
    deleted.forEach(taken::remove);
    before.clear();
    before.putAll(now);
    first = false;
    calm = taken.size() == now.size() && now.entrySet().stream().allMatch(this::isTaken);
    return new Changes(changed, deleted, List.copyOf(refused.values()));
  }

  private boolean isTaken(Map.Entry<String, Stamp> seen) {
    Taken file = taken.get(seen.getKey());
    return file != null && file.stamp().equals(seen.getValue());
  }

  /** The last content of all files that were taken, by path. */
  Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new TreeMap<>();
    taken.forEach(
        (path, file) -> {
          if (file.stamp().problem().isEmpty()) {
            contents.put(path, file.content());
          }
        });
    return contents;
  }

  /** The content of a file as it was taken last; null when it was not. */
  byte[] content(String path) {
    Taken file = taken.get(path);
    return file == null || !file.stamp().problem().isEmpty() ? null : file.content();
  }

  private void take(
      String path,
      Stamp stamp,
      Taken last,
      Map<String, byte[]> changed,
      Map<String, FileProblem> refused) {
    if (!stamp.problem().isEmpty()) {
      refused.put(path, new FileProblem(label + "/" + path, 0, stamp.problem()));
      taken.put(path, new Taken(stamp, new byte[0]));
      return;
    }
    try {
      byte[] content = Files.readAllBytes(root.resolve(path));
      if (!stamp.equals(stamp(root.resolve(path), stamp))) {
        return;
      }
      taken.put(path, new Taken(stamp, content));
      boolean touched =
          last != null
              && last.stamp().problem().isEmpty()
              && Arrays.equals(last.content(), content);
      if (!touched) {
        changed.put(path, content);
      }
    } catch (IOException e) {
      // Deleted or locked since it was listed; the next look tells.
      before.remove(path);
    }
  }

  // Some editors move the old file away before they write the new one, so once is not enough.
  private Set<String> deleted(Set<String> present) {
    Set<String> gone = new TreeSet<>(taken.keySet());
    gone.removeAll(present);
    if (!Files.isDirectory(root)) {
      gone.clear();
    }
    Set<String> deleted = new TreeSet<>(gone);
    deleted.retainAll(goneBefore);
    goneBefore = new HashSet<>(gone);
    return deleted;
  }

  private Map<String, Stamp> stamps() {
    Map<String, Stamp> stamps = new HashMap<>();
    if (Files.isDirectory(root)) {
      collect(root, "", 1, stamps);
    }
    return stamps;
  }

  private void collect(Path folder, String prefix, int depth, Map<String, Stamp> stamps) {
    List<Path> entries;
    try (Stream<Path> listed = Files.list(folder)) {
      entries = listed.toList();
    } catch (IOException e) {
      // Gone or not readable: what was taken from it stays until it can be read again.
      keep(folder, prefix, stamps);
      return;
    }
    for (Path entry : entries) {
      String name = entry.getFileName().toString();
      String path = prefix + name;
      if (isTemporary(name)) {
        continue;
      }
      if (!Files.isDirectory(entry)) {
        if (wanted.test(path)) {
          stamps.put(path, stamp(entry, before.get(path)));
        }
      } else if (depth < DEPTH_MAX && isInside(entry)) {
        collect(entry, path + "/", depth + 1, stamps);
      }
    }
  }

  private void keep(Path folder, String prefix, Map<String, Stamp> stamps) {
    taken.forEach(
        (path, file) -> {
          if (Files.exists(folder) && path.startsWith(prefix)) {
            stamps.put(path, file.stamp());
          }
        });
  }

  private static boolean isTemporary(String name) {
    return name.startsWith(".")
        || name.startsWith("#")
        || name.endsWith("~")
        || name.endsWith(".swp")
        || name.endsWith(".tmp")
        || name.endsWith(".bak");
  }

  private Stamp stamp(Path file, Stamp last) {
    try {
      if (!isInside(file)) {
        return refused("is a link that leads out of the folder; copy the file");
      }
      Map<String, Object> attributes =
          Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
      if ((Long) attributes.get("size") > fileMaxBytes) {
        return refused("is larger than the %d bytes that are allowed".formatted(fileMaxBytes));
      }
      // Its owner and mode do not change without its ctime.
      if (last != null && last.attributes().equals(attributes)) {
        return last;
      }
      if (!Files.isReadable(file)) {
        return new Stamp(attributes, "cannot be read by this user; change its owner or mode");
      }
      return new Stamp(attributes, "");
    } catch (IOException e) {
      return refused("cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static Stamp refused(String problem) {
    return new Stamp(Map.of(), problem);
  }

  // What is no link is where the folder is in which it stands. Asked of each file in each look.
  private boolean isInside(Path file) {
    try {
      return !Files.isSymbolicLink(file) || file.toRealPath().startsWith(root.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }
}
