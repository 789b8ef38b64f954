package io.orderbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderbridge.Heart;
import io.orderbridge.signing.Secret;
import io.orderbridge.signing.SignatureScheme;
import io.orderbridge.signing.SignatureSchemes;
import io.orderbridge.signing.Signer;
import io.orderbridge.signing.SigningSettings;
import io.orderbridge.signing.Verdict;
import io.orderbridge.work.Backlog;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The door with a database behind it: what is kept of a message, and in whose words it answers. */
class DoorDbTest {
  private static final int BODY_LIMIT = 1000;
  private static final String XML =
      "<request><order><code>SO1</code></order><process>ACCEPT</process></request>";
  // What a sender signs is its own business; here it is a word in the address.
  private static final SignatureScheme SIGNED =
      (message, now) ->
          message.query().contains("sign=right")
              ? new Verdict(true, "")
              : new Verdict(false, "the word is missing");

  private final Heart heart = Heart.fresh();
  private final Inbox inbox = new Inbox(heart.database, heart.queue, heart.letters);
  private final ReceivingConnections connections = new ReceivingConnections();
  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @BeforeEach
  void open() {
    Router router = Router.router(vertx);
    new Door(
            connections,
            inbox,
            new Backlog(heart.database),
            new DoorMeter(new SimpleMeterRegistry()),
            heart.clock)
        .open(router);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    receives("form:no", "text:", new Dialect.Literal("text/plain", "success", "fail"));
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    inbox.close();
    heart.close();
  }

  @Test
  @Tag("R71")
  void a_sender_is_answered_in_its_own_words_and_a_repeat_no_other_way() throws Exception {
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer = post("sign=right", bytes("no=T1&state=PAID"));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("success");
      assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain");
    }
    assertThat(stored()).isOne();
    assertThat(heart.texts("select message_id from inbox_message")).containsExactly("T1");
  }

  @Test
  void who_is_refused_hears_it_in_its_own_words_with_the_status_of_the_cause() throws Exception {
    List<HttpResponse<String>> answers =
        List.of(
            post("sign=wrong", bytes("no=T1")),
            post("", bytes("no=T1")),
            post("sign=right", new byte[BODY_LIMIT + 1]));
    assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(401, 401, 413);
    assertThat(answers).extracting(HttpResponse::body).containsOnly("fail");
    assertThat(stored()).isZero();
  }

  @Test
  @Tag("S11")
  void a_compressed_body_is_refused_before_it_is_read() throws Exception {
    HttpResponse<String> answer = post("sign=right", gzip("no=T1"), "Content-Encoding", "gzip");
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).isEqualTo("fail");
    assertThat(stored()).isZero();
    assertThat(post("sign=right", bytes("no=T1"), "Content-Encoding", "identity").statusCode())
        .isEqualTo(200);
  }

  @Test
  void id_and_kind_are_found_in_the_address_and_in_xml_and_mappings_may_read_the_parameters()
      throws Exception {
    receives(
        "query:customerId+xml:/request/order/code+xml:/request/process",
        "query:method",
        Dialect.Common.EMPTY);

    post(
        "method=process.report&customerId=C1&sign=right&access_token=s3cr3t",
        bytes(XML),
        "Content-Type",
        "text/xml;charset=utf-8",
        "query.method",
        "forged");

    assertThat(heart.texts("select message_id from inbox_message"))
        .containsExactly("C1/SO1/ACCEPT");
    assertThat(heart.texts("select kind from inbox_message")).containsExactly("process.report");
    assertThat(heart.texts("select headers from inbox_message").get(0))
        .contains("\"query.method\":\"process.report\"", "\"query.customerId\":\"C1\"")
        .contains("\"content-type\":\"text/xml;charset=utf-8\"")
        .doesNotContain("forged", "s3cr3t", "right");
  }

  @Test
  @Tag("R71")
  void a_genuine_body_is_stored_as_it_came_however_broken_it_is() throws Exception {
    receives("xml:/request/order/code", "text:", Dialect.Common.EMPTY);
    String[] bodies = {"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + XML, "<request>"};

    for (String body : bodies) {
      assertThat(post("sign=wrong", bytes(body)).statusCode()).isEqualTo(401);
      assertThat(post("sign=right", bytes(body)).statusCode()).isEqualTo(200);
    }

    assertThat(heart.texts("select convert_from(body, 'UTF8') from inbox_message order by id"))
        .containsExactly(bodies);
    assertThat(heart.texts("select message_id from inbox_message"))
        .allSatisfy(id -> assertThat(id).matches("[0-9a-f]{64}"));
  }

  @Test
  @Tag("R75")
  void a_sender_that_proves_our_address_reads_its_word_back_and_nothing_is_stored()
      throws Exception {
    SignatureScheme wechat =
        SignatureSchemes.of(
            "wechat-mp", new SigningSettings(List.of(Secret.of("t")), Map.of(), null, null));
    connections.replace("wechat", receiving("wechat", wechat));
    String at = Long.toString(heart.clock.instant().getEpochSecond());
    String signed =
        "timestamp=%s&nonce=n&signature=%s".formatted(at, Signer.wechatMp(Secret.of("t"), at, "n"));

    HttpResponse<String> echo = get("wechat", signed + "&echostr=5838479218127813673");
    assertThat(echo.statusCode()).isEqualTo(200);
    assertThat(echo.body()).isEqualTo("5838479218127813673");
    assertThat(echo.headers().firstValue("content-type")).contains("text/plain");
    assertThat(get("wechat", signed.replace("nonce=n", "nonce=m") + "&echostr=1").statusCode())
        .isEqualTo(401);
    assertThat(get("wechat", signed + "&echostr=%3Cscript%3E").statusCode()).isEqualTo(405);
    assertThat(get("wechat", signed).statusCode()).isEqualTo(405);
    assertThat(get("partner", "sign=right&echostr=1").statusCode()).isEqualTo(405);
    assertThat(get("nobody", signed + "&echostr=1").statusCode()).isEqualTo(405);
    assertThat(stored()).isZero();
  }

  private HttpResponse<String> get(String connection, String query)
      throws IOException, InterruptedException {
    String address = "http://127.0.0.1:%d/in/%s?%s";
    URI uri = URI.create(address.formatted(server.actualPort(), connection, query));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).GET().build(), BodyHandlers.ofString());
  }

  private static Receiving receiving(String connection, SignatureScheme scheme) {
    return new Receiving(
        connection,
        scheme,
        Part.parse("form:no"),
        Part.parse("text:"),
        null,
        BODY_LIMIT,
        Long.MAX_VALUE,
        new Dialect.Literal("text/plain", "success", ""));
  }

  private void receives(String messageId, String kind, Dialect answer) {
    connections.replace(
        "partner",
        new Receiving(
            "partner",
            SIGNED,
            Part.parse(messageId),
            Part.parse(kind),
            null,
            BODY_LIMIT,
            Long.MAX_VALUE,
            answer));
  }

  private HttpResponse<String> post(String query, byte[] body, String... headers)
      throws IOException, InterruptedException {
    String address = "http://127.0.0.1:%d/in/partner?%s".formatted(server.actualPort(), query);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address)).POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private long stored() {
    return heart.number("select count(*) from inbox_message");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes(text));
    }
    return packed.toByteArray();
  }
}
