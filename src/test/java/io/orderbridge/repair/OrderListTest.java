package io.orderbridge.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.OrderKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R12")
class OrderListTest {
  private final Action force = new ForceAction(null, null, null);
  private final Wish wish =
      new Wish(
          0,
          "force",
          Map.of("status", "PAID"),
          false,
          "why",
          "ann",
          Instant.parse("2026-11-26T02:00:00Z"));

  private List<Line> read(String csv) {
    return OrderList.csv(csv, force, wish);
  }

  private List<BadLine> bad(String csv) {
    return lines(catchThrowableOfType(Declined.class, () -> read(csv)));
  }

  @SuppressWarnings("unchecked")
  private static List<BadLine> lines(Declined declined) {
    return (List<BadLine>) declined.more().get("lines");
  }

  @Test
  void a_list_is_read_as_spreadsheets_write_it() {
    List<Line> lines =
        read(
            "\uFEFFshop,number,reason,at\r\n"
                + "demo,0017,\"paid, says \"\"bank\"\"\",2026-11-20T10:00:00+08:00\r\n"
                + "\r\n"
                + "demo, 9007199254740993 ,,\r\n");

    assertThat(lines)
        .containsExactly(
            new Line(
                1,
                new OrderKey("demo", "0017"),
                Map.of("reason", "paid, says \"bank\"", "at", "2026-11-20T10:00:00+08:00")),
            new Line(2, new OrderKey("demo", "9007199254740993"), Map.of()));
  }

  @Test
  void every_bad_line_is_named_with_its_number_and_nothing_is_read() {
    String csv =
        "shop,number,at\n"
            + "demo,1,2026-11-20T10:00:00+08:00\n"
            + "demo,,\n"
            + "demo,3,yesterday\n"
            + "demo,4\n"
            + "demo,1,\n"
            + "demo,\"5,\n"
            + "de/mo,6,\n"
            + "demo,7,2036-01-01T00:00:00Z\n";

    Declined declined = catchThrowableOfType(Declined.class, () -> read(csv));

    assertThat(lines(declined).stream().map(line -> line.line() + " " + line.what()))
        .containsExactly(
            "3 order number has 0 characters, expected 1 to 100",
            "4 has a time that is wrong: 'at' is no ISO-8601 time with offset such as"
                + " 2026-11-20T10:00:00+08:00",
            "5 has 2 cells, expected 3",
            "6 names demo/1 as line 2 does",
            "7 text follows a closing quote, or a quote is never closed; write \"\" for one",
            "8 shop has a slash or a control character",
            "9 has a time that is wrong: 'at' is before 2000 or more than a day ahead");
    assertThat(declined)
        .hasMessage(
            "line 3 order number has 0 characters, expected 1 to 100, and 6 more; nothing was"
                + " done");
  }

  @Test
  void a_list_without_its_columns_or_with_unknown_ones_is_refused() {
    String expected =
        "the first line names the columns; expected shop, number and, if wanted, at, parcel,"
            + " reason";
    assertThat(bad("demo,1\n")).containsExactly(new BadLine(1, expected));
    assertThat(bad("shop,number,amount\ndemo,1,3\n")).containsExactly(new BadLine(1, expected));
    assertThat(bad("shop,number,number\ndemo,1,3\n")).containsExactly(new BadLine(1, expected));
    assertThat(bad("")).containsExactly(new BadLine(1, expected));
    assertThat(bad("shop,number\n\n")).containsExactly(new BadLine(1, "no order is named"));
  }

  @Test
  void a_parcel_of_a_milestone_of_the_order_is_refused() {
    assertThat(bad("shop,number,parcel\ndemo,1,1\n"))
        .containsExactly(new BadLine(2, "names a parcel, but PAID belongs to the order"));
  }

  @Test
  void ten_thousand_orders_are_taken_and_one_more_is_not() {
    String most =
        IntStream.range(0, OrderList.LINES_MAX)
            .mapToObj(number -> "demo," + number)
            .collect(Collectors.joining("\n", "shop,number\n", "\n"));

    assertThat(read(most)).hasSize(OrderList.LINES_MAX);
    assertThat(bad(most + "demo,x\n"))
        .containsExactly(new BadLine(10_002, "is one more than the 10000 orders of a repair"));
  }

  @Test
  void orders_as_json_are_read_alike() {
    List<Map<String, String>> orders =
        List.of(
            Map.of("shop", "demo", "number", "1"), Map.of("shop", "demo", "number", "2", "x", "y"));

    Declined declined =
        catchThrowableOfType(Declined.class, () -> OrderList.of(orders, force, wish));

    assertThat(lines(declined))
        .containsExactly(
            new BadLine(2, "has [x]; expected shop, number and, if wanted, at, parcel, reason"));
  }
}
