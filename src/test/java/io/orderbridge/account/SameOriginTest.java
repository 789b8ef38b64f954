package io.orderbridge.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SameOriginTest {
  @Test
  void the_proof_is_the_token_of_this_session_and_no_other() {
    SignedIn anna = new SignedIn("anna", Set.of(), Sessions.csrf("one"));

    assertThat(SameOrigin.proves(Sessions.csrf("one"), anna)).isTrue();
    assertThat(SameOrigin.proves(Sessions.csrf("two"), anna)).isFalse();
    assertThat(SameOrigin.proves("", anna)).isFalse();
    assertThat(SameOrigin.proves(null, anna)).isFalse();
  }

  @Test
  void only_pages_of_this_product_follow_a_sign_in() {
    assertThat(LoginResource.next("/console/orders?status=PAID")).startsWith("/console/orders");
    assertThat(LoginResource.next("/api/orders/demo/1/passport.html")).startsWith("/api/orders/");
    for (String foreign :
        new String[] {
          "//evil.example",
          "https://evil.example/",
          "/console.evil.example",
          "/console/../login/out",
          "/\\evil.example",
          "/login/out",
          "",
          null
        }) {
      assertThat(LoginResource.next(foreign)).as("%s", foreign).isEqualTo("/console");
    }
  }
}
