package io.orderbridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Carried;
import io.orderbridge.store.Audit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A file that is the whole answer of a window, and its rows. */
class WholeFilesDbTest {
  private static final Instant DAY = Instant.parse("2026-11-18T16:00:00Z");
  private static final Audit.Act ACT = new Audit.Act("ann", "source.read-again", "x", "why", "");

  private final Sweeps sweeps = Sweeps.fresh();
  private final Source bill = Specs.daily("bill", "01:00");
  private final SourceStates states = new SourceStates(sweeps.heart.database);

  @AfterEach
  void end() {
    sweeps.close();
  }

  private List<String> read(String file) {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    states.readAgain(bill, DAY, DAY.plusSeconds(1), sweeps.clock.instant(), ACT);
    sweeps.run(bill, request -> new PageRoute.Answer(bytes, false));
    sweeps.applyAll();
    return sweeps.heart.texts("select convert_from(body, 'UTF8') from inbox_message order by id");
  }

  @Test
  @Tag("R42")
  void a_file_that_is_again_what_it_was_before_it_was_restated_is_a_message_of_its_own() {
    assertThat(read("a")).containsExactly("a");
    assertThat(read("a")).as("the same once more").containsExactly("a");
    assertThat(read("b")).containsExactly("a", "b");
    assertThat(read("a")).containsExactly("a", "b", "a");
    assertThat(read("b")).containsExactly("a", "b", "a", "b");
  }

  @Test
  @Tag("R43")
  void a_file_that_is_taken_before_its_window_knows_of_it_keeps_its_rows() throws Exception {
    // Given
    Sources sources = new Sources();
    sources.replace("shop", List.of(bill));
    CamelContext camel = new DefaultCamelContext();
    try {
      camel.addComponent(
          "windows", new WindowsComponent(sources, sweeps.round, sweeps.rows, sweeps.clock));
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:rows").to("windows:shop/bill");
            }
          });
      camel.start();

      // When
      for (String id : List.of("2026-11-19@abc", "2026-11-20T10:00:00+08:00@abc")) {
        Exchange told =
            camel
                .createProducerTemplate()
                .send(
                    "direct:rows",
                    exchange -> {
                      exchange.getMessage().setBody(List.of(Map.of("id", "1")));
                      exchange.getMessage().setHeader(Carried.MESSAGE, 7L);
                      exchange.getMessage().setHeader(Carried.MESSAGE_ID, id);
                    });
        assertThat(told.getException()).isNull();
      }
    } finally {
      camel.stop();
    }

    // Then
    assertThat(sweeps.rows.list("shop/bill", DAY, 0, false, 9)).hasSize(1);
    Instant hour = Instant.parse("2026-11-20T02:00:00Z");
    assertThat(sweeps.rows.list("shop/bill", hour, 0, false, 9)).hasSize(1);
  }
}
