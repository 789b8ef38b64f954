package io.orderbridge.health;

import io.orderbridge.kernel.FileProblem;
import java.util.List;

/** The edits of routes and mappings that were refused and are not mended yet. */
@FunctionalInterface
public interface RefusedFiles {
  List<FileProblem> current();
}
