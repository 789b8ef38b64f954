package io.orderbridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.call.CallSpec.Send;
import io.orderbridge.call.Partner.Reply;
import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.signing.RequestSigner;
import io.orderbridge.signing.SignableRequest;
import io.orderbridge.signing.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R57")
class CallDbTest {
  private static final String ODD = "a b+c%d&e=f*g~h/中文?\"'|{}[]<>\\^`:@!$(),;";

  private final Partner partner = new Partner();
  private final Calling calling = Calling.fresh();

  @AfterEach
  void close() {
    calling.close();
    partner.close();
  }

  /** Remembers what it signed. */
  private static final class Witness implements RequestSigner {
    final List<SignableRequest> signed = new ArrayList<>();
    Verdict answers;

    @Override
    public SignableRequest sign(SignableRequest request, String token, Instant now, String nonce) {
      SignableRequest proved =
          request.form() == null
              ? request.withQuery("sign", ODD).withQuery("nonce", nonce)
              : request.withForm("sign", ODD).withForm("nonce", nonce);
      signed.add(proved);
      return proved;
    }

    @Override
    public Verdict answered(UnaryOperator<String> headers, byte[] body, Instant now) {
      return answers == null ? RequestSigner.super.answered(headers, body, now) : answers;
    }
  }

  private Calling.Draft partnerCall() {
    return Calling.to(partner.url());
  }

  @Test
  void address_and_body_go_out_byte_for_byte_as_they_were_signed() {
    Witness witness = new Witness();
    for (Send send : List.of(Send.FORM, Send.JSON, Send.TEXT, Send.XML)) {
      Calling.Draft draft = Calling.to(partner.url() + "/router/rest");
      draft.send = send;
      draft.signer = witness;
      calling.has(draft);
      Map<String, Object> query = new LinkedHashMap<>();
      query.put("z", ODD);
      query.put("a", "");
      query.put(ODD, 1);
      boolean form = send == Send.FORM;
      Object body = form ? Map.of("fields", ODD, "nested", Map.of("n", ODD)) : "<o>" + ODD + "</o>";

      Exchange told =
          calling.ask(Map.of("path", "/v 3/单~*+", "query", form ? Map.of() : query, "body", body));

      assertThat(Calling.meaning(told)).isEqualTo("done");
      Partner.Asked came = partner.asked.get(partner.asked.size() - 1);
      SignableRequest signed = witness.signed.get(witness.signed.size() - 1);
      assertThat(partner.url() + came.address()).as(send.name()).isEqualTo(signed.target());
      assertThat(came.body()).isEqualTo(signed.content());
      assertThat(came.address()).startsWith("/router/rest/v%203/%E5%8D%95~*+");
      assertThat(came.method()).isEqualTo("POST");
    }
    assertThat(partner.asked.get(0).headers().get("content-type"))
        .startsWith("application/x-www-form-urlencoded");
    assertThat(partner.asked.get(0).text()).contains("nested=%7B%22n%22%3A%22a+b%2Bc%25d");
  }

  @Test
  void without_a_body_it_is_a_get_and_fixed_headers_and_the_idempotency_key_go_along() {
    Calling.Draft draft = partnerCall();
    draft.headers = Map.of("X-Version", "3", "Accept", "application/json");
    calling.has(draft);

    calling.ask(
        "call:shop/api",
        Map.of("path", "/orders", "headers", Map.of("accept", "text/csv")),
        Map.of(Carried.IDEMPOTENCY_KEY, "e-1:erp", "Other", "stays here"));

    Partner.Asked came = partner.asked.get(0);
    assertThat(came.method()).isEqualTo("GET");
    assertThat(came.headers())
        .containsEntry("idempotency-key", "e-1:erp")
        .containsEntry("x-version", "3")
        .containsEntry("accept", "text/csv")
        .doesNotContainKey("other");
  }

  @Test
  void a_header_from_a_message_cannot_become_two() {
    calling.has(partnerCall());
    calling.ask(Map.of("headers", Map.of("X-A", "a\r\nX-B: b\r\n\r\nGET /x HTTP/1.1")));
    assertThat(partner.asked).allSatisfy(came -> assertThat(came.address()).isNotEqualTo("/x"));
    assertThat(partner.asked)
        .allSatisfy(came -> assertThat(came.headers()).doesNotContainKey("x-b"));
  }

