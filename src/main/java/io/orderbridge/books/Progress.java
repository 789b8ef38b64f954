package io.orderbridge.books;

/** Is told how far long work has come, often and on the thread that does it; it has to be quick. */
@FunctionalInterface
public interface Progress {
  /** For whom nobody waits. */
  Progress NONE = (step, rows, done, all) -> {};

  /**
   * @param step what is done at present: {@code reading}, {@code joining}, {@code giving}
   * @param rows so far in this step
   * @param done so much of {@code all}, in bytes or rows
   * @param all 0 when it is not known how much there is
   */
  void at(String step, long rows, long done, long all);
}
