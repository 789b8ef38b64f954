package io.orderbridge.books;

import java.util.Map;
import java.util.Optional;

/** The code tables in force, as books need them. Thread-safe. */
@FunctionalInterface
public interface CodeTables {
  /** First column to second column of a table such as {@code shop/status}; empty for no table. */
  Optional<Map<String, String>> find(String name);
}
