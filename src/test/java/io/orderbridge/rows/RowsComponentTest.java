package io.orderbridge.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.runtime.TableFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RowsComponentTest {
  private static final byte[] FILE = "no,amount\n1,1.00\n2\n".getBytes(StandardCharsets.UTF_8);

  private final Tables tables = new Tables();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private ProducerTemplate to;

  @BeforeEach
  void start() {
    tables.replace(
        "test",
        List.of(TableFiles.table("format: csv\nheader: [no]\nnumbers: [amount]\nsize-max: 1KB\n")));
    camel.addComponent("rows", new RowsComponent(tables));
    camel.start();
    to = camel.createProducerTemplate();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  @Tag("R77")
  void bytes_streams_and_text_become_rows_and_what_was_put_aside_is_carried_along() {
    for (Object body :
        List.of(FILE, new ByteArrayInputStream(FILE), new String(FILE, StandardCharsets.UTF_8))) {
      Exchange result = send("rows:test/table", body);

      assertThat(result.getMessage().getBody())
          .isEqualTo(List.of(Map.of("no", "1", "amount", "1.00", "@line", "2")));
      assertThat(result.getMessage().getHeader("Keep")).isEqualTo("me");
      assertThat(result.getProperty(Carried.REFUSED_ROWS))
          .isEqualTo(List.of(Map.of("line", 3, "why", "has 1 cells, the header has 2")));
    }
  }

  @Test
  void a_row_is_a_map_in_the_order_of_the_file() {
    List<?> rows = send("rows:test/table", FILE).getMessage().getBody(List.class);
    Map<?, ?> row = (Map<?, ?>) rows.get(0);

    assertThat(row.keySet().toArray()).containsExactly("no", "amount", "@line");
    assertThat(row.get("nothing")).isNull();
    assertThat(row.containsKey("nothing")).isFalse();
    assertThat(row).hasSize(3).hasToString("{no=1, amount=1.00, @line=2}");
  }

  @Test
  void a_stream_is_read_no_further_than_its_bound() {
    ByteArrayInputStream endless = new ByteArrayInputStream(new byte[100_000]);

    assertThat(refusal(send("rows:test/table", endless)).why()).isEqualTo(Cause.FILE_REFUSED);
    assertThat(endless.available()).isGreaterThan(90_000);
  }

  @Test
  void an_edited_table_holds_from_the_next_file_on_and_a_missing_one_refuses() {
    tables.replace("test", List.of(TableFiles.table("format: csv\nheader: [number]\n")));
    assertThat(refusal(send("rows:test/table", FILE)).why()).isEqualTo(Cause.FILE_REFUSED);

    tables.replace("test", List.of());
    assertThat(refusal(send("rows:test/table", FILE)).why()).isEqualTo(Cause.ROUTE_FAILED);
    assertThat(refusal(send("rows:other/table", FILE)).why()).isEqualTo(Cause.ROUTE_FAILED);
  }

  @Test
  void a_body_that_is_no_file_is_refused() {
    assertThat(refusal(send("rows:test/table", null)).why()).isEqualTo(Cause.FILE_REFUSED);
    assertThat(refusal(send("rows:test/table", new Object())).why()).isEqualTo(Cause.FILE_REFUSED);
  }

  @Test
  void a_wrong_name_or_option_fails_when_the_route_is_built() {
    for (String uri :
        List.of("rows:table", "rows:a/b/c", "rows:../x", "rows:test/table?format=csv")) {
      assertThatThrownBy(() -> camel.getEndpoint(uri)).as(uri).isNotNull();
    }
    assertThatThrownBy(() -> camel.getEndpoint("rows:table"))
        .hasStackTraceContaining("expected rows:<connection>/<table>");
  }

  private Exchange send(String uri, Object body) {
    return to.send(
        uri,
        exchange -> {
          exchange.getMessage().setBody(body);
          exchange.getMessage().setHeader("Keep", "me");
        });
  }

  private static Refusal refusal(Exchange exchange) {
    assertThat(exchange.getException()).isInstanceOf(Refusal.class);
    return (Refusal) exchange.getException();
  }
}
