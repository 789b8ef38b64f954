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
          ORDERS   | ops cs warehouse finance sre manager owner admin
          MONEY    | ops cs finance sre manager owner admin
          PERSONAL | ops cs sre admin
          CUSTOMERS | ops cs manager owner
          LETTERS  | ops sre admin
          BOARD    | ops cs warehouse finance sre manager owner admin
          TICKETS  | ops cs warehouse finance sre manager owner admin
          SOURCES  | ops cs warehouse finance sre manager owner admin
          OPERATE  | ops sre owner admin
          FINDINGS | ops cs finance sre manager owner admin
          PAYMENTS | ops cs finance sre manager owner
          PAYMENTS_RUN | ops finance sre owner
          REPAIRS  | ops cs warehouse finance sre manager owner admin
          NOTICES  | ops cs sre manager owner
          NOTICE_WORDS | ops
          NOTICE_APPROVAL | ops manager
          NOTICE_DESK | ops cs manager
          BOOKS    | ops finance sre manager owner
          REPORTS  | finance manager owner
          BRIDGES  | ops finance manager owner
          RECKONING | finance owner
          HEALTH   | ops finance sre manager owner admin
          FILES    | ops sre manager owner admin
          AUDIT    | ops sre manager owner admin
          USERS    | owner
          """)
  void a_role_sees_what_it_needs_and_no_more(Rights right, String roles) {
    assertThat(
            Arrays.stream(Role.values()).filter(role -> right.of(new Person(role))).map(Role::word))
        .containsExactlyElementsOf(List.of(roles.split(" ")));
  }
}