  @Test
  void an_answer_means_what_the_rules_say_and_the_body_is_its_bytes() {
    Calling.Draft draft = partnerCall();
    draft.answers =
        List.of(
            AnswerRule.ofJson(400, "/code", "NOTHING", Meaning.EMPTY),
            AnswerRule.ofJson(0, "/code", "AGAIN", Meaning.ALREADY),
            AnswerRule.ofJson(0, "/code", "FULL", Meaning.BUSY),
            new AnswerRule(
                200,
                AnswerRule.ofJson(200, "/code", "NOBODY", Meaning.REFUSED).condition(),
                Meaning.REFUSED,
                null,
                null,
                Cause.NUMBER_INVALID),
            AnswerRule.ofJson(200, "/code", "WRONG", Meaning.REFUSED));
    calling.has(draft);

    partner.answers(400, "{\"code\":\"NOTHING\"}");
    Exchange empty = calling.ask(Map.of());
    assertThat(Calling.meaning(empty)).isEqualTo("empty");
    assertThat(empty.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(200);
    partner.answers(409, "{\"code\":\"AGAIN\"}");
    assertThat(Calling.meaning(calling.ask(Map.of()))).isEqualTo("already");
    partner.answers(asked -> Reply.of(201, "单").with("Content-Type", "text/plain"));
    Exchange done = calling.ask(Map.of("query", Map.of("a", "b")));
    assertThat(Calling.meaning(done)).isEqualTo("done");
    assertThat(done.getMessage().getBody()).isEqualTo("单".getBytes(StandardCharsets.UTF_8));
    assertThat(done.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("text/plain");
    assertThat(done.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(201);
    assertThat(done.getProperty(Carried.SENT)).isEqualTo(Map.of("query", Map.of("a", "b")));
    partner.answers(200, "{\"code\":\"FULL\"}");
    assertThat(Calling.later(calling.ask(Map.of())).why()).isEqualTo(Cause.TARGET_BUSY);
    partner.answers(200, "{\"code\":\"WRONG\"}");
    assertThat(Calling.refused(calling.ask(Map.of())).why()).isEqualTo(Cause.TARGET_REFUSED);
    assertThat(Calling.refused(calling.ask(Map.of()))).hasMessageContaining("WRONG");
    partner.answers(200, "{\"code\":\"NOBODY\"}");
    assertThat(Calling.refused(calling.ask(Map.of())).why()).isEqualTo(Cause.NUMBER_INVALID);
    partner.answers(asked -> Reply.of(302, "").with("Location", partner.url() + "/else"));
    assertThat(Calling.refused(calling.ask(Map.of())).why()).isEqualTo(Cause.TARGET_MOVED);
    assertThat(partner.asked).extracting(Partner.Asked::address).doesNotContain("/else");
  }

  @Test
  void slow_down_pauses_the_whole_call_for_the_time_that_was_told() {
    Calling.Draft draft = partnerCall();
    draft.answers =
        List.of(
            new AnswerRule(
                200,
                AnswerRule.ofJson(0, "/error/code", "7", Meaning.BUSY).condition(),
                Meaning.SLOW_DOWN,
                null,
                com.fasterxml.jackson.core.JsonPointer.compile("/error/sub_msg"),
                null));
    calling.has(draft);
    partner.answers(200, "{\"error\":{\"code\":7,\"sub_msg\":\"ban lasts 90 more seconds\"}}");

    assertThat(Calling.later(calling.ask(Map.of())).asked()).contains(Duration.ofSeconds(90));

    assertThat(Calling.later(calling.ask(Map.of())).asked().orElseThrow())
        .isBetween(Duration.ofSeconds(85), Duration.ofSeconds(90));
    assertThat(partner.asked).as("the second was not sent").hasSize(1);
  }

  @Test
  void after_failures_in_a_row_the_partner_is_left_alone() {
    calling.has(partnerCall());
    partner.answers(503, "");
    for (int i = 0; i < 5; i++) {
      assertThat(Calling.later(calling.ask(Map.of())).why()).isEqualTo(Cause.TARGET_BUSY);
    }
    assertThat(partner.asked).hasSize(3);
  }

  @Test
  void a_rate_below_one_a_second_holds_and_a_faster_one_flows() {
    Calling.Draft slow = partnerCall();
    slow.limits =
        new Limits(4, new Limits.Rate(10, Duration.ofMinutes(1)), Duration.ofSeconds(5), 1024);
    calling.has(slow);
    assertThat(Calling.meaning(calling.ask(Map.of()))).isEqualTo("done");
    assertThat(Calling.later(calling.ask(Map.of())).asked().orElseThrow())
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));

    Calling.Draft fast = partnerCall();
    fast.limits = new Limits(4, Limits.Rate.perSecond(5), Duration.ofSeconds(5), 1024);
    calling.has(fast);
    long begun = System.nanoTime();
    for (int i = 0; i < 11; i++) {
      assertThat(Calling.meaning(calling.ask(Map.of()))).isEqualTo("done");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .as("five at once, then one each 200 ms")
        .isBetween(Duration.ofMillis(1100), Duration.ofMillis(3000));
  }

  @Test
  void no_more_than_the_limit_are_in_flight() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    partner.answers(
        asked -> {
          await(answer);
          return Reply.of(200, "");
        });
    Calling.Draft draft = partnerCall();
    draft.limits = new Limits(2, Limits.Rate.NONE, Duration.ofSeconds(5), 1024);
    calling.has(draft);
    ExecutorService routes = Executors.newFixedThreadPool(2);
    List<Future<Exchange>> busy = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      busy.add(routes.submit(() -> calling.ask(Map.of())));
    }
    while (partner.asked.size() < 2) {
      Thread.onSpinWait();
    }
    assertThat(Calling.later(calling.ask(Map.of()))).hasMessageContaining("2 places");
    answer.countDown();
    for (Future<Exchange> one : busy) {
      assertThat(Calling.meaning(one.get())).isEqualTo("done");
    }
    routes.shutdown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_partner_that_is_slow_breaks_off_or_is_not_there_is_asked_again_later() {
    Calling.Draft draft = partnerCall();
    draft.limits = new Limits(2, Limits.Rate.NONE, Duration.ofMillis(300), 1024);
    calling.has(draft);
    CountDownLatch never = new CountDownLatch(1);
    partner.answers(
        asked -> {
          await(never);
          return Reply.of(200, "");
        });
    assertThat(Calling.later(calling.ask(Map.of())).why()).isEqualTo(Cause.TARGET_UNREACHABLE);
    never.countDown();
    partner.answers(asked -> Reply.of(200, "half").breakingOff());
    assertThat(Calling.later(calling.ask(Map.of())).why()).isEqualTo(Cause.ANSWER_BROKEN);
    calling.has(Calling.to("http://127.0.0.1:1"));
    assertThat(Calling.later(calling.ask(Map.of())).why()).isEqualTo(Cause.TARGET_UNREACHABLE);
  }

  @Test
  void an_answer_over_the_limit_is_a_persons_matter() {
    Calling.Draft draft = partnerCall();
    draft.limits = new Limits(2, Limits.Rate.NONE, Duration.ofSeconds(5), 1024);
    calling.has(draft);
    partner.answers(200, "x".repeat(1024));
    assertThat(Calling.meaning(calling.ask(Map.of()))).isEqualTo("done");
    partner.answers(200, "x".repeat(1025));
    assertThat(Calling.refused(calling.ask(Map.of())).why()).isEqualTo(Cause.ANSWER_BROKEN);
    assertThat(Calling.refused(calling.ask(Map.of()))).hasMessageContaining("limits.answer");
  }

  @Test
  void a_packed_answer_is_unpacked_within_the_limit_and_its_hash_compared() throws IOException {
    calling.has(partnerCall());
    byte[] bill = "id,amount\n1,2.00\n".getBytes(StandardCharsets.UTF_8);
    String hash = java.util.HexFormat.of().formatHex(sha1(bill));
    Map<String, Object> right =
        Map.of("unpack", "gzip", "expect", Map.of("sha1", hash.toUpperCase()));
    partner.answers(asked -> Reply.of(200, gzip(bill)));
    assertThat(calling.ask(right).getMessage().getBody()).isEqualTo(bill);

    Map<String, Object> wrong = Map.of("unpack", "gzip", "expect", Map.of("sha1", "0".repeat(40)));
    assertThat(Calling.later(calling.ask(wrong)).why()).isEqualTo(Cause.ANSWER_BROKEN);
    byte[] half = java.util.Arrays.copyOf(gzip(bill), 20);
    partner.answers(asked -> Reply.of(200, half));
    assertThat(Calling.later(calling.ask(right)).why()).isEqualTo(Cause.ANSWER_BROKEN);
    byte[] bomb = gzip(new byte[50 * 1024 * 1024]);
    assertThat(bomb.length).isLessThan(Calling.LIMITS.answer());
    partner.answers(asked -> Reply.of(200, bomb));
    assertThat(Calling.refused(calling.ask(Map.of("unpack", "gzip"))).why())
        .isEqualTo(Cause.ANSWER_BROKEN);
    partner.answers(asked -> Reply.of(200, bomb).with("Content-Encoding", "gzip"));
    assertThat(Calling.refused(calling.ask(Map.of())).why()).isEqualTo(Cause.ANSWER_BROKEN);
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return java.security.MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] gzip(byte[] bytes) throws java.io.UncheckedIOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  @Test
  void an_answer_that_is_not_the_partners_is_not_believed() {
    Witness witness = new Witness();
    witness.answers = new Verdict(false, "signature does not fit");
    Calling.Draft draft = partnerCall();
    draft.signer = witness;
    calling.has(draft);
    assertThat(Calling.later(calling.ask(Map.of())).why()).isEqualTo(Cause.ANSWER_FORGED);
  }

  @Test
  void a_link_that_is_told_goes_out_to_the_letter_and_without_secrets_to_other_hosts() {
    Calling.Draft draft = partnerCall();
    draft.hosts = List.of("localhost");
    draft.headers = Map.of("X-Api-Key", "s3cr3t");
    draft.signer = new Witness();
    calling.has(draft);
    String link = partner.url().replace("127.0.0.1", "localhost") + "/f?b=%7E%2a&a=1+2&b=x";

    assertThat(Calling.meaning(calling.ask(Map.of("url", link)))).isEqualTo("done");

    assertThat(partner.asked.get(0).address()).isEqualTo("/f?b=%7E%2a&a=1+2&b=x");
    assertThat(partner.asked.get(0).headers()).doesNotContainKey("x-api-key");
    calling.ask(Map.of("url", partner.url() + "/own?token=a%2Bb"));
    assertThat(partner.asked.get(1).address()).startsWith("/own?token=a%2Bb&sign=");
    assertThat(partner.asked.get(1).headers()).containsEntry("x-api-key", "s3cr3t");
  }

  @Test
  void a_link_that_leads_elsewhere_is_refused_before_anything_is_sent() {
    Calling.Draft draft = partnerCall();
    draft.hosts = List.of("*.example.com");
    calling.has(draft);
    for (String link :
        List.of(
            "file:///etc/passwd",
            "ftp://127.0.0.1/x",
            "http://169.254.169.254/latest",
            "http://localhost/",
            "http://user@127.0.0.1/",
            "http://127.0.0.1@evil.test/",
            "http://evil.test/#@127.0.0.1",
            "http://example.com/",
            "http://evilexample.com/",
            "http://a.example.com.evil.test/",
            "http://127.0.0.1:22/",
            "//127.0.0.1/",
            "http://[::1]/",
            "http:///x",
            "no address")) {
      assertThat(Calling.refused(calling.ask(Map.of("url", link))).why())
          .as(link)
          .isEqualTo(Cause.ADDRESS_REFUSED);
    }
    for (String path :
        List.of(
            "/../admin",
            "x",
            "/a/%2e%2E/b",
            "/a?b=c",
            "/a#b",
            "/./a",
            "/a%2f..%2Fb",
            "/a\\..",
            "/100%")) {
      assertThat(Calling.refused(calling.ask(Map.of("path", path))).why())
          .as(path)
          .isEqualTo(Cause.ADDRESS_REFUSED);
    }
    assertThat(partner.asked).isEmpty();
  }
}
