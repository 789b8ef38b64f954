package io.orderbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Role;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console shows to whom. */
@Tag("R60")
class RightsTest {
  private record Person(Role role) implements Visitor {
    @Override
    public String getName() {
      return "ann";
    }

    @Override
    public boolean is(Role asked) {
      return asked == role;
    }

    @Override
    public String formToken() {
      return "0123456789abcdef";
    }

    @Override
    public boolean isSignedIn() {
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OPS       | ORDERS MONEY PERSONAL LETTERS
          CS        | ORDERS MONEY PERSONAL
          WAREHOUSE | ORDERS
          FINANCE   | ORDERS MONEY
          SRE       | ORDERS MONEY PERSONAL LETTERS
          MANAGER   | ORDERS MONEY
          OWNER     | ORDERS MONEY
          ADMIN     | ORDERS MONEY PERSONAL LETTERS
          """)
  void a_role_sees_what_it_needs_and_no_more(Role role, String rights) {
    assertThat(Arrays.stream(Rights.values()).filter(right -> right.of(new Person(role))))
        .map(Rights::name)
        .containsExactlyElementsOf(List.of(rights.strip().split(" ")));
  }
}
