package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Happenings.Happening;
import io.orderbridge.order.Sayings.Saying;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R01")
class FoldTest {
  private static final long SEED = 20_261_123L;
  private static final int ORDERS = 1_000;
  private static final int SHUFFLES = 20;
  private static final OrderKey KEY = new OrderKey("demo", "1001");

  private final Ownership ownership = Sayings.ownership();

  @Test
  void twenty_thousand_shuffles_with_duplicates_end_in_the_same_state() {
    for (int order = 0; order < ORDERS; order++) {
      // Given
      Sayings sayings = new Sayings(new Random(SEED + order));
      List<Saying> said = sayings.about(KEY);
      String expected = Json.text(Sayings.fold(said));

      for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
        // When
        OrderState state = Sayings.fold(sayings.arrivals(said));

        // Then
        assertThat(Json.text(state))
            .as("seed %d, shuffle %d", SEED + order, shuffle)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void a_state_that_is_stored_and_read_back_between_two_messages_ends_the_same() {
    for (int order = 0; order < ORDERS; order++) {
      Sayings sayings = new Sayings(new Random(SEED + order));
      List<Saying> said = sayings.about(KEY);
      OrderState state = OrderState.empty();
      for (Saying saying : sayings.arrivals(said)) {
        state = Json.state(Json.text(state));
        Sayings.fold(state, saying);
      }
      assertThat(Json.text(state))
          .as("seed %d", SEED + order)
          .isEqualTo(Json.text(Sayings.fold(said)));
    }
  }

  @Test
  void every_way_to_the_state_tells_the_same_happenings_each_exactly_once() {
    for (int order = 0; order < ORDERS; order++) {
      // Given
      Sayings sayings = new Sayings(new Random(SEED + order));
      List<Saying> said = sayings.about(KEY);
      TreeSet<String> expected = new TreeSet<>(onceOnly(batches(said, said.size())));

      for (int shuffle = 0; shuffle < SHUFFLES / 2; shuffle++) {
        // When
        List<Happening> happened = batches(sayings.arrivals(said), 1 + shuffle % 4);

        // Then
        assertThat(happened.stream().map(Happening::id))
            .as("seed %d", SEED + order)
            .doesNotHaveDuplicates();
        assertThat(onceOnly(happened))
            .as("seed %d, shuffle %d", SEED + order, shuffle)
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  @Test
  void a_message_that_is_cut_in_two_or_joined_with_the_next_says_the_same() {
    for (int order = 0; order < ORDERS; order++) {
      List<Saying> said = new Sayings(new Random(SEED + order)).about(KEY);
      List<Saying> cut = new ArrayList<>();
      for (Saying saying : said) {
        Facts all = saying.facts();
        cut.add(
            saying(
                saying.system(), new Facts(KEY, null, all.reached(), List.of(), null, null, null)));
        cut.add(
            saying(
                saying.system(),
                new Facts(
                    KEY,
                    all.version(),
                    List.of(),
                    all.refunds(),
                    all.details(),
                    all.receiver(),
                    all.raw())));
      }
      assertThat(Json.text(Sayings.fold(cut))).isEqualTo(Json.text(Sayings.fold(said)));
    }
  }

  @Test
  void a_note_changed_and_changed_back_is_three_updates_with_three_ids() {
    // Given
    List<Saying> said = new ArrayList<>();
    List<String> notes = List.of("a", "b", "a", "b");
    for (int i = 0; i < notes.size(); i++) {
      said.add(details(Instant.ofEpochSecond(1_790_000_000L + i), notes.get(i)));
    }

    // When
    List<Happening> happened = batches(said, 1);

    // Then
    assertThat(happened).extracting(Happening::type).containsOnly(Happenings.UPDATED).hasSize(4);
    assertThat(happened).extracting(Happening::id).doesNotHaveDuplicates();
  }

  @Test
  void a_later_scan_without_tracking_number_takes_none_away() {
    // Given
    Instant at = Instant.parse("2026-11-20T02:00:00Z");
    OrderState state =
        Sayings.fold(
            List.of(
                parcel("wms", Milestone.TRACKING_ASSIGNED, at, "SF", "SF123"),
                parcel("wms", Milestone.OUTBOUND_SCANNED, at.plusSeconds(60), "SF", null)));

    // Then
    assertThat(new OrderView(state, ownership).data(KEY).get("parcels"))
        .asString()
        .contains("trackingNo=SF123");
  }

  @Test
  void a_tracking_number_of_a_system_that_does_not_own_it_does_not_win() {
    // Given
    Instant at = Instant.parse("2026-11-20T02:00:00Z");
    OrderState state =
        Sayings.fold(
            List.of(
                parcel("wms", Milestone.TRACKING_ASSIGNED, at, "SF", "SF123"),
                parcel("shopify", Milestone.TRACKING_ASSIGNED, at.plusSeconds(60), "JT", "WRONG")));

    // Then
    assertThat(new OrderView(state, ownership).data(KEY).get("parcels"))
        .asString()
        .contains("carrier=SF", "trackingNo=SF123");
  }

  private List<Happening> batches(List<Saying> arrivals, int size) {
    List<Happening> happened = new ArrayList<>();
    OrderState state = null;
    for (int from = 0; from < arrivals.size(); from += size) {
      OrderState before = state;
      OrderState after = state == null ? OrderState.empty() : Json.state(Json.text(state));
      arrivals
          .subList(from, Math.min(from + size, arrivals.size()))
          .forEach(saying -> Sayings.fold(after, saying));
      happened.addAll(Happenings.between(KEY, before, after, ownership));
      state = after;
    }
    return happened;
  }

  private static List<String> onceOnly(List<Happening> happened) {
    return happened.stream().filter(Sayings::once).map(Happening::id).toList();
  }

  private static Saying saying(String system, Facts facts) {
    return new Saying(system, facts);
  }

  private static Saying details(Instant version, String note) {
    Map<String, Object> details = Map.of("currency", "CNY", "total", "1.00", "note", note);
    return saying(
        "shopify",
        new Facts(
            KEY, version, List.of(), List.of(), new java.util.TreeMap<>(details), null, null));
  }

  private static Saying parcel(
      String system, Milestone milestone, Instant at, String carrier, String trackingNo) {
    Facts.Reached reached = new Facts.Reached(milestone, at, "1", null, carrier, trackingNo);
    return saying(system, new Facts(KEY, null, List.of(reached), List.of(), null, null, null));
  }
}
