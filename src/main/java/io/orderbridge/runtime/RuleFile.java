package io.orderbridge.runtime;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One file of {@code mappings/rules/}: how it is read, and whom it is given to when nothing is
 * wrong with it. A file that is not there leaves the feature without rules of this kind.
 *
 * @param name {@code stuck} for {@code mappings/rules/stuck.yaml}
 * @param read what is wrong is told to the section, with its line; the result is then not used
 * @param use puts what was read in force, for all threads
 * @param none what is in force without the file
 */
record RuleFile<T>(String name, Function<Section, T> read, Consumer<T> use, T none) {
  void take(Section root, boolean good) {
    T rules = read.apply(root);
    if (good) {
      use.accept(rules);
    }
  }

  void takeNone() {
    use.accept(none);
  }
}
