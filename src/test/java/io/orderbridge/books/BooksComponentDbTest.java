package io.orderbridge.books;

import static io.orderbridge.books.BookStage.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a route gives to {@code books:}. */
@Tag("R37")
@Tag("R43")
class BooksComponentDbTest {
  private static final byte[] FILE =
      """
      no,amount,fee,currency,at
      A,10.00,0.10,CNY,2026-11-20 10:00:00
      B,5.00,,CNY,2026-11-20 11:00:00
      """
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private final BookStage stage = new BookStage(BookStage.SHOP);
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private ProducerTemplate to;

  @BeforeEach
  void start() {
    camel.addComponent("books", stage.component());
    camel.start();
    to = camel.createProducerTemplate();
  }

  @AfterEach
  void stop() {
    camel.stop();
    stage.close();
  }

  @Test
  void bytes_text_streams_and_files_are_the_same_snapshot_and_the_body_stays() throws IOException {
    Path path = Files.write(folder.resolve("bill.csv"), FILE);
    GenericFile<java.io.File> wrapped = new GenericFile<>();
    wrapped.setFile(path.toFile());

    for (Object body :
        List.of(
            FILE,
            new String(FILE, StandardCharsets.UTF_8),
            new ByteArrayInputStream(FILE),
            path,
            path.toFile(),
            wrapped)) {
      Exchange exchange = send("books:shop/bill", body, "2026-11-20@aa");
      assertThat(exchange.getException()).as(body.getClass().getName()).isNull();
      assertThat(exchange.getMessage().getBody()).isSameAs(body);
    }

    Snapshot taken = last("shop/bill").orElseThrow();
    assertThat(taken.version()).isEqualTo(1);
    assertThat(stage.entries(taken)).containsExactly("A 1000 CNY", "A FEE -10 CNY", "B 500 CNY");
    assertThat(stage.heart.number("select count(*) from books.snapshot")).isEqualTo(1);
  }

  @Test
  void the_day_is_that_of_the_header_else_of_the_windows_file_else_of_the_clock() {
    send("books:shop/bill", FILE, "2026-11-18@aa");
    to.send(
        "books:shop/bill",
        exchange -> {
          exchange.getMessage().setBody(FILE);
          exchange.getMessage().setHeader(Carried.MESSAGE_ID, "2026-11-18@aa");
          exchange.getMessage().setHeader(BooksComponent.DAY, "2026-11-19");
        });
    send("books:shop/dropped", FILE, "some-name.csv");

    assertThat(stage.heart.texts("select source || ' ' || day from books.snapshot order by id"))
        .containsExactly("shop/bill 2026-11-18", "shop/bill 2026-11-19", "shop/dropped 2026-11-21");
    assertThat(refusal(sendWithDay("20.11.2026")).place()).isEqualTo("header OrderbridgeDay");
  }

  @Test
  void rows_of_a_mapping_are_staged_also_one_alone_and_a_repeat_changes_nothing() {
    Map<String, Object> row =
        Map.of("id", "m1", "order", "A", "amount", "1.00", "at", "2026-11-20T04:00:00Z");
    for (int i = 0; i < 2; i++) {
      assertThat(send("books:shop/moves", row, "m1").getException()).isNull();
      assertThat(send("books:shop/moves", List.of(row), "m1").getException()).isNull();
    }

    assertThat(stage.heart.number("select count(*) from books_staged")).isEqualTo(1);
    assertThat(stage.heart.number("select touched from books_staged_day")).isEqualTo(1);
  }

  @Test
  void rows_for_a_book_of_files_and_a_file_for_a_book_of_rows_are_told_apart() {
    assertThat(refusal(send("books:shop/bill", List.of(Map.of()), "x")))
        .hasMessageContaining("put it before rows:");
    assertThat(refusal(send("books:shop/moves", FILE, "x")))
        .hasMessageContaining("put it behind the mapping");
    assertThat(refusal(send("books:shop/bill", null, "x")).why()).isEqualTo(Cause.FILE_REFUSED);
    assertThat(refusal(send("books:shop/none", FILE, "x")).why()).isEqualTo(Cause.ROUTE_FAILED);
  }

  @Test
  @Tag("R46")
  void rates_are_kept_under_the_connection_and_a_repeat_is_none() {
    Map<String, Object> usd =
        Map.of("day", "2026-11-20", "base", "USD", "quote", "CNY", "rate", "7.0432");
    for (int i = 0; i < 2; i++) {
      to.send(
          "books:rates",
          exchange -> {
            exchange.getMessage().setBody(List.of(usd));
            exchange.getMessage().setHeader(Carried.CONNECTION, "parity/rates");
          });
    }
    to.send(
        "books:rates",
        exchange -> {
          exchange
              .getMessage()
              .setBody(
                  Map.of(
                      "source",
                      "parity",
                      "day",
                      "2026-11-20",
                      "base",
                      "USD",
                      "quote",
                      "CNY",
                      "rate",
                      "7.05"));
        });

    assertThat(
            stage.heart.texts(
                "select concat_ws(' ', source, base, quote, units, price, version) from"
                    + " books_rate order by version"))
        .containsExactly("parity USD CNY 1 7.0432 1", "parity USD CNY 1 7.05 2");
    assertThat(stage.rates.list(List.of("parity"), DAY, DAY))
        .singleElement()
        .satisfies(rate -> assertThat(rate.price()).isEqualByComparingTo("7.05"));
  }

  @Test
  void a_wrong_name_fails_when_the_route_is_built() {
    for (String uri : List.of("books:table", "books:a/b/c", "books:shop/bill?day=1")) {
      assertThatThrownBy(() -> camel.getEndpoint(uri)).as(uri).isNotNull();
    }
    assertThatThrownBy(() -> camel.getEndpoint("books:table"))
        .hasStackTraceContaining("expected books:<connection>/<name in books:>");
  }

  private Exchange sendWithDay(String day) {
    return to.send(
        "books:shop/bill",
        exchange -> {
          exchange.getMessage().setBody(FILE);
          exchange.getMessage().setHeader(BooksComponent.DAY, day);
        });
  }

  private Exchange send(String uri, Object body, String id) {
    return to.send(
        uri,
        exchange -> {
          exchange.getMessage().setBody(body);
          exchange.getMessage().setHeader(Carried.MESSAGE_ID, id);
          exchange.getMessage().setHeader(Carried.MESSAGE, 7L);
        });
  }

  private static Refusal refusal(Exchange exchange) {
    assertThat(exchange.getException()).isInstanceOf(Refusal.class);
    return (Refusal) exchange.getException();
  }

  private Optional<Snapshot> last(String book) {
    return stage.snapshots.last(new Snapshot.Of(book, DAY));
  }
}
