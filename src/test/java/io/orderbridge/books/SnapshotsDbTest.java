package io.orderbridge.books;

import static io.orderbridge.books.Shelf.DAY;
import static io.orderbridge.books.Shelf.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.kernel.Refusal;
import io.orderbridge.store.StoreRefused;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a source said of a day stands as it was written, or it shows. */
@Tag("R37")
class SnapshotsDbTest {
  private final Shelf shelf = new Shelf();

  @AfterEach
  void end() {
    shelf.close();
  }

  @Test
  void a_line_becomes_an_entry_in_our_words_with_its_cells_as_they_came() {
    Snapshot taken =
        shelf.take("bank", "订单-1,\"1,234.50\",CNY,ok,2025-10-31 23:59:59,\nA-2,-7.1,JPY,ok,,\n");

    assertThat(entries(taken)).containsExactly("订单-1|123450|CNY|DONE|2025-10-31 15:59:59+00||2");
    assertThat(
            shelf.heart.texts(
                "select replace(convert_from(substr(cells, 9), 'UTF8'), chr(31), '|') from "
                    + cells(taken)))
        .containsExactly("订单-1|1234.50|CNY|ok|2025-10-31 23:59:59|");
    assertThat(taken.sums().totals()).hasToString("{CNY=123450}");
    assertThat(shelf.heart.texts("select line || ' ' || why from books.aside"))
        .containsExactly("3 column 'amount' has more decimals than its currency");
  }

  @Test
  void the_same_file_twice_is_the_same_snapshot_and_another_is_a_version() {
    Snapshot first = shelf.take("bank", line("A-1", "1.00", "ok"));

    Snapshot again = shelf.take("bank", line("A-1", "1.00", "ok"));
    Snapshot late = shelf.take("bank", line("A-1", "1.00", "ok") + line("A-2", "2.00", "ok"));
    Snapshot back = shelf.take("bank", line("A-1", "1.00", "ok"));

    assertThat(again).isEqualTo(first);
    assertThat(List.of(first.version(), late.version(), back.version())).containsExactly(1, 2, 3);
    assertThat(entries(first)).hasSize(1);
    assertThat(shelf.snapshots.last(first.of())).contains(back);
    assertThat(shelf.heart.number("select count(*) from books.snapshot")).isEqualTo(3);
    assertThat(tables()).isEqualTo(3);
  }

