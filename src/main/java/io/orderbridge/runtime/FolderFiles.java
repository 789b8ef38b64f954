package io.orderbridge.runtime;

import java.util.Optional;

/** A folder below {@code mappings/} of which each file is a thing of its own, named by it. */
interface FolderFiles {
  /** Whether a path below {@code mappings/} is in this folder. */
  boolean isBelow(String path);

  /** What to say of a file whose name is not read. */
  String names();

  /**
   * How the file of a path is read and used; empty when its name is none of this folder.
   *
   * @param text of the file; empty when it is gone
   */
  Optional<RuleFile<?>> find(String path, String text);
}
