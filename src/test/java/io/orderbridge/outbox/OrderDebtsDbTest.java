package io.orderbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import io.orderbridge.Heart;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.Books;
import io.orderbridge.order.OrderBook;
import io.orderbridge.outbox.Target.Moot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R08")
class OrderDebtsDbTest {
  private static final String AT = "2026-11-20T10:00:00+08:00";
  private static final String OWED =
      "select w.queue || ' ' || e.type from work w join event e on e.seq = w.ref order by w.id";

  private final Heart heart = Heart.fresh();
  private final OrderBook book = Books.open(heart, Owing.debts(heart));

  @AfterEach
  void end() {
    Books.close(book);
    heart.close();
  }

  private void say(String number, Object... facts) {
    book.record(Books.facts(number, facts), "shopify", null, null).join();
  }

  private static Map<String, Object> reached(String milestone) {
    return Books.reached(milestone, AT);
  }

  @Test
  void a_target_is_owed_the_events_it_wants_and_no_others() {
    // Given
    heart.targets.replace("erp", Owing.target("erp", List.of("order.paid"), Set.of()));
    heart.targets.replace("crm", Owing.target("crm", List.of("order.*"), Set.of()));

    // When
    say("1", reached("CREATED"));
    say("1", reached("PAID"));
    say("1", reached("PAID"));

    // Then
    assertThat(heart.texts(OWED))
        .containsExactlyInAnyOrder(
            "outbox:crm order.created", "outbox:crm order.paid", "outbox:erp order.paid");
    assertThat(heart.texts("select key from work"))
        .doesNotHaveDuplicates()
        .allSatisfy(key -> assertThat(key).matches("[0-9a-f]{32}:(erp|crm)"));
  }

  @Test
  void nothing_is_owed_before_the_order_has_reached_what_the_target_needs() {
    // Given
    Set<Milestone> needs = Set.of(Milestone.CREATED, Milestone.PAID);
    heart.targets.replace(
        "wms", Owing.target("wms", List.of("order.created", "order.paid"), needs));

    // When
    say("1", reached("PAID"));
    assertThat(heart.texts(OWED)).isEmpty();
    say("1", reached("CREATED"));
    say("2", reached("CREATED"), reached("PAID"));

    // Then
    assertThat(heart.texts(OWED))
        .containsExactly(
            "outbox:wms order.created", "outbox:wms order.created", "outbox:wms order.paid");
  }

  @Test
  void deliveries_of_one_order_share_a_lane_and_those_of_two_do_not() {
    heart.targets.replace("crm", Owing.target("crm", List.of("order.*"), Set.of()));
    say("1", reached("CREATED"), reached("PAID"));
    say("2", reached("CREATED"));
    assertThat(heart.texts("select lane from work order by id"))
        .containsExactly("demo/1", "demo/1", "demo/2");
  }

  @Test
  void a_target_may_choose_another_ordering_key_and_falls_back_on_the_order() {
    // Given
    JsonPointer carrier = JsonPointer.compile("/data/raw/shopify");
    heart.targets.replace(
        "crm",
        new Target(
            "crm",
            List.of("order.*"),
            Set.of(),
            Set.of(),
            false,
            carrier,
            Owing.RETRY,
            Owing.LIMITS,
            Owing.BREAKER,
            Moot.NEVER,
            List.of(),
            null));

    // When
    Map<String, Object> order = Map.of("shop", "demo", "number", "1");
    book.record(Map.of("order", order, "version", AT, "raw", "blue"), "shopify", null, null).join();
    say("2", reached("CREATED"));

    // Then
    assertThat(heart.texts("select lane from work order by id")).containsExactly("=blue", "demo/2");
  }

  @Test
  void a_need_that_parcels_reach_is_reached_when_every_parcel_has() {
    // Given
    Set<Milestone> needs = Set.of(Milestone.OUTBOUND_SCANNED);
    heart.targets.replace("shop", Owing.target("shop", List.of("order.*"), needs));

    // When
    say("1", reached("PACKED"));
    assertThat(heart.texts(OWED)).isEmpty();
    say("1", reached("OUTBOUND_SCANNED"));

    // Then
    assertThat(heart.texts(OWED)).containsExactly("outbox:shop order.shipped");
  }
}
