package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.mapping.Mappings;
import io.orderbridge.rows.Rows;
import io.orderbridge.rows.Table;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of the shipped connection files read what the partners' documents show. */
@Tag("R43")
@Tag("R45")
@Tag("R74")
class ShippedTablesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/rows");
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "wechat-pay/trade-bill, wechat-trade.all.csv",
    "wechat-pay/trade-bill, wechat-trade.all-gzip.csv.gz",
    "wechat-pay/trade-bill, wechat-trade.success-20-columns.csv",
    "wechat-pay/trade-bill, wechat-trade.refund-29-columns.csv",
    "wechat-pay/trade-bill, wechat-trade.no-business.csv",
    "wechat-pay/trade-bill, wechat-trade.bad-amount.csv",
    "wechat-pay/fund-bill, wechat-fund.basic.csv",
    "alipay/trade-bill, alipay-trade.day.zip",
    "bank/statement, bank-csv.day.csv",
    "bank/statement-mt940, mt940.day.sta",
    "bank/statement-camt053, camt053.day.xml",
    "bank/statement-camt053, camt053.version-02.xml"
  })
  void a_sample_gives_its_rows(String table, String sample) throws IOException {
    String[] name = sample.split("\\.");
    JsonNode expected = JSON.readTree(SAMPLES.resolve(name[0] + "." + name[1] + ".json").toFile());

    Rows.Result result = Rows.read(shipped(table), Files.readAllBytes(SAMPLES.resolve(sample)));

    JsonNode rows = JSON.valueToTree(result.rows());
    JsonNode refused = JSON.valueToTree(result.refused());
    assertThat(rows).isEqualTo(expected.get("rows"));
    assertThat(refused).isEqualTo(expected.get("refused"));
  }

  @ParameterizedTest
  @CsvSource({
    "wechat-pay/trade-bill, wechat-trade.truncated.csv",
    "wechat-pay/trade-bill, wechat-trade.sum-differs.csv",
    "wechat-pay/trade-bill, wechat-trade.row-lost.csv",
    "wechat-pay/fund-bill, wechat-fund.balance-breaks.csv",
    "alipay/trade-bill, alipay-trade.list-not-ended.csv",
    "alipay/trade-bill, alipay-trade.paid-differs.csv",
    "bank/statement-mt940, mt940.closing-differs.sta",
    "bank/statement-camt053, camt053.closing-differs.xml"
  })
  void a_file_that_is_cut_off_or_changed_is_refused(String table, String sample) {
    assertThatThrownBy(() -> Rows.read(shipped(table), Files.readAllBytes(SAMPLES.resolve(sample))))
        .isInstanceOf(Refusal.class);
  }

  @Test
  @Tag("R77")
  void an_order_list_becomes_facts_row_by_row() throws IOException {
    String list =
        """
        \uFEFF订单导出,2026-11-20,,,,,,
        店铺,订单号,下单时间,付款时间,更新时间,状态,币种,订单金额
        示例店铺,`1001,2026-11-20 10:00:00,2026-11-20 10:34:56,2026-11-20 10:35:00,已付款,人民币,"1,199.00"
        示例店铺,'1002,2026-11-20 11:00:00,,2026-11-20 11:00:00,待付款,CNY,一百
        示例店铺,1003,2026-11-20 12:00:00,,2026-11-21 12:00:00,已取消,CNY,5
        """;

    Rows.Result result = Rows.read(shipped("files/orders"), list.getBytes(StandardCharsets.UTF_8));

    assertThat(result.refused())
        .containsExactly(Map.of("line", 4, "why", "column '订单金额' is no amount"));
    Mappings mappings = mappings("files");
    List<Object> facts = new ArrayList<>();
    result.rows().forEach(row -> facts.add(mappings.apply("files/order", row, Map.of())));
    JsonNode told = JSON.valueToTree(facts);
    assertThat(told.at("/0/order/number").asText()).isEqualTo("1001");
    assertThat(told.at("/0/details/total").asText()).isEqualTo("1199.00");
    assertThat(told.at("/0/facts/1/milestone").asText()).isEqualTo("PAID");
    assertThat(told.at("/1/facts/1/milestone").asText()).isEqualTo("CANCELLED");
  }

  @Test
  void a_settlement_file_must_add_up() throws IOException {
    String file =
        "结算单号,订单号,订单金额,手续费,结算金额\r\nJ1,1001,199.00,-1.19,197.81\r\nJ2,1002,100.00,-0.60,99.40\r\n";
    Table table = shipped("files/settlement");

    assertThat(Rows.read(table, gbk(file + "合计,,299.00,-1.79,297.21\r\n")).rows()).hasSize(2);
    assertThatThrownBy(() -> Rows.read(table, gbk(file + "合计,,299.00,-1.79,297.22\r\n")))
        .hasMessageContaining("'结算金额' of the footer is 297.22, the rows give 297.21");
    assertThatThrownBy(() -> Rows.read(table, gbk(file)))
        .hasMessageContaining("ends without its footer");
  }

  private static byte[] gbk(String text) {
    return text.getBytes(Charset.forName("GBK"));
  }

  // Only the tables: the rest of a file asks for keys and addresses.
  private static Table shipped(String name) throws IOException {
    String connection = name.substring(0, name.indexOf('/'));
    String file = Files.readString(Path.of("routes", connection, "connection.yaml"));
    StringBuilder tables = new StringBuilder();
    boolean inside = false;
    for (String line : file.lines().toList()) {
      if (line.matches("[a-z].*")) {
        inside = line.equals("tables:");
      }
      tables.append(inside ? line + "\n" : "");
    }
    ConnectionFile.Result result = TableFiles.read(connection, tables.toString());
    assertThat(result.problems()).isEmpty();
    return result.connection().orElseThrow().tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Mappings mappings(String system) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (Stream<Path> all = Files.list(Path.of("mappings", system))) {
      for (Path file : all.toList()) {
        files.put(system + "/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    Mappings mappings = new Mappings();
    assertThat(mappings.load(files, Set.of())).isEmpty();
    return mappings;
  }
}
