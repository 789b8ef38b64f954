package io.orderbridge.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.order.OrderReading;
import io.orderbridge.order.Ownership;
import io.orderbridge.order.Told;
import io.orderbridge.runtime.ShippedRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped rule with orders at which it fires, and with orders that only look like it. */
@Tag("R06")
class ShippedContradictionsTest {
  private static final Instant T = Instant.parse("2026-11-20T02:00:00Z");
  private static final ContradictionRules SHIPPED = ShippedRules.contradictions();
  private static final List<ShippedOrder> ORDERS = ShippedOrders.all();

  private final Ownership ownership = Shops.ownership();

  @Test
  void every_shipped_rule_has_an_order_at_which_it_fires_and_one_at_which_it_does_not() {
    Set<String> ids = new TreeSet<>();
    SHIPPED.rules().forEach(rule -> ids.add(rule.id()));
    assertThat(rules(true)).as("rules that fire somewhere").isEqualTo(ids);
    assertThat(rules(false)).as("rules that are quiet somewhere").isEqualTo(ids);
  }

  private static Set<String> rules(boolean firing) {
    Set<String> rules = new TreeSet<>();
    ORDERS.stream().filter(f -> f.fires() == firing).forEach(f -> rules.add(f.rule()));
    return rules;
  }

  @ParameterizedTest
  @MethodSource("orders")
  void a_shipped_rule_fires_at_what_it_says_and_at_nothing_that_only_looks_like_it(
      ShippedOrder given) {
    OrderReading order = given.told().reading(ownership);

    List<Contradiction> holding =
        Contradiction.evaluate(
            SHIPPED.rules(), new Scene(order, given.shown()), Map.of(), T.plus(given.at()));

    List<String> fired =
        holding.stream().filter(Contradiction::found).map(one -> one.rule().id()).toList();
    if (given.fires()) {
      assertThat(fired).contains(given.rule());
    } else {
      assertThat(fired).doesNotContain(given.rule());
    }
  }

  @Test
  void an_order_that_goes_its_usual_way_contradicts_nothing_at_any_time() {
    List<UnaryOperator<Told>> way =
        List.of(
            told -> told.says("shopify", "CREATED", T).details("shopify", "199.00", Map.of(), T),
            told -> told.pays("wechat-pay", "P1", "199.00", T.plusSeconds(60)),
            told -> told.code("shopify", "paid/unfulfilled", T.plusSeconds(61)),
            told -> told.says("wms", "ACCEPTED", T.plusSeconds(120)),
            told -> told.says("wms", "PACKED", T.plusSeconds(3_600), "1", "SF1"),
            told -> told.says("wms", "OUTBOUND_SCANNED", T.plusSeconds(7_200)),
            told -> told.code("shopify", "paid/fulfilled", T.plusSeconds(7_260)),
            told -> told.says("sf", "PICKED_UP", T.plusSeconds(9_000)),
            told -> told.says("sf", "DELIVERED", T.plusSeconds(90_000)),
            told -> told.says("shopify", "COMPLETED", T.plusSeconds(700_000)));
    Told told = new Told();
    for (UnaryOperator<Told> step : way) {
      OrderReading order = step.apply(told).reading(ownership);
      assertThat(
              Contradiction.evaluate(
                  SHIPPED.rules(), new Scene(order, List.of()), Map.of(), T.plusSeconds(7_300)))
          .filteredOn(Contradiction::found)
          .as("after %s", order.status())
          .isEmpty();
    }
  }

  @Test
  void every_system_that_a_shipped_rule_names_is_a_folder_of_routes() {
    assertThat(SHIPPED.toString()).contains("wms", "shopify");
    Set<String> named = new TreeSet<>(SHIPPED.byHand());
    SHIPPED.rules().forEach(rule -> named.addAll(systems(rule.when())));
    assertThat(named).isNotEmpty();
    assertThat(named)
        .allSatisfy(name -> assertThat(Path.of("routes", name)).matches(Files::exists));
  }

  private static Set<String> systems(Condition condition) {
    Set<String> found = new TreeSet<>();
    if (condition instanceof AllOf all) {
      all.conditions().forEach(one -> found.addAll(systems(one)));
    } else if (condition instanceof AnyOf any) {
      any.conditions().forEach(one -> found.addAll(systems(one)));
    } else if (condition instanceof NoneOf none) {
      found.addAll(systems(none.condition()));
    } else if (condition instanceof InParcels parcels) {
      found.addAll(systems(parcels.condition()));
    } else if (condition instanceof SaidConditions.Claimed claimed) {
      found.addAll(claimed.by());
    } else if (condition instanceof SaidConditions.Coded coded) {
      found.addAll(coded.of());
    } else if (condition instanceof SaidConditions.Shown shown) {
      found.addAll(shown.of());
    }
    return found;
  }

  static Stream<ShippedOrder> orders() {
    return ORDERS.stream();
  }
}
