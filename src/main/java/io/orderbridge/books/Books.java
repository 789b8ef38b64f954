package io.orderbridge.books;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The books of all connections, replaced while messages flow. Thread-safe. */
@Singleton
public class Books {
  private final Map<String, Book> byName = new ConcurrentSkipListMap<>();
  private final Map<String, Book> own = new ConcurrentSkipListMap<>();
  private final CodeTables codes;

  public Books(CodeTables codes) {
    this.codes = codes;
  }

  /** Sets the books of a connection; none when it has none any more. Their snapshots stay. */
  public void replace(String connection, Collection<Book> books) {
    List<String> names = books.stream().map(Book::name).toList();
    byName.keySet().removeIf(known -> known.startsWith(connection + "/") && !names.contains(known));
    books.forEach(book -> byName.put(book.name(), book));
  }

  /** A book that no connection file describes; it stays. */
  void add(Book book) {
    own.put(book.name(), book);
  }

  /** The book {@code <connection>/<book>}, if its connection file is in force, or an own one. */
  public Optional<Book> find(String name) {
    return Optional.ofNullable(own.getOrDefault(name, byName.get(name)));
  }

  /** All of them, by name. */
  public List<Book> all() {
    Map<String, Book> all = new TreeMap<>(byName);
    all.putAll(own);
    return List.copyOf(all.values());
  }

  /**
   * The layout with what its code tables say now.
   *
   * @throws Refusal UNMAPPED_VALUE when such a table is not loaded
   */
  Layout layout(Book book) {
    Layout layout = book.layout();
    if (book.codeTables().isEmpty()) {
      return layout;
    }
    return new Layout(
        layout.keys(),
        codes(book, "kind", layout.kind()),
        layout.amounts().stream().map(amount -> currencies(book, amount)).toList(),
        layout.quantity(),
        codes(book, "status", layout.status()),
        layout.times(),
        codes(book, "shop", layout.shop()),
        layout.sku(),
        layout.made());
  }

  private Layout.Codes codes(Book book, String part, Layout.Codes own) {
    String table = book.codeTables().get(part);
    if (table == null) {
      return own;
    }
    Map<String, String> translated =
        codes
            .find(table)
            .orElseThrow(
                () ->
                    new Refusal(
                        Cause.UNMAPPED_VALUE,
                        "books." + book.name() + "." + part,
                        "no code table mappings/%s.csv is loaded".formatted(table)));
    return new Layout.Codes(own.column(), translated, own.otherwise());
  }

  private Layout.Amount currencies(Book book, Layout.Amount amount) {
    return amount.currency().column() == null
        ? amount
        : new Layout.Amount(
            amount.kind(),
            amount.column(),
            amount.minor(),
            amount.sign(),
            amount.minusWhen(),
            codes(book, "currencies", amount.currency()));
  }
}
