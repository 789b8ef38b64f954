package io.orderbridge.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.rows.PlainRow;
import io.orderbridge.rows.Rows;
import io.orderbridge.rows.Table;
import io.orderbridge.runtime.TableFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The short way makes of every row what the long way makes of it. */
class PlainEntriesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Table TABLE =
      TableFiles.table(
          """
          format: csv
          header: [no, amount]
          required: [no]
          numbers: [amount]
          rows-max: 100000
          size-max: 100MB
          strip: "'"
          """);
  private static final Layout LAYOUT =
      new Layout(
          List.of("no", "other", "third"),
          new Layout.Codes("kind", Map.of("back", "REFUND", "fee", "FEE", "sale", "SALE")),
          List.of(
              Layout.Amount.of("amount", false, "currency", null),
              new Layout.Amount(
                  EntryKind.FEE,
                  "fee",
                  true,
                  Layout.Sign.TURNED,
                  Map.of(),
                  Layout.Codes.always("CNY"))),
          "pieces",
          new Layout.Codes("status", Map.of("ok", "DONE", "好", "完成"), Layout.Codes.ITSELF),
          Map.of(
              Basis.PAID, new Layout.Time("paid", "yyyy-MM-dd HH:mm:ss", BERLIN),
              Basis.SETTLED, new Layout.Time("settled", "epoch-ms", BERLIN),
              Basis.SHIPPED, new Layout.Time("shipped", "dd.MM.yyyy", BERLIN)),
          Layout.Codes.asWritten("shop"),
          "sku");
  private static final String HEADER =
      "no,other,third,kind,amount,currency,fee,pieces,status,paid,settled,shipped,shop,sku\n";
  private static final List<List<String>> CELLS =
      List.of(
          List.of(
              "A-1", "订单2", " 3", "'4'", "", "0", "00", "-", "NONREF", "\"a,b\"", "x".repeat(201)),
          List.of("", "B", "0000", "--", "NONREF", "KREF+", "NOTPROVIDED", "　全角　", "0".repeat(33)),
          List.of("", "C", "ü"),
          List.of("sale", "sale", "back", "fee", "odd"),
          List.of("1", "-1.5", "\"1,234.50\"", "1234.567", "", "0", "0.00", ".5", "1.", "+2", "x"),
          List.of("CNY", "JPY", "USD", "QQQ", ""),
          List.of("", "0", "12", "-3", "1.5"),
          List.of("1", "-2", "3.000", "", "1.5"),
          List.of("ok", "好", "other", ""),
          List.of(
              "2025-10-31 23:59:59",
              "2025-03-30 02:30:00",
              "2025-10-26 02:30:00",
              "2025-02-30 00:00:00",
              "2025-10-31 24:00:00",
              "1999-12-31 00:00:00",
              "2025/10/31 00:00:00",
              ""),
          List.of("1761883200000", "1", "99999999999999", "176188320000x", ""),
          List.of("31.10.2025", "", "31.02.2025"),
          List.of("店", "shop", ""),
          List.of("s-1", "", "a\tb"));

  @RepeatedTest(5)
  void every_row_is_the_same_entries_on_either_way(RepetitionInfo repetition) {
    String file = file(new Random(20_261_129L + repetition.getCurrentRepetition()));

    Told shortly = new Told(true);
    Told longly = new Told(false);
    read(file, shortly);
    read(file, longly);

    assertThat(shortly.told).isEqualTo(longly.told);
    assertThat(shortly.plain).isPositive();
    assertThat(longly.plain).isZero();
  }

  @Test
  void a_key_that_stands_in_no_column_of_its_own_is_read_the_long_way() {
    Layout made =
        new Layout(
            List.of("number"),
            null,
            List.of(Layout.Amount.of("amount", false, null, "CNY")),
            null,
            null,
            Map.of(),
            null,
            null,
            Map.of("number", new Layout.Made(List.of("no"), Pattern.compile("订单(\\d+)"), "$1")));
    Told told = new Told(made, true);

    read("no,amount\n订单77,1.00\n", told);

    assertThat(told.plain).isZero();
    assertThat(told.told).singleElement().satisfies(one -> assertThat(one).contains("3737"));
  }

  @Test
  void plain_rows_of_a_book_stay_plain_unless_their_amount_is_shared() {
    String file = "no,amount\n1,2.00\n1,2.00\n";
    Layout layout = Layout.of("no", Layout.Amount.of("amount", false, null, "CNY"), null, Map.of());
    Told told = new Told(layout, true);
    Told shared = new Told(layout, true);

    read(file, new Allocating(book(layout, Book.Terms.NONE), layout, told));
    Book.Allocate allocate = new Book.Allocate("amount", "amount", "no");
    read(file, new Allocating(book(layout, new Book.Terms(null, allocate)), layout, shared));

    assertThat(told.plain).isEqualTo(2);
    assertThat(shared.plain).isZero();
  }

  private static Book book(Layout layout, Book.Terms terms) {
    Book.From from = new Book.From("a/table", null, BERLIN, null, null, false);
    return new Book("a/book", from, layout, Map.of(), terms);
  }

  /** Most cells are the first of their list, so that whole rows are good as well. */
  private static String file(Random random) {
    StringBuilder file = new StringBuilder(HEADER);
    for (int i = 0; i < 600; i++) {
      List<String> row = new ArrayList<>();
      for (List<String> cells : CELLS) {
        row.add(cells.get(random.nextInt(10) == 0 ? random.nextInt(cells.size()) : 0));
      }
      file.append(String.join(",", row)).append(random.nextInt(50) == 0 ? ",more\n" : "\r\n");
    }
    return file.toString();
  }

  private static void read(String file, Rows.Sink told) {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    Rows.stream(TABLE, new ByteArrayInputStream(bytes), told);
  }

  /** Every row that is read, as the bytes of its entries or the reason why it has none. */
  private static final class Told implements Rows.Sink {
    private final boolean takesPlain;
    private final EntryReader reader;
    private final EntryBytes bytes = new EntryBytes();
    private final Repeats repeats = new Repeats();
    private final List<String> told = new ArrayList<>();
    private int plain;

    Told(boolean takesPlain) {
      this(LAYOUT, takesPlain);
    }

    Told(Layout layout, boolean takesPlain) {
      this.reader = new EntryReader(layout, null);
      this.takesPlain = takesPlain;
    }

    @Override
    public boolean plain(PlainRow row) {
      PlainEntries entries = takesPlain ? reader.plain(row.columns()) : null;
      if (entries == null || !entries.read(row)) {
        return false;
      }
      for (int i = 0; i < entries.size(); i++) {
        bytes.add(entries, i);
      }
      plain++;
      tell();
      return true;
    }

    @Override
    public void row(Map<String, String> row) {
      try {
        reader.read(row).forEach(bytes::add);
        tell();
      } catch (EntryReader.NoEntry e) {
        told.add(row.get(Rows.LINE) + " " + e.getMessage());
      }
    }

    private void tell() {
      bytes.mark(repeats);
      bytes.cells().endPage();
      CopyBytes block = bytes.cells().block();
      byte[] rows = Arrays.copyOf(block.array(), block.size());
      byte[] entries = Arrays.copyOf(bytes.array(), bytes.size());
      told.add(HexFormat.of().formatHex(entries) + " " + HexFormat.of().formatHex(rows));
      bytes.clear();
      block.clear();
    }

    @Override
    public void refused(int line, String why) {
      told.add(line + " " + why);
    }

    @Override
    public void note(String note) {
      told.add(note);
    }
  }
}
