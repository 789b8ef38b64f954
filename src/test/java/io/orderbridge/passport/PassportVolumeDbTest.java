package io.orderbridge.passport;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Books;
import io.orderbridge.order.CustomerKey;
import io.orderbridge.order.Orders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One order among many: found by index, however many there are (R21). */
@Tag("R21")
@Timeout(300)
class PassportVolumeDbTest {
  private static final int ORDERS = 300_000;
  private static final int ASKED = 300;
  private static final long SEED = 20_261_129L;
  private static final Duration P95_MAX = Duration.ofSeconds(1);
  private static final List<String> LARGE =
      List.of(
          "customer_order",
          "order_fact",
          "event",
          "attempt",
          "work",
          "lane",
          "dead_letter",
          "finding",
          "upload_deadline",
          "system_state",
          "order_tracking",
          "order_person",
          "notice",
          "notice_send");

  @TempDir Path folder;

  @Test
  void a_passport_among_300_000_orders_is_read_by_index_in_less_than_a_second() {
    try (PassportStage stage = new PassportStage(folder)) {
      fill(stage);
      stage.backlog.refresh();
      Map<String, Long> before = readWhole(stage);

      long[] took = new long[ASKED];
      Random random = new Random(SEED);
      for (int i = 0; i < ASKED; i++) {
        OrderKey key = new OrderKey("demo", "N" + (1_000_000 + random.nextInt(ORDERS)));
        long begun = System.nanoTime();
        Passport passport = stage.reader.read(key, stage.clock.instant()).orElseThrow();
        PassportDocument.of(passport);
        took[i] = System.nanoTime() - begun;
        assertThat(passport.wires().deliveries()).hasSize(2);
        assertThat(passport.notes().notices().get(0).sent()).hasSize(1);
      }

      Arrays.sort(took);
      System.out.printf(
          "passport of %,d orders: p50 %d ms, p95 %d ms, max %d ms%n",
          ORDERS,
          took[ASKED / 2] / 1_000_000,
          took[ASKED * 95 / 100] / 1_000_000,
          took[ASKED - 1] / 1_000_000);
      assertThat(Duration.ofNanos(took[ASKED * 95 / 100])).isLessThan(P95_MAX);
      assertThat(readWhole(stage))
          .as("seed %d: rows read without an index, by table", SEED)
          .isEqualTo(before);
    }
  }

  @Test
  @Tag("R21")
  void the_orders_of_a_phone_number_are_found_by_index_in_less_than_a_second() {
    try (PassportStage stage = new PassportStage(folder)) {
      fill(stage);
      Orders orders = Books.orders(stage.heart);
      Map<String, Long> before = readWhole(stage);

      long[] took = new long[ASKED];
      for (int i = 0; i < ASKED; i++) {
        long begun = System.nanoTime();
        String customer = CustomerKey.of("+86 138-0000-" + (1000 + i), null, null);
        assertThat(orders.ofCustomer(customer)).hasSize(ORDERS / 100_000);
        took[i] = System.nanoTime() - begun;
      }

      Arrays.sort(took);
      System.out.printf("orders of a phone number: p95 %d us%n", took[ASKED * 95 / 100] / 1_000);
      assertThat(Duration.ofNanos(took[ASKED * 95 / 100])).isLessThan(P95_MAX);
      assertThat(readWhole(stage)).isEqualTo(before);
    }
  }

  private static void fill(PassportStage stage) {
    String state =
        "{\"claims\":{\"CREATED\":{\"shop\":1795766400000},\"PAID\":{\"pay\":1795766400000}},"
            + "\"payments\":{},\"parcels\":{},\"refunds\":{},\"raw\":{},\"documents\":{}}";
    List<String> rows =
        List.of(
            "insert into customer_order (shop, number, status, revision, state, since)"
                + " select 'demo', 'N' || i, 'PAID', 2, '"
                + state
                + "', now()"
                + " from generate_series(1000000, %1$d) i",
            "insert into order_fact (order_id, system, inbox_id, facts)"
                + " select id, 'shop', id, '{\"facts\":[{\"milestone\":\"CREATED\","
                + "\"at\":\"2026-11-27T08:00:00Z\"}]}' from customer_order, generate_series(1, 2)",
            "insert into event (tx, id, type, subject, order_id, body)"
                + " select 1, 'e' || id || t, t, 'demo/' || number, id,"
                + " '{\"data\":{\"change\":{\"milestone\":\"PAID\"}}}'"
                + " from customer_order, unnest(array['order.created', 'order.paid']) t",
            "insert into attempt (work_id, queue, ref, subject, number, outcome, status, took_ms)"
                + " select seq, 'outbox:erp', seq, subject, 1, 'DONE', 200, 5 from event",
            "insert into upload_deadline (target, subject, due_at, warn_at)"
                + " select 'shop', 'demo/' || number, now() + interval '2 days', now() + interval"
                + " '1 day' from customer_order",
            "insert into system_state (system, shop, number, status, raw, read_at)"
                + " select 'erp', shop, number, 'PAID', 'ok', now() from customer_order",
            "insert into order_tracking select 'T' || number, id from customer_order",
            "insert into order_person (order_id, receiver, customer)"
                + " select id, '{\"name\":\"n\"}', encode(sha256(convert_to('tel:86' ||"
                + " (13800000000 + id %% 100000), 'UTF8')), 'hex') from customer_order",
            "insert into notice (gate, order_id, item, shop, number, gate_at, since, conditions,"
                + " steps, state) select 'shipped', id, '1', shop, number, now(), now(), '{}', 0,"
                + " 'SENDING' from customer_order",
            "insert into notice_send (notice_id, step, channel, vendor, planned_at, counted,"
                + " content, state, personal) select id, 0, 'sms', 'aliyun-sms', now(), true,"
                + " 'TRANSACTION', 'ACCEPTED', false from notice",
            "insert into finding (scope, kind, code, subject, item, level, cause, evidence, zh, en,"
                + " opened_at, seen_at, state) select 'x', 'STUCK', 'S', 'demo/' || number, '',"
                + " 'WARNING', '', '{}', 'z', 'e', now(), now(), 'CLEARED' from customer_order"
                + " where id %% 3 = 0",
            "insert into work (queue, lane, ref, ref_at, subject, key)"
                + " select 'outbox:gone', 'demo/X' || i, i, now(), 'demo/X' || i, 'k'"
                + " from generate_series(1, 50000) i",
            "insert into lane (queue, lane, due_at) select queue, lane, now() + interval '9 days'"
                + " from work",
            "insert into dead_letter (work_id, queue, lane, ref, ref_at, subject, key, cause,"
                + " place, message, payload, attempts, since, words) select i, 'inbox:shop', '#1',"
                + " i, now(), 'm' || i, 'k', 'UNMAPPED_VALUE', '', 'm', convert_to('{\"id\":\"M' ||"
                + " i || '\"}', 'UTF8'), 1, now(), array['M' || i] from generate_series(1, 50000)"
                + " i");
    for (String sql : rows) {
      stage.heart.execute(sql.formatted(1_000_000 + ORDERS - 1));
    }
    stage.heart.execute("analyze");
  }

  // Of all partitions of a table together; an empty partition is read as a whole, at no cost.
  private static Map<String, Long> readWhole(PassportStage stage) {
    Map<String, Long> scans = new TreeMap<>();
    stage.heart.execute("select pg_stat_force_next_flush()");
    for (String table : LARGE) {
      scans.put(
          table,
          stage.heart.number(
              ("select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables"
                      + " where relname = '%1$s' or relname ~ '^%1$s_p?[0-9]'")
                  .formatted(table)));
    }
    return scans;
  }
}
