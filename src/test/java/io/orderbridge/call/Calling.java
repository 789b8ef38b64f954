package io.orderbridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.TestDatabase;
import io.orderbridge.call.CallSpec.Send;
import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.TryLater;
import io.orderbridge.signing.RequestSigner;
import io.orderbridge.signing.TokenSeal;
import io.orderbridge.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** One process as far as calls and tokens go. Two over one database are two processes. */
final class Calling implements AutoCloseable {
  static final Limits LIMITS = new Limits(4, Limits.Rate.NONE, Duration.ofSeconds(5), 64 * 1024);
  static final Breaker BREAKER = new Breaker(3, Duration.ofSeconds(30));

  final DefaultCamelContext camel = new DefaultCamelContext();
  final Calls calls = new Calls();
  final Tokens tokens;
  private final HttpDeadline deadline = new HttpDeadline();
  private final ProducerTemplate to;

  Calling(DataSource source, Clock clock) {
    tokens = new Tokens(new TokenStore(new Database(source)), clock);
    camel.addComponent("call", new CallComponent(calls, tokens, clock));
    camel.addComponent("token", new TokenComponent(tokens));
    HttpComponent http = camel.getComponent("http", HttpComponent.class);
    // As runtime.CamelDefaults does.
    http.setHttpClientConfigurer(deadline);
    http.setConnectTimeout(1000);
    camel.start();
    to = camel.createProducerTemplate();
  }

  static Calling fresh() {
    return new Calling(TestDatabase.fresh(), Clock.systemUTC());
  }

  @Override
  public void close() {
    camel.stop();
    deadline.close();
  }

  /** A call {@code shop/api} that is changed as wished. */
  static final class Draft {
    String url;
    List<String> hosts = List.of();
    Send send = Send.JSON;
    RequestSigner signer;
    boolean token;
    Map<String, String> headers = Map.of();
    Limits limits = LIMITS;
    List<AnswerRule> answers = List.of();
    CallSpec.Login login;

    CallSpec spec(String name) {
      return new CallSpec(
          "shop", name, url, hosts, null, send, signer, token, headers, limits, BREAKER, answers,
          login);
    }
  }

  static Draft to(String url) {
    Draft draft = new Draft();
    draft.url = url;
    return draft;
  }

  void has(Draft... drafts) {
    List<CallSpec> specs =
        java.util.stream.IntStream.range(0, drafts.length)
            .mapToObj(i -> drafts[i].spec(i == 0 ? "api" : "api-" + i))
            .toList();
    calls.replace("shop", specs);
  }

  static TokenSpec token(String access, String refresh, Instant expires) {
    return new TokenSpec(
        "shop",
        access,
        refresh,
        expires,
        Duration.ofHours(1),
        Duration.ofHours(3),
        TokenSeal.of("shop", List.of("app-secret", access, refresh)));
  }

  Exchange ask(Map<String, ?> request) {
    return ask("call:shop/api", request, Map.of());
  }

  Exchange ask(String uri, Object request, Map<String, Object> headers) {
    return to.send(
        uri,
        exchange -> {
          exchange.getMessage().setBody(request);
          exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
  }

  static String meaning(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    return exchange.getMessage().getHeader(Carried.ANSWER, String.class);
  }

  static TryLater later(Exchange exchange) {
    assertThat(exchange.getException()).isInstanceOf(TryLater.class);
    return (TryLater) exchange.getException();
  }

  static Refusal refused(Exchange exchange) {
    assertThat(exchange.getException()).isInstanceOf(Refusal.class);
    return (Refusal) exchange.getException();
  }
}
