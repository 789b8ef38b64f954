package io.orderbridge.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.account.AccessTable.Row;
import io.orderbridge.kernel.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every path of the product times every role, and nobody. */
class AccessTableTest {
  private static final Path MATRIX = Path.of("src/test/resources/account/matrix.csv");

  private final AccessTable table = new AccessTable();

  @Test
  void every_path_of_the_product_has_its_row_and_every_row_its_path() {
    Set<String> rows =
        table.rows().stream().map(row -> row.method() + " " + row.path()).collect(sorted());

    assertThat(rows)
        .as("rows of account/access.txt; a new path needs one: METHOD /path : who")
        .isEqualTo(new TreeSet<>(ProductPaths.all()));
  }

  @Test
  void each_role_may_what_the_matrix_says_and_nothing_else() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("method,path,nobody," + words());
    for (Row row : table.rows()) {
      List<String> cells = new ArrayList<>(List.of(row.method(), row.path(), yes(row.open())));
      for (Role role : Role.values()) {
        cells.add(yes(row.allows(EnumSet.of(role))));
      }
      lines.add(String.join(",", cells));
    }
    assertThat(lines)
        .as("%s against account/access.txt: who changes one looks at the other", MATRIX)
        .isEqualTo(Files.readAllLines(MATRIX));
  }

  @Test
  @Tag("R60")
  void the_warehouse_sees_how_far_all_is_in_step_and_no_amounts_of_orders_payments_or_books() {
    Set<Role> warehouse = Set.of(Role.WAREHOUSE);
    List<String> money = List.of("payments", "books", "breaks", "reconciliations", "orders/{shop}");

    assertThat(table.find("GET", "/api/sources").orElseThrow().allows(warehouse)).isTrue();
    assertThat(table.find("GET", "/api/queues").orElseThrow().allows(warehouse)).isTrue();
    assertThat(table.rows())
        .filteredOn(row -> row.method().equals("GET"))
        .filteredOn(row -> money.stream().anyMatch(word -> row.path().startsWith("/api/" + word)))
        .hasSizeGreaterThan(20)
        .noneMatch(row -> row.allows(warehouse));
  }

  @Test
  void what_has_no_row_is_nobodys() {
    assertThat(table.find("GET", "/api/unheard-of")).isEmpty();
    assertThat(table.find("DELETE", "/api/orders")).isEmpty();
    assertThat(table.find("GET", "/api/users/")).isEmpty();
    assertThat(table.find("GET", "/api/users;x=1")).isEmpty();
    assertThat(table.find("GET", "/api/orders/demo/1%2Fpassport.html").orElseThrow().path())
        .isEqualTo("/api/orders/{shop}/{number}");
  }

  @Test
  void what_is_written_out_goes_before_what_may_be_anything() {
    assertThat(table.find("GET", "/api/reconciliations/rates").orElseThrow().path())
        .isEqualTo("/api/reconciliations/rates");
    assertThat(table.find("HEAD", "/api/reconciliations/turnover").orElseThrow().path())
        .isEqualTo("/api/reconciliations/{name}");
    assertThat(table.find("GET", "/api/reconciliations/runs/7/items.csv").orElseThrow().path())
        .isEqualTo("/api/reconciliations/runs/{id}/items.csv");
    assertThat(table.find("POST", "/api/reconciliations/rates")).isEmpty();
  }

  @Test
  void a_wrong_row_is_told_with_its_line() {
    assertThatThrownBy(() -> new AccessTable("GET /a : @nobody"))
        .hasMessageContaining("access.txt:1: @nobody is no group above");
    assertThatThrownBy(() -> new AccessTable("\nGET /a : chief"))
        .hasMessageContaining("access.txt:2: a role is 'chief'");
    assertThatThrownBy(() -> new AccessTable("GET /a : cs\nGET /a : ops"))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> new AccessTable("all may do everything"))
        .hasMessageContaining("is no row");
  }

  private static String words() {
    return Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(","));
  }

  private static String yes(boolean may) {
    return may ? "yes" : "-";
  }

  private static java.util.stream.Collector<String, ?, Set<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }
}
