package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A list of notices reads no more in a shop that has many, and nothing is out of its reach. */
class NoticeSearchDbTest {
  private static final int MANY = 2 * NoticeList.LOOKED_MAX;
  private final Heart heart = Heart.fresh();
  private final NoticeList list = new NoticeList(heart.database);

  @AfterEach
  void close() {
    heart.close();
  }

  private static NoticeList.Filter ofRule(String rule, Long before) {
    return new NoticeList.Filter(null, null, null, null, before, null, null, rule);
  }

  private void notices() {
    heart.execute(
        """
        insert into notice (gate, order_id, item, shop, number, gate_at, since, conditions, decided,
                            state, steps)
        select 'shipped', i, '', 'demo', 'n' || i,
               timestamptz '2026-11-01 00:00+00' + i * interval '1 minute', now(), '{}',
               case when i = 1 then '[{"rule":"rare"}]' else '[{"rule":"common"}]' end,
               'DELIVERED', 1
          from generate_series(1, %d) i\
        """
            .formatted(MANY));
    heart.execute("analyze notice");
  }

  @Test
  void what_is_seldom_decided_is_found_by_going_on() {
    notices();

    assertThat(list.list(ofRule("common", null), 50)).hasSize(50);
    assertThat(list.list(ofRule("rare", null), 50)).isEmpty();
    Long last = list.lookedTo(ofRule("rare", null));
    assertThat(last).isEqualTo(MANY - NoticeList.LOOKED_MAX + 1);

    assertThat(list.list(ofRule("rare", last), 50))
        .extracting(notice -> notice.order().number())
        .containsExactly("n1");
    assertThat(list.lookedTo(ofRule("rare", last))).isEqualTo(1L);
    assertThat(list.lookedTo(ofRule("rare", 1L))).isNull();
  }

  @Test
  void a_day_of_last_month_is_not_looked_for_notice_by_notice() {
    notices();
    NoticeList.Filter day =
        new NoticeList.Filter(
            null,
            "shipped",
            Instant.parse("2026-11-01T00:00:00Z"),
            Instant.parse("2026-11-01T01:00:00Z"),
            null);
    String sql = "explain select * from " + new NoticeSearch(day).rows();

    List<String> plan =
        heart.texts(
            sql.replaceFirst("\\?", "'shipped'")
                .replaceFirst("\\?", "'2026-11-01 00:00+00'")
                .replaceFirst("\\?", "'2026-11-01 01:00+00'")
                .replaceFirst("\\?", "50"));
    assertThat(String.join("\n", plan)).contains("notice_gate_at").doesNotContain("Seq Scan");
    assertThat(list.list(day, 100))
        .hasSize(59)
        .extracting(notice -> notice.order().number())
        .startsWith("n59", "n58");
  }
}
