package io.orderbridge.runtime;

import io.orderbridge.books.CodeTables;
import io.orderbridge.mapping.Mappings;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Joins the books with the code tables of the mappings, which do not know each other. */
@Singleton
class BookCodes implements CodeTables {
  private final Mappings mappings;

  BookCodes(Mappings mappings) {
    this.mappings = mappings;
  }

  @Override
  public Optional<Map<String, String>> find(String name) {
    return mappings.codes(name);
  }
}