  @Test
  void a_footer_that_disagrees_refuses_the_file_as_a_whole() {
    var reading = new Snapshots.Reading(new Snapshot.Of("bank", DAY), Shelf.TABLE, Shelf.LAYOUT);
    String lines = line("A-1", "1.00", "ok") + line("A-2", "2.00", "ok");

    assertThatThrownBy(() -> shelf.take(reading, lines + "total,3.01,,,,\n"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'amount' of the footer is 3.01, the rows give 3.00");

    assertThat(tables()).isZero();
    assertThat(shelf.take(reading, lines + "total,3.00,,,,\n").sums().entries()).isEqualTo(2);
  }

  @Test
  void what_is_no_entry_is_put_aside_with_its_line_and_a_reason() {
    Snapshot taken =
        shelf.take(
            "bank",
            line("A-1", "1.00", "ok")
                + line("A-2", "1.00", "odd")
                + line("", "1.00", "ok")
                + "A-4,1.00,CNY,ok,31.10.2025,\n"
                + "A-5,1.00,QQQ,ok,,\n"
                + "A-6,x,CNY,ok,,\n"
                + "A-7,1.00\n");

    assertThat(taken.sums().entries()).isEqualTo(1);
    assertThat(shelf.heart.texts("select line || ': ' || why from books.aside order by line"))
        .containsExactly(
            "3: column 'status' has the code 'odd', which is not known",
            "4: column 'no' has 0 characters, expected 1 to 200",
            "5: column 'paid' is no time as the layout describes it",
            "6: column 'currency' currency is not a code of ISO 4217 such as CNY or USD",
            "7: column 'amount' is no amount",
            "8: has 2 cells, the header has 6");
    assertThat(taken.sums().aside()).isEqualTo(6);
    assertThat(shelf.snapshots.verify("bank").stands()).isTrue();
  }

  @Test
  void a_file_of_bad_rows_alone_is_another_file() {
    String lines = line("A-1", "1.00", "odd").repeat(1_001);

    assertThatThrownBy(() -> shelf.take("bank", lines))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("more than 1000 rows are no entries");
    assertThat(tables()).isZero();
  }

  @Test
  void nothing_of_a_snapshot_can_be_changed() {
    Snapshot taken = shelf.take("bank", line("A-1", "1.00", "ok") + line("A-2", "1.00", "odd"));

    for (String table : List.of(table(taken), cells(taken), "books.snapshot", "books.aside")) {
      for (String act : List.of("delete from " + table, "truncate " + table)) {
        assertThatThrownBy(() -> shelf.heart.execute(act))
            .as(act)
            .isInstanceOf(StoreRefused.class)
            .hasMessageContaining("is insert only");
      }
    }
    assertThatThrownBy(() -> shelf.heart.execute("update " + table(taken) + " set amount = 2"))
        .isInstanceOf(StoreRefused.class);
    assertThat(shelf.snapshots.verify("bank").stands()).isTrue();
  }

  @Test
  void what_the_owner_of_the_tables_changes_all_the_same_is_found() {
    shelf.take("bank", DAY.minusDays(1), line("A-0", "1.00", "ok"));
    Snapshot taken = shelf.take("bank", line("A-1", "1.00", "ok") + line("A-2", "2.00", "odd"));
    shelf.take("other", line("A-1", "1.00", "ok"));
    Chain before = shelf.snapshots.verify("bank");
    assertThat(before).isEqualTo(new Chain(2, taken.seal().hash(), List.of()));

    for (String forged :
        List.of(
            "update %s set amount = 101".formatted(table(taken)),
            "update %s set cells = cells + 1".formatted(table(taken)),
            "update %s set cells = set_byte(cells, 8, 66)".formatted(cells(taken)),
            "update %s set first_place = first_place - 1".formatted(cells(taken)),
            "delete from " + cells(taken),
            "delete from " + table(taken),
            "insert into %1$s select * from %1$s".formatted(table(taken)),
            "update books.aside set why = 'x' where snapshot = " + taken.id(),
            "update books.snapshot set totals = 'CNY 1' where id = " + taken.id(),
            "update books.snapshot set taken_at = taken_at + interval '1 s' where id = "
                + taken.id(),
            "delete from books.snapshot where id < " + taken.id())) {
      asOwner(forged, () -> assertFound(forged, taken));
    }
    assertThat(shelf.snapshots.verify("bank")).isEqualTo(before);
  }

  @Test
  void what_has_changed_since_a_snapshot_is_told_by_key() {
    Snapshot first =
        shelf.take(
            "bank",
            line("A-1", "1.00", "ok") + line("A-2", "2.00", "ok") + line("A-3", "3.00", "ok"));
    String hash = first.seal().hash();
    Snapshot later =
        shelf.take(
            "bank",
            line("A-4", "4.00", "ok") + line("A-2", "2.50", "ok") + line("A-1", "1.00", "ok"));

    assertThat(shelf.snapshots.changed(first.id(), later.id(), 100))
        .extracting(Change::key)
        .containsExactly("A-2", "A-3", "A-4");
    assertThat(shelf.snapshots.changed(first.id(), later.id(), 2)).hasSize(2);
    assertThat(shelf.snapshots.verify("bank"))
        .isEqualTo(new Chain(2, later.seal().hash(), List.of()));
    assertThat(later.seal().previous()).isEqualTo(hash);
  }

  private void assertFound(String forged, Snapshot taken) {
    Chain chain = shelf.snapshots.verify("bank");
    assertThat(chain.broken()).as(forged).extracting(Chain.Broken::snapshot).contains(taken.id());
  }

  /** Does it with the triggers switched off, looks, and sets everything back. */
  private void asOwner(String forged, Runnable look) {
    String tables =
        "books.snapshot books.aside "
            + shelf
                .heart
                .texts(
                    "select string_agg(table_schema || '.' || table_name, ' ') from"
                        + " information_schema.tables where table_schema = 'books' and table_name"
                        + " similar to '(entry|cells)_%'")
                .get(0);
    for (String table : tables.split(" ")) {
      shelf.heart.execute(
          "alter table %1$s disable trigger user; create table kept_%2$s as select * from %1$s"
              .formatted(table, table.replace('.', '_')));
    }
    shelf.heart.execute(forged);
    look.run();
    for (String table : tables.split(" ")) {
      String kept = "kept_" + table.replace('.', '_');
      shelf.heart.execute(
          "truncate %1$s; insert into %1$s select * from %2$s; drop table %2$s"
              .formatted(table, kept));
    }
  }

  private List<String> entries(Snapshot snapshot) {
    return shelf.heart.texts(
        "select concat_ws('|', key, amount, currency, status, paid_at, '' || settled_at, '', place"
            + " / 8) from "
            + table(snapshot)
            + " order by place");
  }

  private long tables() {
    return shelf.heart.number(
        "select count(*) from pg_tables where schemaname = 'books' and tablename like"
            + " 'entry\\__%'");
  }

  private static String cells(Snapshot snapshot) {
    return "books.cells_" + snapshot.id();
  }

  private static String table(Snapshot snapshot) {
    return SnapshotSql.table(snapshot.id());
  }
}
