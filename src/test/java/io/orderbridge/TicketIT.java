package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tickets as people use them: by HTTP, under their names. */
@Tag("R41")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class TicketIT {
  // The round comes every minute.
  private static final Duration ROUND_MAX = Duration.ofSeconds(100);
  private static final String ALICE = "token-of-alice";
  private static final String BOB = "token-of-bob";

  private Product product;

  @BeforeAll
  void start(@TempDir Path folder) {
    product =
        new Product(folder)
            .database(TestDatabase.freshUrl())
            .setting("orderbridge.api.tokens.alice", ALICE)
            .setting("orderbridge.api.tokens.bob", BOB);
    Product.copy(Path.of("mappings/rules"), product.mappings().resolve("rules"));
    product.start();
    // Something that was found when no rule was there yet.
    product
        .rows()
        .execute(
            "insert into finding (scope, kind, code, subject, item, level, amount, currency, cause,"
                + " evidence, zh, en, opened_at, seen_at) values ('planted', 'STUCK', 'PAID',"
                + " 'demo/stuck', '', 'BREACH', null, null, '', '{}', '卡单', 'It is stuck.', now(),"
                + " now())");
  }

  @BeforeEach
  void asAlice() {
    product.bearer(ALICE);
  }

  @AfterAll
  void stop() {
    product.close();
  }

  private JsonNode opened(String subject) {
    HttpResponse<String> answer =
        product.post(
            "/api/tickets",
            """
            {"text": "Call the customer back.", "subject": "%s", "owner": "cs", "due": "4h",
             "amount": "5.00", "currency": "CNY"}\
            """
                .formatted(subject));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Product.read(answer.body());
  }

  private HttpResponse<String> act(JsonNode ticket, String act, String body) {
    return product.post("/api/tickets/%d/%s".formatted(ticket.path("id").asLong(), act), body);
  }

  private JsonNode done(JsonNode ticket, String act, String body) {
    HttpResponse<String> answer = act(ticket, act, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Product.read(answer.body());
  }

  @Test
  void a_ticket_goes_its_way_under_the_names_of_those_who_move_it() {
    JsonNode ticket = opened("demo/way");
    assertThat(ticket.path("state").asText()).isEqualTo("OPEN");
    assertThat(ticket.path("by").asText()).isEqualTo("alice");

    assertThat(done(ticket, "take", "{}").path("owner").asText()).isEqualTo("alice");
    assertThat(done(ticket, "to-verify", "{}").path("state").asText()).isEqualTo("TO_VERIFY");
    product.bearer(BOB);
    JsonNode closed = done(ticket, "close", "{\"reason\": \"customer was called\"}");

    assertThat(closed.path("state").asText()).isEqualTo("CLOSED");
    assertThat(closed.path("by").asText()).isEqualTo("bob");
    assertThat(closed.path("reason").asText()).isEqualTo("customer was called");
    JsonNode again = done(ticket, "reopen", "{\"reason\": \"not reached\"}");
    assertThat(done(ticket, "assign", "{\"owner\": \"finance\"}").path("owner").asText())
        .isEqualTo("finance");
    assertThat(again.path("state").asText()).isEqualTo("OPEN");
    List<String> events = new ArrayList<>();
    again
        .path("events")
        .forEach(e -> events.add(e.path("what").asText() + " " + e.path("actor").asText()));
    assertThat(events)
        .containsExactly(
            "OPENED alice", "TAKEN alice", "HANDED_OVER alice", "CLOSED bob", "REOPENED bob");
    assertThat(
            product
                .rows()
                .texts(
                    "select actor, action from audit where subject = 'ticket/%d' order by id desc"
                            .formatted(ticket.path("id").asLong())
                        + " limit 2"))
        .containsExactly("bob|ticket.assigned", "bob|ticket.reopened");
  }

  @Test
  void closing_without_a_reason_is_refused() {
    JsonNode ticket = opened("demo/reason");
    for (String body : List.of("{}", "{\"reason\": \" \"}", "{\"version\": 1}")) {
      HttpResponse<String> answer = act(ticket, "close", body);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .contains("expected {\\\"reason\\\": ", "why nothing has to be done");
    }
    assertThat(act(ticket, "close", "").statusCode()).isEqualTo(400);
    assertThat(act(ticket, "close", "{\"reason\": \"%s\"}".formatted("x".repeat(501))).statusCode())
        .isEqualTo(400);
    assertThat(act(ticket, "reopen", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void who_decides_on_an_old_version_is_answered_409_with_the_ticket_as_it_is() {
    JsonNode ticket = opened("demo/stale");
    String path = "/api/tickets/%d/close".formatted(ticket.path("id").asLong());
    String seen = product.get(path.replace("/close", "")).headers().firstValue("ETag").orElse("");
    assertThat(seen).isEqualTo("\"1\"");
    done(ticket, "take", "{\"owner\": \"bob\", \"version\": 1}");

    for (HttpResponse<String> answer :
        List.of(
            act(ticket, "close", "{\"reason\": \"done\", \"version\": 1}"),
            product.send(
                "POST",
                path,
                BodyPublishers.ofString("{\"reason\": \"done\"}"),
                "Content-Type",
                "application/json",
                "If-Match",
                seen))) {
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.headers().firstValue("ETag")).contains("\"2\"");
      JsonNode body = Product.read(answer.body());
      assertThat(body.path("error").asText()).contains("has changed since: it is version 2 now");
      assertThat(body.path("current").path("state").asText()).isEqualTo("IN_PROGRESS");
      assertThat(body.path("current").path("owner").asText()).isEqualTo("bob");
    }
    assertThat(
            product
                .send(
                    "POST",
                    path,
                    BodyPublishers.ofString("{\"reason\": \"done\"}"),
                    "Content-Type",
                    "application/json",
                    "If-Match",
                    "yesterday")
                .statusCode())
        .isEqualTo(400);
    done(ticket, "close", "{\"reason\": \"done\", \"version\": 2}");
  }

  @Test
  void what_the_state_does_not_allow_is_answered_409_with_what_it_allows() {
    JsonNode ticket = opened("demo/not-now");
    HttpResponse<String> early = act(ticket, "to-verify", "{}");
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(Product.read(early.body()).path("error").asText())
        .endsWith("is OPEN; what can be done with it: take, assign, close");
    assertThat(act(ticket, "reopen", "{\"reason\": \"x\"}").statusCode()).isEqualTo(409);
    done(ticket, "close", "{\"reason\": \"done\"}");
    assertThat(act(ticket, "take", "{}").statusCode()).isEqualTo(409);
  }

  @Test
  void a_ticket_that_is_not_there_is_answered_404() {
    assertThat(product.get("/api/tickets/999999").statusCode()).isEqualTo(404);
    assertThat(product.get("/api/tickets/999999").body()).contains("there is no ticket 999999");
    for (String act : List.of("take", "to-verify")) {
      assertThat(product.post("/api/tickets/999999/" + act, "{}").statusCode()).isEqualTo(404);
    }
    assertThat(product.post("/api/tickets/999999/comment", "{\"text\": \"x\"}").statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | expected {\\\"text\\\":",
        "{\"text\": \"a\", \"owner\": \"a b\"} | an owner is a role (ops, cs",
        "{\"text\": \"a\", \"due\": \"soon\"} | 'due' is 'soon', expected 30m, 4h",
        "{\"text\": \"a\", \"priority\": \"high\"} | 'priority' is one of [LOW, NORMAL",
        "{\"text\": \"a\", \"level\": \"BAD\"} | 'level' is one of [WARNING, BREACH]",
        "{\"text\": \"a\", \"amount\": \"1.001\", \"currency\": \"CNY\"} | more than the 2"
            + " decimals",
        "{\"text\": \"a\", \"amount\": \"1.00\"} | currency is not a code",
      })
  void what_is_wrong_in_a_ticket_by_hand_is_said(String body, String expected) {
    HttpResponse<String> answer = product.post("/api/tickets", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(expected);
  }

  @Test
  void a_request_that_is_sent_again_opens_no_second_ticket() {
    String body = "{\"text\": \"Count the shelf.\", \"subject\": \"shelf\"}";
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      answers.add(
          product.send(
              "POST",
              "/api/tickets",
              BodyPublishers.ofString(body),
              "Content-Type",
              "application/json",
              "Idempotency-Key",
              "shelf-1"));
    }
    assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(201, 200);
    assertThat(answers.get(0).headers().firstValue("Location"))
        .isEqualTo(answers.get(1).headers().firstValue("Location"))
        .isPresent();
    assertThat(product.json("/api/tickets?subject=shelf").path("tickets")).hasSize(1);
  }

  @Test
  void the_list_narrows_down_and_reads_on() {
    JsonNode first = opened("list/1");
    JsonNode second = opened("list/1");
    done(first, "close", "{\"reason\": \"done\"}");
    done(second, "take", "{}");

    assertThat(ids("subject=list/1")).containsExactly(second.path("id").asLong());
    assertThat(ids("subject=list/1&state=all")).hasSize(2);
    assertThat(ids("subject=list/1&state=all&limit=1")).containsExactly(second.path("id").asLong());
    assertThat(ids("subject=list/1&state=all&before=" + second.path("id").asLong()))
        .containsExactly(first.path("id").asLong());
    assertThat(ids("subject=list/1&state=in-progress&owner=alice&kind=HAND")).hasSize(1);
    assertThat(ids("subject=list/1&owner=bob")).isEmpty();
    assertThat(ids("subject=list/1&overdue=true")).isEmpty();
    HttpResponse<String> wrong = product.get("/api/tickets?state=done");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("'state' is one of all, closed, in-progress, live, open, to-verify");
  }

  private List<Long> ids(String query) {
    List<Long> ids = new ArrayList<>();
    product
        .json("/api/tickets?" + query)
        .path("tickets")
        .forEach(ticket -> ids.add(ticket.path("id").asLong()));
    return ids;
  }

  @Test
  @Tag("S12")
  void the_export_is_a_file_in_which_a_planted_formula_is_text() {
    opened("=2+5");
    HttpResponse<String> file = product.get("/api/tickets.csv?subject=%3D2%2B5");

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(file.headers().firstValue("Content-Disposition").orElse("")).contains("tickets.csv");
    assertThat(file.body()).startsWith("\uFEFFid,state,owner,").contains(",\"'=2+5\",");
    assertThat(file.body().lines()).hasSize(2);
    HttpResponse<String> wrong = product.get("/api/tickets.csv?state=done");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(Product.read(wrong.body()).path("error").asText()).startsWith("'state' is one of");
  }

  @Test
  @Tag("R34")
  void the_ageing_of_an_owner_has_five_buckets() {
    done(opened("demo/age"), "assign", "{\"owner\": \"warehouse\"}");

    JsonNode ageing = product.json("/api/tickets/ageing?owner=warehouse");

    assertThat(ageing.path("buckets")).hasSize(5);
    JsonNode young = ageing.path("buckets").get(0);
    assertThat(young.path("days").asText()).isEqualTo("0-1");
    assertThat(young.path("count").asLong()).isOne();
    assertThat(young.path("amounts").get(0).path("amount").asText()).isEqualTo("5.00");
  }

  @Test
  void a_comment_has_up_to_4000_characters_and_is_never_logged() {
    JsonNode ticket = opened("demo/comment");
    String text = "13800000000 " + "字".repeat(3_988);
    HttpResponse<String> written = act(ticket, "comment", "{\"text\": \"" + text + "\"}");
    assertThat(written.statusCode()).isEqualTo(201);
    JsonNode comment = Product.read(written.body()).path("comments").get(0);
    assertThat(comment.path("text").asText()).isEqualTo(text);
    assertThat(comment.path("author").asText()).isEqualTo("alice");

    assertThat(act(ticket, "comment", "{\"text\": \"" + text + "x\"}").statusCode()).isEqualTo(400);
    assertThat(act(ticket, "comment", "{}").statusCode()).isEqualTo(400);
    assertThat(product.log()).doesNotContain("13800000000");
  }

  @Test
  void nobody_without_a_name_sees_or_moves_a_ticket() {
    product.bearer(null);
    assertThat(product.get("/api/tickets").statusCode()).isEqualTo(401);
    assertThat(product.get("/api/tickets.csv").statusCode()).isEqualTo(401);
    assertThat(product.post("/api/tickets/1/take", "{}").statusCode()).isEqualTo(401);
  }

  @Test
  void the_description_of_the_api_has_every_act() {
    assertThat(product.get("/q/openapi").body())
        .contains(
            "/api/tickets:",
            "/api/tickets.csv:",
            "/api/tickets/ageing:",
            "/take:",
            "/assign:",
            "/to-verify:",
            "/close:",
            "/reopen:",
            "/comment:");
  }

  @Test
  void the_shipped_rules_are_in_force_and_open_tickets_for_what_was_found_before() {
    Await.asserted(ROUND_MAX, () -> assertThat(ids("subject=demo/stuck")).hasSize(1));

    JsonNode ticket = product.json("/api/tickets?subject=demo/stuck").path("tickets").get(0);
    assertThat(ticket.path("rule").asText()).isEqualTo("stuck");
    assertThat(ticket.path("owner").asText()).isEqualTo("ops");
    assertThat(ticket.path("next").path("to").asText()).isEqualTo("manager");
    // They are counted after the round that made the ticket.
    Await.asserted(
        ROUND_MAX,
        () ->
            assertThat(product.get("/q/metrics").body())
                .contains(
                    "orderbridge_tickets_open{owner=\"ops\"}",
                    "orderbridge_tickets_open{owner=\"person\"}",
                    "orderbridge_tickets_overdue 0.0"));
  }
}
