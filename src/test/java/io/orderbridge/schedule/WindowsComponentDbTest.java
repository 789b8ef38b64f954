package io.orderbridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Await;
import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.schedule.Intake.Arrived;
import io.orderbridge.schedule.Source.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WindowsComponentDbTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Instant DAY = Instant.parse("2026-11-19T16:00:00Z");

  private final Sweeps sweeps = Sweeps.fresh();
  private final Sources sources = new Sources();
  private final CamelContext camel = new DefaultCamelContext();
  private final Source orders = Specs.quarterly(Order.LAST_FIRST);
  private final Source bill = Specs.daily("bill", "10:00");

  @BeforeEach
  void begin() {
    camel.addComponent(
        "windows", new WindowsComponent(sources, sweeps.round, sweeps.rows, sweeps.clock));
    sources.replace("shop", List.of(orders, bill));
  }

  @AfterEach
  void end() {
    camel.stop();
    sweeps.close();
  }

  private void route(RouteBuilder route) throws Exception {
    camel.addRoutes(route);
    camel.start();
  }

  @Test
  void a_route_is_asked_page_by_page_and_gives_answers_as_text() throws Exception {
    // Given
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("windows:shop/orders")
                .process(
                    exchange -> {
                      Map<?, ?> request = exchange.getMessage().getBody(Map.class);
                      assertThat(exchange.getProperty(Carried.INPUT)).isSameAs(request);
                      boolean count = Boolean.TRUE.equals(request.get("count"));
                      exchange
                          .getMessage()
                          .setBody(
                              count
                                  ? "{\"total\": 1}"
                                  : "{\"rows\": {\"id\": \"1\", \"version\": \"2\"}}");
                    });
          }
        });

    // Then
    Await.until("read", SOON, () -> sweeps.states().contains("READ"));
    assertThat(sweeps.heart.texts("select connection || ' ' || message_id from inbox_message"))
        .containsExactly("shop/orders 1@2");
  }

  @Test
  void a_refusal_of_the_route_is_shown_with_its_cause() throws Exception {
    // When
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("windows:shop/orders")
                .process(
                    exchange -> {
                      throw new Refusal(Cause.TARGET_REFUSED, "/code", "no permission");
                    });
          }
        });

    // Then
    Await.until(
        "told",
        SOON,
        () ->
            sweeps.heart.number("select count(*) from source_window where problem is not null")
                == 1);
    assertThat(sweeps.problem()).isEqualTo("TARGET_REFUSED: /code: no permission");
  }

  private Exchange rows(long message, String day, List<?> body, List<?> refused) throws Exception {
    if (camel.getRoutes().isEmpty()) {
      route(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:rows").to("windows:shop/bill");
            }
          });
    }
    return camel
        .createProducerTemplate()
        .send(
            "direct:rows",
            exchange -> {
              exchange.getMessage().setBody(body);
              exchange.getMessage().setHeader(Carried.MESSAGE, message);
              exchange.getMessage().setHeader(WindowsComponent.DAY, day);
              exchange.setProperty(Carried.REFUSED_ROWS, refused);
            });
  }

  @Test
  @Tag("R43")
  void the_rows_of_a_file_stand_with_its_day_and_those_put_aside_with_why() throws Exception {
    // Given: the file of yesterday was read
    sweeps.clock.step(Duration.ofDays(1));
    sweeps.run(bill, request -> new PageRoute.Answer("a file", false));
    long first = sweeps.heart.number("select max(inbox_id) from window_item");

    // When
    List<?> body = List.of(Map.of("id", "1", "@line", "7"), Map.of("id", "2", "@line", "8"));
    rows(first, null, body, List.of(Map.of("line", 9, "why", "no amount", "text", "x")));

    // Then
    List<SourceRows.Row> all = sweeps.rows.list("shop/bill", DAY, 0, false, 10);
    assertThat(all).extracting(SourceRows.Row::line).containsExactly(7L, 8L, 9L);
    assertThat(all.get(0).body()).isEqualTo("{\"id\":\"1\"}");
    assertThat(sweeps.rows.list("shop/bill", DAY, 0, true, 10))
        .extracting(SourceRows.Row::problem)
        .containsExactly("no amount");

    // When: a newer version of the day, then the older one once more
    long second =
        sweeps.intake.store("shop/bill", List.of(new Arrived("v2", "", new byte[2]))).get(0);
    rows(second, "2026-11-20", List.of(Map.of("id", "3")), List.of());
    rows(first, null, body, List.of());

    // Then
    assertThat(sweeps.rows.list("shop/bill", DAY, 0, false, 10))
        .extracting(SourceRows.Row::body)
        .containsExactly("{\"id\":\"3\"}");
  }

  @Test
  @Tag("R43")
  void a_file_of_no_window_and_no_day_is_refused_in_clear_words() throws Exception {
    Exchange exchange = rows(12_345L, null, List.of(), List.of());

    assertThat(exchange.getException(Refusal.class))
        .hasMessageContaining("OrderbridgeDay")
        .extracting(Refusal::why)
        .isEqualTo(Cause.FILE_REFUSED);
  }
}
