package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Book;
import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Layout;
import io.orderbridge.kernel.FileProblem;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BooksSectionTest {
  private static final String AROUND =
      """
      reads:
        bill:
          daily: {due: "10:00"}
          zone: Asia/Shanghai
          pages: {order: whole}
        queue:
          every: 1m
          pages: {order: queue, items: /data}
          item: {id: /id}
      tables:
        bill: {format: csv, header: [no]}
        account: {format: mt940}
      books:
        book: %s
      """;
  private static final String AMOUNTS = "amounts: [{column: a, currency: CNY}]";

  @Test
  void what_is_not_said_has_a_default() throws IOException {
    Book book =
        DescribedBooks.described(
                "test",
                AROUND.formatted("{table: bill, source: bill, keys: [no], " + AMOUNTS + "}"))
            .book("test/book");

    assertThat(book.from().table()).isEqualTo("test/bill");
    assertThat(book.from().source()).isEqualTo("test/bill");
    assertThat(book.from().zone().getId()).isEqualTo("Asia/Shanghai");
    assertThat(book.layout().amounts().get(0).sign()).isEqualTo(Layout.Sign.BY_KIND);
    assertThat(book.layout().amounts().get(0).minor()).isFalse();
    assertThat(book.layout().kind()).isNull();
    assertThat(book.terms()).isEqualTo(Book.Terms.NONE);
  }

  @Test
  void a_key_may_be_made_of_cells() throws IOException {
    Book book =
        DescribedBooks.described(
                "test",
                AROUND.formatted(
                    "{table: bill, keys: [day-of], made-keys: {day-of: {of: [shop, at],"
                        + " matches: '(.+) (\\d{4})-.*', gives: $2/$1}}, "
                        + AMOUNTS
                        + "}"))
            .book("test/book");

    Layout.Made made = book.layout().made().get("day-of");
    assertThat(made.of()).containsExactly("shop", "at");
    assertThat(made.gives()).isEqualTo("$2/$1");
    assertThat(book.layout().columns()).containsExactly("shop", "at", "a");
  }

  @Test
  void every_key_is_taken() throws IOException {
    Book book =
        DescribedBooks.described(
                "test",
                AROUND.formatted(
                    """

                        zone: UTC
                        id: id
                        day: settled
                        keys: [order, id]
                        kind: {column: k, codes: {p: SALE, r: REFUND}, otherwise: OTHER}
                        status: {column: s, codes: test/status, otherwise: "*"}
                        shop: main
                        sku: sku
                        quantity: n
                        currencies: {RMB: CNY}
                        amounts:
                          - {kind: FEE, column: f, in: minor, sign: turned, currency-column: c,
                             minus-when: {dir: out}}
                          - {column: a, currency: USD}
                        times:
                          settled: {column: at, pattern: epoch-s}
                          ordered: {column: day, pattern: yyyy-MM-dd, zone: Asia/Shanghai}
                        convert: {to: CNY, by: settled, rates: [one, two]}
                        allocate: {column: a, over: w, by: id}
                    """))
            .book("test/book");

    Layout layout = book.layout();
    assertThat(layout.amounts().get(0).kind()).isEqualTo(EntryKind.FEE);
    assertThat(layout.amounts().get(0).sign()).isEqualTo(Layout.Sign.TURNED);
    assertThat(layout.amounts().get(0).minusWhen()).containsKey("dir");
    assertThat(layout.amounts().get(0).currency().column()).isEqualTo("c");
    assertThat(layout.times()).containsOnlyKeys(Basis.SETTLED, Basis.ORDERED);
    assertThat(book.codeTables()).containsEntry("status", "test/status");
    assertThat(book.terms().convert().rates()).containsExactly("one", "two");
    assertThat(book.terms().allocate()).isEqualTo(new Book.Allocate("a", "w", "id"));
    assertThat(layout.columns())
        .contains("order", "id", "k", "s", "sku", "n", "f", "c", "a", "dir", "at", "day");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{table: bil, keys: [no], AMOUNTS}|'table' is 'bil', expected one of account, bill under",
        "{table: bill, source: x, keys: [no], AMOUNTS}|'source' is 'x', expected one of bill,",
        "{table: bill, source: queue, keys: [no], AMOUNTS}|is a queue, which never says",
        "{table: bill, AMOUNTS}|'keys' is missing",
        "{table: bill, keys: [no]}|neither 'amounts' nor 'quantity'",
        "{table: bill, keys: [no], id: x, AMOUNTS}|'id' and 'day' belong to a book without 'table'",
        "{keys: [no], AMOUNTS}|a book needs a 'table'",
        "{id: x, day: paid, keys: [no], AMOUNTS}|'day' is 'paid', which is not among 'times'",
        "{table: bill, keys: [no], amounts: [{column: a}]}|needs 'currency', such as CNY, or",
        "{table: bill, keys: [no], amounts: [{column: a, currency: RMB}]}|is 'RMB', expected a"
            + " currency of ISO 4217",
        "{table: bill, keys: [no], amounts: [{column: a, currency: CNY, sign: x}]}|expected one of"
            + " below, by-kind, kept, turned",
        "{table: bill, keys: [no], amounts: [{column: a, currency: CNY, in: fen}]}|expected one of"
            + " major, minor",
        "{table: bill, keys: [no], kind: SOLD, AMOUNTS}|is 'SOLD', expected one of FEE, OTHER,",
        "{table: bill, keys: [no], kind: {column: k}, AMOUNTS}|has a column but no 'codes'",
        "{table: bill, keys: [no], status: {column: s, codes: Status}, AMOUNTS}|code table such as",
        "{table: bill, keys: [no], times: {booked: {column: d}}, AMOUNTS}|unknown key 'booked'",
        "{table: bill, keys: [no], times: {paid: {column: d, pattern: 'foo'}}, AMOUNTS}|expected"
            + " epoch-ms, epoch-s, iso, or a pattern",
        "{table: bill, keys: [no], AMOUNTS, convert: {to: CNY, by: paid, rates: [x]}}|'convert.by'"
            + " is 'paid', which is not among 'times'",
        "{table: bill, keys: [no], AMOUNTS, convert: {to: CNY, by: paid}}|'convert.rates' is empty",
        "{table: bill, keys: [no], AMOUNTS, allocate: {column: x, over: y}}|no column of 'amounts'",
        "{table: account, keys: [no], AMOUNTS}|a statement has no column 'no', it has account,",
        "{table: bill, keys: [no], made-keys: {m: {of: [a], matches: x}}, AMOUNTS}|'made-keys' has"
            + " 'm', which is not among 'keys'",
        "{table: bill, keys: [m], made-keys: {m: {matches: x}}, AMOUNTS}|'of' is missing; write",
        "{table: bill, keys: [m], made-keys: {m: {of: [a]}}, AMOUNTS}|has no 'matches'",
        "{table: bill, keys: [m], made-keys: {m: {of: [a], matches: '(x'}}, AMOUNTS}|a regular",
        "{table: bill, keys: [m], made-keys: {m: {of: [a], matches: '(x)', gives: $2}}, AMOUNTS}|"
            + "'gives' is '$2': No group 2 in 'matches'",
        "{table: bill, keys: [no], AMOUNTS, sum: 1}|unknown key 'sum' in 'books.book', expected"
      })
  void what_is_wrong_is_said_with_what_is_allowed(String book, String told) {
    List<FileProblem> problems =
        TableFiles.read("test", AROUND.formatted(book.replace("AMOUNTS", AMOUNTS))).problems();

    assertThat(problems)
        .isNotEmpty()
        .anySatisfy(problem -> assertThat(problem.toString()).contains(told))
        .allSatisfy(problem -> assertThat(problem.line()).isPositive());
  }
}
