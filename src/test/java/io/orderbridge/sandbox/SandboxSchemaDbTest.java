package io.orderbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.TestDatabase;
import io.orderbridge.sandbox.Systems.Arrivals;
import io.orderbridge.sandbox.Systems.Known;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R58")
class SandboxSchemaDbTest {
  private static final String ORDER =
      """
      {"shop": "demo", "externalNo": "7000001", "status": "%s", "total": "12.50",
       "currency": "CNY", "lines": [{"sku": "A", "qty": 2, "price": "5.00"},
       {"sku": "B", "qty": 1, "price": "2.50"}],
       "shipments": [{"parcel": "1", "carrier": "SF", "trackingNo": "T1"}, {"parcel": "2"}],
       "updatedAt": "2026-11-23T04:00:0%dZ"}\
      """;

  private final DataSource database = TestDatabase.fresh();
  private final Systems systems = new Systems(database);

  @BeforeEach
  void make() throws SQLException {
    SandboxSchema.make(database);
  }

  @Test
  void it_is_made_at_every_start_and_keeps_what_it_has() throws SQLException {
    erp("k1", "CONFIRMED", 1);

    SandboxSchema.make(database);

    assertThat(systems.counts(7, "demo")).containsExactly(Map.entry("erp", 1L));
  }

  @Test
  void a_repeated_key_is_answered_alike_and_changes_nothing() throws SQLException {
    assertThat(erp("k1", "CONFIRMED", 1)).isEqualTo("200 {\"success\": true}");
    assertThat(erp("k1", "SHIPPED", 2)).isEqualTo("200 {\"success\": true}");

    assertThat(known("erp"))
        .isEqualTo(
            new Known(
                "CONFIRMED", new BigDecimal("12.50"), "CNY", "A*2*5.00;B*1*2.50", "1*SF*T1;2"));
    assertThat(systems.arrivals(Instant.EPOCH))
        .containsExactly(Map.entry("erp", new Arrivals(2, 1, 1)));
  }

  @Test
  void an_older_state_does_not_replace_a_newer_one() throws SQLException {
    erp("k2", "SHIPPED", 2);
    erp("k1", "CONFIRMED", 1);

    assertThat(known("erp").status()).isEqualTo("SHIPPED");
  }

  @Test
  void a_fault_is_met_as_often_as_wished_and_counted() throws SQLException {
    set("{\"system\": \"erp\", \"kind\": \"busy\", \"times\": 1}");

    assertThat(erp("k1", "CONFIRMED", 1)).startsWith("200").contains("BUSY");
    assertThat(erp("k1", "CONFIRMED", 1)).contains("true");

    set("{\"system\": \"erp\", \"kind\": \"down\", \"seconds\": 60}");
    assertThat(erp("k2", "CONFIRMED", 1)).startsWith("503");
    set("{\"system\": \"erp\", \"kind\": \"refuse\"}");
    assertThat(erp("k2", "CONFIRMED", 1)).startsWith("200").contains("REFUSED");
    set("{\"system\": \"erp\", \"kind\": \"off\"}");
    assertThat(erp("k2", "CONFIRMED", 1)).contains("true");
    set("{\"system\": \"wms\", \"kind\": \"refuse\"}");
    assertThat(ask("select * from sandbox.wms_take('k', 'Bearer t', 't', '{}')")).startsWith("422");
    assertThat(set("{\"system\": \"moon\", \"kind\": \"down\"}")).startsWith("400");
    assertThat(systems.arrivals(Instant.EPOCH))
        .containsEntry("erp", new Arrivals(5, 2, 0))
        .containsEntry("wms", new Arrivals(1, 0, 0));
  }

  @Test
  void nobody_without_token_or_key_is_served() throws SQLException {
    assertThat(ask("select * from sandbox.erp_take('k', 'Bearer x', 't', '{}')")).startsWith("401");
    assertThat(ask("select * from sandbox.erp_take('', 'Bearer t', 't', '{}')")).startsWith("400");
    assertThat(systems.counts(7, "demo")).isEmpty();
  }

  @Test
  void the_tables_of_warehouse_and_crm_are_compared_with_the_order_book() throws Exception {
    Story story =
        Story.invent(7, 7, "CNY", Instant.parse("2026-11-23T04:00:00Z"), new Random(1)).get(6);
    JsonNode order =
        new ObjectMapper()
            .readTree(
                """
                {"status": "SHIPPED", "parcels": [{"id": "1", "carrier": "SF"}], "details":
                {"total": "12.50", "currency": "CNY", "lines": [{"sku": "A", "quantity": 2,
                "price": "6.25"}]}}\
                """);
    String no = story.number();
    tellAll(no);
    Comparison comparison = new Comparison(Map.of("SHIPPED", "SENT"));

    assertThat(story.end()).isEqualTo(Story.End.SHIPPED);
    assertThat(comparison.differences(List.of(story), s -> order, systems.known(7, "demo")))
        .isEmpty();
    assertThat(ask("select * from sandbox.tell('demo', '%s')".formatted(no)))
        .startsWith("200")
        .contains("\"erp\"", "\"wms\"", "\"crm\"");

    crm(no, "PAID");
    assertThat(comparison.differences(List.of(story), s -> order, systems.known(7, "demo")))
        .singleElement()
        .asString()
        .contains(no, "crm", "PAID", "SHIPPED");
    assertThat(systems.arrivals(Instant.EPOCH)).containsEntry("crm", new Arrivals(2, 2, 0));
  }

  private void tellAll(String number) throws SQLException {
    ask(
        ("select * from sandbox.erp_take('k', 'Bearer t', 't', '{\"shop\": \"demo\","
                + " \"externalNo\": \"%s\", \"status\": \"SENT\", \"total\": \"12.50\","
                + " \"currency\": \"CNY\", \"lines\": [{\"sku\": \"A\", \"qty\": 2,"
                + " \"price\": \"6.25\"}], \"shipments\": [{\"parcel\": \"1\","
                + " \"carrier\": \"SF\"}], \"updatedAt\": \"2026-11-23T04:00:00Z\"}')")
            .formatted(number));
    ask(
        ("select * from sandbox.wms_take('k', 'Bearer t', 't', '{\"shop\": \"demo\","
                + " \"orderNo\": \"%s\", \"receiver\": {},"
                + " \"lines\": [{\"sku\": \"A\", \"quantity\": 2}]}')")
            .formatted(number));
    crm(number, "SHIPPED");
  }

  private void crm(String number, String status) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into sandbox.crm_order values (?, ?, ?, 12.5, 'CNY', now(), ?)"
                    + " on conflict (shop, number) do update set status = excluded.status")) {
      insert.setString(1, "demo");
      insert.setString(2, number);
      insert.setString(3, status);
      insert.setString(4, "event-" + status);
      insert.executeUpdate();
    }
  }

  private Known known(String system) throws SQLException {
    return systems.known(7, "demo").get(system).get("7000001");
  }

  private String erp(String key, String status, int second) throws SQLException {
    return ask(
        "select * from sandbox.erp_take('%s', 'Bearer t', 't', '%s')"
            .formatted(key, ORDER.formatted(status, second)));
  }

  private String set(String wish) throws SQLException {
    return ask("select * from sandbox.set_fault('%s')".formatted(wish));
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getInt(1) + " " + row.getString(2);
    }
  }
}
