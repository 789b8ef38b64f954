package io.orderbridge.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  @Test
  void a_pool_that_has_no_connection_left_is_a_database_that_is_away() {
    DataSource exhausted =
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  throw new SQLException("Sorry, acquisition timeout!");
                });
    Database database = new Database(exhausted);

    assertThatThrownBy(() -> database.run(connection -> {})).isInstanceOf(StoreUnavailable.class);
  }
}
