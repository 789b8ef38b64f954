package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The company's own sign-in, by settings alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class OidcIT {
  private final IdentityProvider provider = new IdentityProvider();
  private Product product;

  @BeforeAll
  void start(@TempDir Path folder) {
    product =
        new Product(folder)
            .database(TestDatabase.freshUrl())
            .setting("orderbridge.api.tokens.boss", "token-of-boss")
            .setting("orderbridge.api.roles.boss", "owner")
            .setting("quarkus.oidc.tenant-enabled", "true")
            .setting("quarkus.oidc.auth-server-url", provider.url())
            .setting("quarkus.oidc.client-id", "orderbridge")
            .setting("quarkus.oidc.credentials.secret", "a-secret-of-more-than-32-characters")
            .setting("quarkus.oidc.roles.role-claim-path", "groups")
            .setting("quarkus.oidc.token.principal-claim", "preferred_username")
            .start();
    product.bearer("token-of-boss");
  }

  @AfterAll
  void stop() {
    product.close();
    provider.close();
  }

  private static HttpClient browser() {
    return HttpClient.newBuilder()
        .cookieHandler(new CookieManager())
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build();
  }

  private HttpResponse<String> get(HttpClient browser, String path)
      throws IOException, InterruptedException {
    return browser.send(HttpRequest.newBuilder(product.uri(path)).build(), BodyHandlers.ofString());
  }

  @Test
  void who_the_provider_proves_has_a_session_with_the_roles_of_the_claim() throws Exception {
    provider.person("anna", "sre", "somebody-elses-group");
    HttpClient browser = browser();
    assertThat(get(browser, "/login").body()).contains("/login/oidc?next=");

    HttpResponse<String> after = get(browser, "/login/oidc?next=%2Flogin%2Fpassword");

    assertThat(after.uri().getPath()).as(after.body()).isEqualTo("/login/password");
    assertThat(after.body()).contains("anna");
    assertThat(get(browser, "/api/queues").statusCode()).isEqualTo(200);
    assertThat(get(browser, "/api/users").statusCode()).isEqualTo(403);
    assertThat(product.get("/api/users").body()).contains("\"origin\":\"OIDC\"");
  }

  @Test
  void roles_that_are_withdrawn_there_are_gone_at_the_next_sign_in() throws Exception {
    provider.person("berta", "sre");
    get(browser(), "/login/oidc");
    provider.person("berta");
    HttpClient browser = browser();

    get(browser, "/login/oidc");

    assertThat(get(browser, "/api/queues").statusCode()).isEqualTo(403);
  }

  @Test
  void a_locked_user_and_a_local_name_are_refused() throws Exception {
    provider.person("carla", "sre");
    get(browser(), "/login/oidc");
    assertThat(product.post("/api/users/carla/lock", "{\"reason\":\"left\"}").statusCode())
        .isEqualTo(200);
    assertThat(get(browser(), "/login/oidc").statusCode()).isEqualTo(403);

    product.post("/api/users", "{\"name\":\"dora\",\"roles\":[\"owner\"]}");
    provider.person("dora", "owner");
    HttpClient browser = browser();
    assertThat(get(browser, "/login/oidc").statusCode()).isEqualTo(403);
    assertThat(get(browser, "/api/users").statusCode()).isEqualTo(401);
  }

  @Test
  void programs_show_their_token_as_before() {
    int before = provider.asked.get();

    assertThat(product.get("/api/queues").statusCode()).isEqualTo(200);

    assertThat(provider.asked.get()).as("questions to the provider").isEqualTo(before);
  }
}
