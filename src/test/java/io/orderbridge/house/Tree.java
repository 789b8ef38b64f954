package io.orderbridge.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The files of the project, as the rules of this package read them. Tests start in its root. */
final class Tree {
  private static final Set<String> NOT_OURS =
      Set.of(".git", "target", "data", ".idea", ".vscode", "node_modules");
  // Larger files are samples and archives; no rule speaks of them.
  private static final long SIZE_MAX = 1_000_000;

  private Tree() {}

  /** The readable files below a folder or file, in a stable order; none when it does not exist. */
  static List<Path> files(String root) {
    List<Path> found = new ArrayList<>();
    if (!Files.exists(Path.of(root))) {
      return found;
    }
    try {
      Files.walkFileTree(Path.of(root), new Collector(found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(null);
    return found;
  }

  static List<Path> files(String root, String ending) {
    return files(root).stream().filter(path -> path.toString().endsWith(ending)).toList();
  }

  /** The lines of a text file; none when its bytes are not UTF-8. */
  static List<String> lines(Path path) {
    try {
      return Files.readAllLines(path);
    } catch (MalformedInputException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(path + " is missing; the build and the image need it", e);
    }
  }

  /** Each line in which the pattern is found, as {@code file:line: what}. */
  static List<String> hits(List<Path> files, Pattern wrong, String what) {
    List<String> hits = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = lines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (wrong.matcher(lines.get(i)).find()) {
          hits.add("%s:%d: %s".formatted(file, i + 1, what));
        }
      }
    }
    return hits;
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final List<Path> found;

    Collector(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean ours = !NOT_OURS.contains(folder.getFileName().toString());
      return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && attributes.size() <= SIZE_MAX) {
        found.add(file.normalize());
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
