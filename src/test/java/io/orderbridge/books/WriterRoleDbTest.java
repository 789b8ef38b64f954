package io.orderbridge.books;

import static io.orderbridge.books.Shelf.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.store.Database;
import io.orderbridge.store.StoreRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Who writes a snapshot can add to the books, and take nothing from them. */
@Tag("R37")
class WriterRoleDbTest {
  private final Shelf shelf = new Shelf();

  @AfterEach
  void end() {
    shelf.close();
  }

  @Test
  void a_snapshot_is_written_by_a_role_that_may_insert_and_select() {
    shelf.heart.execute(
        """
        create table public.wrote (name text);
        grant insert on public.wrote to orderbridge_books;
        create function public.note() returns trigger language plpgsql as $$
        begin insert into public.wrote values (current_user); return new; end $$;
        create trigger who before insert on books.snapshot
          for each row execute function public.note()\
        """);

    shelf.take("bank", line("A-1", "1.00", "ok"));
    shelf.take("bank", line("A-1", "1.00", "ok"));

    assertThat(shelf.heart.texts("select name from public.wrote"))
        .containsExactly("orderbridge_books");
    assertThat(shelf.heart.texts("select current_user::text")).containsExactly("postgres");
  }

  @Test
  void update_delete_truncate_and_drop_as_that_role_are_refused() {
    Snapshot taken = shelf.take("bank", line("A-1", "1.00", "ok"));
    String entries = SnapshotSql.table(taken.id());

    for (String table : List.of(entries, "books.snapshot", "books.aside")) {
      for (String sql :
          List.of(
              "delete from " + table,
              "truncate " + table,
              "drop table " + table,
              "alter table " + table + " disable trigger all",
              "update "
                  + table
                  + " set "
                  + (table.equals(entries) ? "amount" : column(table))
                  + " = 1")) {
        assertThatThrownBy(() -> as(sql))
            .as(sql)
            .isInstanceOf(StoreRefused.class)
            .hasMessageMatching("(?s).*(permission denied|must be owner).*");
      }
    }
    assertThatThrownBy(() -> as("select books.drop_unsealed(" + taken.id() + ")"))
        .hasMessageContaining("is sealed");
    assertThat(shelf.snapshots.verify("bank").stands()).isTrue();
  }

  @Test
  void the_lines_of_the_page_give_the_schema_away_and_snapshots_are_taken_all_the_same()
      throws IOException {
    shelf.heart.execute(
        """
        do $$ begin
          create role orderbridge login;
          create role books_owner;
        exception when duplicate_object then null;
        end $$\
        """);
    shelf.heart.execute(page().replaceAll("create role [^;]*;", ""));
    PGSimpleDataSource application = new PGSimpleDataSource();
    application.setUrl(shelf.heart.url);
    application.setUser("orderbridge");
    Snapshots snapshots = new Snapshots(new Database(application));
    byte[] file = (Shelf.HEADER + line("A-1", "1.00", "ok")).getBytes(StandardCharsets.UTF_8);

    Snapshot taken = null;
    for (int i = 0; i < 2; i++) {
      taken =
          snapshots.take(
              new Snapshots.Reading(
                  new Snapshot.Of("bank", Shelf.DAY), Shelf.WITHOUT_FOOTER, Shelf.LAYOUT),
              () -> new ByteArrayInputStream(file),
              Shelf.NIGHT);
    }

    assertThat(taken.version()).isEqualTo(1);
    assertThat(snapshots.verify("bank").stands()).isTrue();
    String table = SnapshotSql.table(taken.id());
    Database database = new Database(application);
    for (String sql :
        List.of("alter table " + table + " disable trigger all", "drop table " + table)) {
      assertThatThrownBy(
              () -> database.run(connection -> connection.createStatement().execute(sql)))
          .hasMessageContaining("must be owner");
    }
  }

  private static String page() throws IOException {
    String page = Files.readString(Path.of("docs/books.md"));
    int from = page.indexOf("```sql") + "```sql".length();
    return page.substring(from, page.indexOf("```", from));
  }

  private static String column(String table) {
    return table.equals("books.aside") ? "line" : "id";
  }

  // As taking a snapshot does, and then something else.
  private void as(String sql) {
    shelf.heart.execute("select books.write_only(); " + sql);
  }
}
