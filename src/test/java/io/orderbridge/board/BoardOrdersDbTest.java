package io.orderbridge.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.Heart;
import io.orderbridge.finding.Finding;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The orders behind the numbers of the board. */
@Tag("R16")
class BoardOrdersDbTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HOURS = 24;

  private final Flowing flowing = new Flowing(Heart.fresh());
  private final Instant now = Instant.now();
  private final BoardResource resource =
      new BoardResource(
          flowing.board,
          flowing.orders,
          flowing.stream,
          Clock.fixed(now.plusSeconds(60), ZoneOffset.UTC));

  private record Caller(Set<Role> roles) implements SecurityContext {
    static Caller of(Role... roles) {
      return new Caller(Set.of(roles));
    }

    @Override
    public Principal getUserPrincipal() {
      return () -> "mei";
    }

    @Override
    public boolean isUserInRole(String role) {
      return roles.contains(Role.of(role));
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

  /** What is asked of the list; null where it is not. */
  private record Asked(String status, String node, String abnormal, boolean late) {}

  @BeforeEach
  void flow() {
    flowing.atRandom(70, new Random(3), now).forEach(Runnable::run);
    flowing.round.run(now);
    flowing.find(
        "stuck",
        now,
        finding(Finding.Kind.STUCK, "demo/N1", null),
        finding(Finding.Kind.STUCK, "demo/N2", null),
        finding(Finding.Kind.CONTRADICTION, "demo/N2", null),
        finding(Finding.Kind.PAYMENT, "demo/N3", Money.of("12.34", "CNY")),
        finding(Finding.Kind.PAYMENT, "other/unknown", null),
        finding(Finding.Kind.COMPARISON, "wms", null),
        finding(Finding.Kind.HEALTH, "sync-delay", null),
        finding(Finding.Kind.LINK, "shop-system/orders", null));
  }

  @AfterEach
  void end() {
    flowing.close();
  }

  private static Finding finding(Finding.Kind kind, String subject, Money amount) {
    String money = amount == null ? "" : " " + amount.toDecimal();
    return new Finding(
        kind,
        kind + "_CODE",
        subject,
        "",
        Level.BREACH,
        amount,
        "",
        Map.of(),
        Wording.of("多付了" + money, "paid too much:" + money));
  }

  private JsonNode page(Asked asked, String after, int limit, Caller caller, int status) {
    Response response =
        resource.list(
            asked.status(),
            asked.node(),
            asked.abnormal(),
            asked.late(),
            HOURS,
            after,
            limit,
            caller);
    JsonNode body = JSON.valueToTree(response.getEntity());
    assertThat(response.getStatus()).as(body.toString()).isEqualTo(status);
    return body;
  }

  private List<String> all(Asked asked) {
    List<String> orders = new ArrayList<>();
    String after = null;
    do {
      JsonNode page = page(asked, after, 7, Caller.of(Role.OPS), 200);
      page.at("/orders")
          .forEach(o -> orders.add(o.at("/shop").asText() + "/" + o.at("/number").asText()));
      after = page.at("/after").asText(null);
    } while (after != null);
    assertThat(orders).doesNotHaveDuplicates();
    return orders;
  }

  private JsonNode board() {
    return JSON.valueToTree(resource.flow(HOURS).getEntity());
  }

  @Test
  void behind_every_number_is_a_list_as_long_as_it() {
    JsonNode board = board();
    for (Map.Entry<String, JsonNode> one : board.at("/orders/byStatus").properties()) {
      assertThat(all(new Asked(one.getKey(), null, null, false))).hasSize(one.getValue().asInt());
    }
    for (Map.Entry<String, JsonNode> one : board.at("/orders/byNode").properties()) {
      assertThat(all(new Asked(null, one.getKey(), null, false))).hasSize(one.getValue().asInt());
    }
    assertThat(all(new Asked(null, null, null, true)))
        .hasSize(board.at("/sync/delayed").asInt())
        .isNotEmpty();
  }

  @Test
  void abnormal_orders_are_counted_once_and_listed_by_kind() {
    JsonNode abnormal = board().at("/abnormal");
    assertThat(abnormal.toString())
        .isEqualTo(
            "{\"orders\":4,\"stuck\":2,\"contradictory\":1,"
                + "\"byKind\":{\"PAYMENT\":2,\"CONTRADICTION\":1,\"STUCK\":2}}");
    assertThat(all(new Asked(null, null, "any", false)))
        .containsExactly("demo/N1", "demo/N2", "demo/N3", "other/unknown");
    assertThat(all(new Asked(null, null, "stuck", false))).containsExactly("demo/N1", "demo/N2");
    assertThat(all(new Asked(null, null, "contradictory", false))).containsExactly("demo/N2");
    assertThat(all(new Asked(null, null, "payment", false)))
        .containsExactly("demo/N3", "other/unknown");
  }

  @Test
  void numbers_narrow_each_other_down() {
    String node =
        page(new Asked(null, null, "stuck", false), null, 1, Caller.of(Role.OPS), 200)
            .at("/orders/0/node")
            .asText();
    assertThat(all(new Asked(null, node, "stuck", false))).contains("demo/N1");
    assertThat(all(new Asked("UNKNOWN", node, "stuck", false))).isEmpty();
  }

  @Test
  @Tag("R60")
  void the_warehouse_sees_the_board_and_the_orders_but_no_amounts_and_no_phones() {
    flowing.say(
        "N3",
        Map.of(
            "milestone", "PAID",
            "at", now.toString(),
            "payment", Map.of("id", "P-1", "amount", "98.76", "currency", "CNY")));
    flowing.round.run(now);
    Asked paid = new Asked(null, null, "payment", false);
    String shown = page(paid, null, 50, Caller.of(Role.WAREHOUSE), 200).toString();
    assertThat(shown)
        .contains("N3", "PAYMENT_CODE", "BREACH")
        .doesNotContain("12.34", "98.76", "amount", "currency", "text", "phone");
    assertThat(page(paid, null, 50, Caller.of(), 200).toString()).isEqualTo(shown);
    assertThat(page(paid, null, 50, Caller.of(Role.WAREHOUSE, Role.FINANCE), 200).toString())
        .contains("12.34");
    assertThat(board().toString()).doesNotContain("12.34", "98.76", "amount", "phone");
  }

  @Test
  void what_is_asked_wrongly_is_told_with_what_is_allowed() {
    Caller ops = Caller.of(Role.OPS);
    assertThat(page(new Asked("PAYED", null, null, false), null, 5, ops, 400).at("/error").asText())
        .startsWith("'status' is one of UNKNOWN, CREATED");
    page(new Asked(null, "SHIPPED", null, false), null, 5, ops, 400);
    page(new Asked(null, null, "link", false), null, 5, ops, 400);
    page(new Asked(null, null, "health", false), null, 5, ops, 400);
    page(new Asked(null, null, null, false), "demo/N1", 5, ops, 400);
    assertThat(resource.flow(0).getStatus()).isEqualTo(400);
    assertThat(resource.flow(169).getStatus()).isEqualTo(400);
  }

  @Test
  void since_is_the_time_of_the_milestone_that_was_reached_last() {
    Instant at = now.minusSeconds(10).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    flowing.say("S1", Flowing.reached(Milestone.PAID, "", at));
    flowing.round.run(now);
    assertThat(page(new Asked("PAID", null, null, false), null, 1, Caller.of(), 200).toString())
        .isEqualTo(
            ("{\"orders\":[{\"shop\":\"demo\",\"number\":\"S1\",\"status\":\"PAID\","
                    + "\"node\":\"PAID\",\"since\":\"%s\",\"late\":false,\"findings\":[]}],"
                    + "\"after\":%s}")
                .formatted(
                    at,
                    page(new Asked("PAID", null, null, false), null, 1, Caller.of(), 200)
                        .at("/after")));
  }
}
