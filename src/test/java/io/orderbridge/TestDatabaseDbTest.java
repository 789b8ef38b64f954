package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TestDatabaseDbTest {
  @Test
  void two_fresh_databases_share_nothing() throws SQLException {
    // Given
    DataSource first = TestDatabase.fresh();
    DataSource second = TestDatabase.fresh();

    // When
    try (Connection connection = first.getConnection()) {
      connection.createStatement().execute("create table only_here (id int)");
    }

    // Then
    try (Connection connection = second.getConnection();
        ResultSet found =
            connection.createStatement().executeQuery("select to_regclass('only_here')")) {
      assertThat(found.next()).isTrue();
      assertThat(found.getString(1)).isNull();
    }
  }

  @Test
  void databases_of_a_class_are_gone_after_it_even_if_somebody_is_connected() throws SQLException {
    DataSource taken = TestDatabase.fresh();

    try (Connection connection = taken.getConnection()) {
      TestDatabase.dropAll();
      assertThatThrownBy(() -> connection.createStatement().execute("select 1"))
          .isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(taken::getConnection).hasMessageContaining("does not exist");
  }
}
