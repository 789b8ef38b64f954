package io.orderbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.books.Basis;
import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept comes back as it was, and takes little room. */
class JudgeLoneTest {
  private static final long SEED = 20_261_137L;
  private static final int ENTRIES = 30_000;

  private final Random random = new Random(SEED);

  private Line line(int place) {
    Map<Basis, Instant> times =
        random.nextInt(9) == 0
            ? Map.of()
            : Map.of(
                Basis.PAID,
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000) * 1_000L));
    Line.Labels labels =
        random.nextBoolean()
            ? null
            : new Line.Labels(text("店铺"), text("sku"), text("备用\u001fref"), text("USD 1.00 * 7"));
    return new Line(
        random.nextLong() >>> random.nextInt(64),
        place,
        "订单😀" + place,
        random.nextBoolean() ? null : EntryKind.values()[random.nextInt(5)],
        random.nextInt(9) == 0 ? null : (Long) random.nextLong() >> 8,
        random.nextBoolean() ? null : "CNY",
        random.nextInt(9) == 0 ? null : (Long) random.nextLong() >> 8,
        random.nextBoolean() ? "" : "已付",
        times,
        random.nextBoolean(),
        labels);
  }

  private String text(String text) {
    return random.nextBoolean() ? null : text + random.nextInt(5);
  }

  @Test
  void what_is_packed_comes_back_as_it_was() {
    JudgePacked packed = new JudgePacked();
    List<List<Line>> all = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      List<Line> lines = List.of(line(i));
      all.add(lines);
      places.add(packed.add(lines));
    }

    for (int i = 0; i < ENTRIES; i++) {
      assertThat(packed.get(places.get(i))).isEqualTo(all.get(i));
    }
  }

  @Test
  void a_key_of_very_many_entries_is_packed_as_well() {
    JudgePacked packed = new JudgePacked();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      lines.add(
          Court.left("A").place(8 * i).fen(i).ref("a further key that is rather long").line());
    }
    long first = packed.add(List.of(line(7)));
    long many = packed.add(lines);

    assertThat(packed.get(many)).isEqualTo(lines);
    assertThat(packed.get(first)).hasSize(1);
  }

  @Test
  void an_entry_takes_little_room() {
    JudgePacked packed = new JudgePacked();
    for (int i = 0; i < 50_000; i++) {
      String number = String.valueOf(1_000_000_000 + i);
      packed.add(
          List.of(
              Court.left("ORD-2026-" + number)
                  .place(8 * i)
                  .fen(random.nextInt(1_000_000))
                  .shop("shop" + i % 7)
                  .ref("TXN-2026-" + number)
                  .line()));
    }

    assertThat(packed.bytes() / 50_000).isLessThan(85);
  }

  @Test
  void the_order_of_entries_is_that_of_time_and_place() {
    JudgeLone lone =
        new JudgeLone(new JudgeMeasure(false), JudgeDays.of(new Court().reconciliation()));
    lone.add(true, false, List.of(Court.left("b").place(16).fen(1).line()));
    lone.add(true, false, List.of(Court.left("a").place(8).fen(1).line()));
    lone.add(true, false, List.of(Court.left("c").place(24).fen(1).day(Court.FROM).line()));
    int[] all = lone.open(true);

    PassOrder.sort(all, lone::compare);

    assertThat(all).containsExactly(2, 1, 0);
  }
}
