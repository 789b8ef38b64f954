package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every role before the console of a shop whose day is done. */
class RolesIT {
  @Test
  @Tag("R60")
  void each_role_opens_every_page_of_its_navigation_and_is_told_of_no_other() {
    List<String> wrong = new ArrayList<>();
    for (Role role : Role.values()) {
      try (Browser browser = DemoShop.open().browser(role)) {
        browser.open("/console");
        List<String> paths =
            browser.all(".side a").stream().map(one -> one.getDomAttribute("href")).toList();
        for (String path : paths) {
          browser.open(path);
          if (!browser.all(".problem").isEmpty()) {
            wrong.add(role + " " + path + ": " + browser.find(".problem").getText());
          }
        }
        assertThat(paths.contains("/console/users")).isEqualTo(role == Role.OWNER);
      }
    }
    assertThat(wrong).isEmpty();
  }
}
