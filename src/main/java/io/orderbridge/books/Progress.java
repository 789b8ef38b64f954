package io.orderbridge.books;

/** Is told how far long work has come, often and on the thread that does it; it has to be quick. */
@FunctionalInterface
public interface Progress {
  /** For whom nobody waits. */
  Progress NONE = (step, done, all) -> {};

  /**
   * @param step what is done at present: {@code joining}, {@code giving}
   * @param done so many rows of {@code all}
   */
  void at(String step, long done, long all);
}
