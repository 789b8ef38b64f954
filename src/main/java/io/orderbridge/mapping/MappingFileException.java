package io.orderbridge.mapping;

/** A mapping file or table cannot be read; becomes a {@link io.orderbridge.kernel.FileProblem}. */
class MappingFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  MappingFileException(int line, String what) {
    super(what);
    this.line = line;
  }

  int line() {
    return line;
  }
}
