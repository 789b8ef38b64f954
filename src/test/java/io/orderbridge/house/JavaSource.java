package io.orderbridge.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A Java file as the compiler reads it, so that a rule sees code and not what looks like it. */
record JavaSource(Path path, CompilationUnitTree unit, SourcePositions positions) {

  /** Parses, without resolving names, all Java files below a folder. */
  static List<JavaSource> below(String folder) {
    List<Path> paths = Tree.files(folder, ".java");
    if (paths.isEmpty()) {
      return List.of();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(paths);
      var options = List.of("-proc:none");
      var task = (JavacTask) compiler.getTask(null, files, null, options, null, units);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<JavaSource> sources = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        Path path = Path.of("").toAbsolutePath().relativize(absolute(unit));
        sources.add(new JavaSource(path, unit, positions));
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls {@code rule} with every part of the file that is of the kind. */
  <T extends com.sun.source.tree.Tree> void each(Class<T> kind, BiConsumer<T, JavaSource> rule) {
    new TreeScanner<Void, Void>() {
      @Override
      public Void scan(com.sun.source.tree.Tree part, Void nothing) {
        if (kind.isInstance(part) && part.getKind() != Kind.ERRONEOUS) {
          rule.accept(kind.cast(part), JavaSource.this);
        }
        return super.scan(part, nothing);
      }
    }.scan(unit, null);
  }

  long firstLine(com.sun.source.tree.Tree part) {
    return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, part));
  }

  long lastLine(com.sun.source.tree.Tree part) {
    return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, part));
  }

  /** Whether the part stands in the text; the compiler adds some, such as a plain constructor. */
  boolean written(com.sun.source.tree.Tree part) {
    return positions.getEndPosition(unit, part) > 0;
  }

  String place(com.sun.source.tree.Tree part) {
    return path + ":" + firstLine(part);
  }

  private static Path absolute(CompilationUnitTree unit) {
    return Path.of(unit.getSourceFile().toUri());
  }
}
