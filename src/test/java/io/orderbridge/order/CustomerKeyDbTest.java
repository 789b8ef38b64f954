package io.orderbridge.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Orders from before notices are known as those of the same customer as orders from today on. */
@Tag("R27")
class CustomerKeyDbTest {
  private static final List<String> PHONES =
      List.of(
          "13800138000",
          "+86 138-0013-8000",
          "0086 13800138000",
          "138****8000",
          "13800138000-1234",
          "010-62345678",
          "+1 212 555 0100");

  @Test
  void a_stored_phone_number_gets_the_key_that_a_new_message_would_give_or_none() throws Exception {
    Heart heart = Heart.fresh();
    try {
      for (int i = 0; i < PHONES.size(); i++) {
        heart.execute(
            "insert into customer_order (shop, number, status, revision, state) values ('demo', '"
                + i
                + "', 'CREATED', 1, '{}')");
        heart.execute(
            "insert into order_person (order_id, receiver) select id, '{\"phone\":\""
                + PHONES.get(i)
                + "\"}' from customer_order where number = '"
                + i
                + "'");
      }
      heart.execute(backfill());

      List<String> keys =
          heart.texts("select coalesce(customer, '') from order_person order by order_id");
      String mobile = CustomerKey.of("13800138000", null, null);
      assertThat(keys).containsExactly(mobile, mobile, mobile, "", "", "", "");
      for (int i = 0; i < 3; i++) {
        assertThat(CustomerKey.of(PHONES.get(i), null, null)).isEqualTo(mobile);
      }
    } finally {
      heart.close();
    }
  }

  private static String backfill() throws IOException {
    try (InputStream file =
        CustomerKeyDbTest.class.getResourceAsStream("/db/migration/V15__notices.sql")) {
      String sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      int from = sql.indexOf("update order_person");
      return sql.substring(from, sql.indexOf(';', from));
    }
  }
}
