package io.orderbridge.books;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Role;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people ask about books. */
@Tag("R37")
@Tag("R43")
@Tag("R77")
class SnapshotResourceDbTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEAD = "no,amount,fee,currency,at\n";

  private final BookStage stage = new BookStage(BookStage.SHOP);
  private final SnapshotResource resource =
      new SnapshotResource(
          stage.books,
          stage.days,
          new SnapshotBook(
              stage.books,
              stage.days,
              new SnapshotList(stage.heart.database),
              stage.snapshots,
              Clock.fixed(BookStage.NOW, ZoneOffset.UTC)),
          new Uploads(stage.heart.database, stage.files),
          Clock.fixed(BookStage.NOW, ZoneOffset.UTC));

  @AfterEach
  void end() {
    stage.close();
  }

  @Test
  void a_file_that_is_given_becomes_the_snapshot_and_who_gave_it_is_audited() {
    JsonNode taken = ok(upload(HEAD + "A,10.00,0.10,CNY,2026-11-20 10:00:00\nB,x,,CNY,\n"));

    assertThat(taken.at("/book").asText()).isEqualTo("shop/bill");
    assertThat(taken.at("/sums/CNY").asText()).isEqualTo("9.90");
    assertThat(taken.at("/putAside").asInt()).isEqualTo(1);
    JsonNode one = ok(resource.snapshot("shop", "bill", taken.at("/id").asLong()));
    assertThat(one.at("/aside/0/line").asInt()).isEqualTo(3);
    assertThat(one.at("/aside/0/why").asText()).isEqualTo("column 'amount' is no amount");
    assertThat(stage.heart.texts("select actor || ' ' || action || ' ' || subject from audit"))
        .containsExactly("mei book.uploaded shop/bill");
  }

  @Test
  void what_changed_since_is_listed_with_its_cells_and_the_chain_stands() {
    long first = ok(upload(HEAD + "A,10.00,,CNY,\nB,5.00,,CNY,\n")).at("/id").asLong();
    long later = ok(upload(HEAD + "A,10.00,,CNY,\nB,5.01,,CNY,\n")).at("/id").asLong();

    JsonNode changes =
        ok(resource.changes("shop", "bill", later, first, 10, new Mei(Role.FINANCE)))
            .at("/changes");

    assertThat(changes).hasSize(1);
    assertThat(changes.at("/0/key").asText()).isEqualTo("B");
    assertThat(changes.at("/0/before/amount").asText()).isEqualTo("5.00");
    assertThat(changes.at("/0/after/amount").asText()).isEqualTo("5.01");
    assertThat(
            stage.heart.texts(
                "select actor || ' ' || subject || ' ' || detail from audit"
                    + " where action = 'row.opened'"))
        .containsExactly("mei snapshot %d shop/bill 2026-11-20 rows=1".formatted(later));
    JsonNode chain = ok(resource.verify("shop", "bill"));
    assertThat(chain.at("/stands").asBoolean()).isTrue();
    assertThat(chain.at("/snapshots").asInt()).isEqualTo(2);
    JsonNode list = ok(resource.snapshots("shop", "bill", "2026-11-20", "2026-11-20", 10));
    assertThat(list.at("/snapshots")).hasSize(2);
    assertThat(list.at("/snapshots/0/id").asLong()).isEqualTo(later);
    assertThat(
            resource.changes("shop", "moves", later, first, 10, new Mei(Role.FINANCE)).getStatus())
        .isEqualTo(404);
    assertThat(resource.changes("shop", "bill", later, null, 10, new Mei(Role.FINANCE)).getStatus())
        .isEqualTo(400);
  }

  @Test
  void one_flipped_byte_is_found() {
    long id = ok(upload(HEAD + "A,10.00,,CNY,\n")).at("/id").asLong();
    String table = "books.cells_" + id;
    stage.heart.execute("alter table %s disable trigger user".formatted(table));
    stage.heart.execute("update %s set cells = set_byte(cells, 14, 49)".formatted(table));

    JsonNode chain = ok(resource.verify("shop", "bill"));

    assertThat(chain.at("/stands").asBoolean()).isFalse();
    assertThat(chain.at("/broken/0/why").asText()).isEqualTo("its entries or rows were changed");
  }

  @Test
  void what_is_missing_for_a_day_is_told_by_name_and_awaited_is_no_error() {
    ok(upload(HEAD));
    stage.day("bill", "PROVED", 1);
    stage.heart.execute(
        """
        insert into source_window (source, starts_at, ends_at, due_at, next_at)
        values ('shop/moves', '2026-11-19T16:00:00Z', '2026-11-20T16:00:00Z',
                '2026-11-21T10:00:00Z', '2026-11-21T10:00:00Z')\
        """);

    JsonNode told = ok(resource.awaited("2026-11-20"));

    assertThat(told.at("/complete/0").asText()).isEqualTo("shop/bill");
    assertThat(told.at("/missing")).hasSize(2);
    assertThat(told.at("/missing/0/book").asText()).isEqualTo("shop/dropped");
    assertThat(told.at("/missing/0/state").asText()).isEqualTo("MISSING");
    assertThat(told.at("/missing/1/book").asText()).isEqualTo("shop/moves");
    assertThat(told.at("/missing/1/state").asText()).isEqualTo("AWAITED");
    assertThat(told.at("/missing/1/dueAt").asText()).isEqualTo("2026-11-21T10:00:00Z");

    JsonNode bill = JSON.valueToTree(resource.all()).at("/books/0");
    assertThat(bill.at("/completeUntil").asText()).isEqualTo("2026-11-20");
    assertThat(bill.at("/last/version").asInt()).isEqualTo(1);
  }

  @Test
  void who_may_not_and_what_is_wrong_is_answered_with_what_is_allowed() {
    String file = HEAD + "A,1.00,,CNY,\n";
    assertThat(upload("bill", file, "2026-11-20", Role.WAREHOUSE).getStatus()).isEqualTo(403);
    assertThat(upload("none", file, "2026-11-20", Role.FINANCE).getStatus()).isEqualTo(404);
    assertThat(upload("bill", file, "yesterday", Role.FINANCE).getStatus()).isEqualTo(400);
    Response moves = upload("moves", file, "2026-11-20", Role.FINANCE);
    assertThat(moves.getStatus()).isEqualTo(400);
    assertThat(JSON.valueToTree(moves.getEntity()).at("/error").asText())
        .contains("the rows of this book come one by one");
    Response broken = upload("bill", "nothing\n", "2026-11-20", Role.FINANCE);
    assertThat(JSON.valueToTree(broken.getEntity()).at("/cause").asText())
        .isEqualTo("FILE_REFUSED");
    assertThat(stage.heart.number("select count(*) from audit")).isZero();
    assertThat(resource.snapshot("shop", "bill", 77).getStatus()).isEqualTo(404);
  }

  private Response upload(String file) {
    return upload("bill", file, "2026-11-20", Role.FINANCE);
  }

  private Response upload(String book, String file, String day, Role role) {
    return resource.upload(
        "shop",
        book,
        day,
        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
        new Mei(role));
  }

  private static JsonNode ok(Response response) {
    JsonNode body = JSON.valueToTree(response.getEntity());
    assertThat(response.getStatus()).as(body.toString()).isEqualTo(200);
    return body;
  }

  private record Mei(Role role) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return () -> "mei";
    }

    @Override
    public boolean isUserInRole(String word) {
      return role.word().equals(word);
    }

    @Override
    public boolean isSecure() {
      return true;
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
