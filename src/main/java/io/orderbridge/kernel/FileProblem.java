package io.orderbridge.kernel;

/**
 * What is wrong with a file that an integrator edits. It is shown by {@code orderbridge check}, in
 * the log and at the health endpoint while the last good version keeps running.
 *
 * @param file path as the integrator knows it, for example {@code routes/erp/connection.yaml}
 * @param line first line is 1; 0 when the whole file is meant
 * @param what what is wrong and what is allowed, without secrets
 */
public record FileProblem(String file, int line, String what) {
  @Override
  public String toString() {
    return line > 0 ? "%s:%d: %s".formatted(file, line, what) : "%s: %s".formatted(file, what);
  }
}
