package io.orderbridge.reconciliation;

import static io.orderbridge.reconciliation.Office.DAY;
import static io.orderbridge.reconciliation.Office.LEFT;
import static io.orderbridge.reconciliation.Office.NAME;
import static io.orderbridge.reconciliation.Office.RIGHT;
import static io.orderbridge.reconciliation.Office.line;
import static io.orderbridge.reconciliation.Office.night;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.books.SnapshotList;
import io.orderbridge.kernel.Role;
import io.orderbridge.ticket.Ageing;
import io.orderbridge.ticket.PolicyInForce;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the API answers of reconciliations, runs and breaks, and to whom. */
@Tag("R40")
class ReconciliationApiDbTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Office office = Office.fresh();
  private final Clock clock = Clock.fixed(night(DAY).plusSeconds(25_200), ZoneOffset.UTC);
  private final RunReads reads = new RunReads(office.heart.database);
  private final ReconciliationBook book =
      new ReconciliationBook(office.reconciliations, office.inputs, reads, office.attempts, clock);
  private final ReconciliationResource reconciliations =
      new ReconciliationResource(
          book, new RunActs(book, office.runs, office::read, office.heart.database, clock));
  private final RunResource runs = new RunResource(reads, book);
  private final BreakBook found =
      new BreakBook(
          new BreakList(
              office.heart.database, new Ageing(office.heart.database, new PolicyInForce())),
          reads,
          new SnapshotList(office.heart.database),
          clock);
  private final BreakResource breaks = new BreakResource(found, office.acts, office.links, clock);

  @AfterEach
  void end() {
    office.close();
  }

  @BeforeEach
  void books() {
    office.take(LEFT, DAY, line(DAY, "1", "10.00"), line(DAY, "2", "20.00"));
    office.take(RIGHT, DAY, line(DAY, "1", "10.00"), line(DAY, "=9", "9.00"));
  }

  private record Who(String name, Set<Role> roles) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return () -> name;
    }

    @Override
    public boolean isUserInRole(String role) {
      return roles.stream().anyMatch(one -> one.word().equals(role));
    }

    @Override
    public boolean isSecure() {
      return true;
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }

  private static final Who ANN = new Who("ann", Set.of(Role.FINANCE));
  private static final Who GUEST = new Who("guest", Set.of(Role.CS));

  private static JsonNode body(Response response, int status) {
    JsonNode body = JSON.valueToTree(response.getEntity());
    assertThat(response.getStatus()).as(body.toString()).isEqualTo(status);
    return body;
  }

  private JsonNode run() {
    return body(reconciliations.run(NAME, DAY.toString(), null, ANN), 200);
  }

  @Test
  void a_run_is_asked_for_shown_and_proved() {
    JsonNode made = run();
    assertThat(made.at("/made").asBoolean()).isTrue();
    assertThat(made.at("/left/ofPeriod/entries").asInt()).isEqualTo(2);
    assertThat(made.at("/left/ofPeriod/sums/CNY").asText()).isEqualTo("30.00");
    assertThat(run().at("/made").asBoolean()).isFalse();

    JsonNode again = body(reconciliations.run(NAME, DAY.toString(), 1, ANN), 200);
    assertThat(again.at("/same").asBoolean()).isTrue();
    assertThat(body(reconciliations.list(NAME, null, null), 200).at("/runs")).hasSize(1);
    assertThat(body(reconciliations.all(), 200).at("/reconciliations/0/last/version").asInt())
        .isEqualTo(1);
    assertThat(body(runs.one(made.at("/id").asLong()), 200).at("/hash"))
        .isEqualTo(made.at("/hash"));
    assertThat(office.heart.texts("select actor || ' ' || action || ' ' || detail from audit"))
        .contains("ann reconciliation.run day=2026-11-20 as-of=1");
  }

  @Test
  void every_key_is_explained_matched_ones_as_well() {
    long id = run().at("/id").asLong();

    JsonNode matched = body(runs.entry(id, "1", "zh-CN"), 200);
    assertThat(matched.at("/items")).isEmpty();
    assertThat(matched.at("/why").asText()).isEqualTo("两边按键值一致,已匹配。");
    JsonNode open = body(runs.entry(id, "2", "en"), 200);
    assertThat(open.at("/items/0/class").asText()).isEqualTo("UNSETTLED");
    assertThat(open.at("/left/0/amount").asText()).isEqualTo("20.00");
    assertThat(body(runs.entry(id, "none", "en"), 404).at("/error").asText())
        .contains("no entry of the key 'none' came into run");
  }

  @Test
  void items_are_paged_narrowed_down_and_streamed_for_a_spreadsheet() throws IOException {
    long id = run().at("/id").asLong();

    JsonNode page = body(runs.items(id, null, null, 0, 1, "en"), 200);
    assertThat(page.at("/items/0/class").asText()).isEqualTo("MISSING_LEFT");
    JsonNode next = body(runs.items(id, null, null, page.at("/after").asInt(), 1, "en"), 200);
    assertThat(next.at("/items/0/class").asText()).isEqualTo("UNSETTLED");
    assertThat(body(runs.items(id, "UNSETTLED", "BREAK", 0, 9, "en"), 200).at("/items")).hasSize(1);
    assertThat(body(runs.items(id, "WRONG", null, 0, 9, "en"), 400).at("/error").asText())
        .startsWith("'class' is 'WRONG', expected one of [MATCHED, ");

    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    ((StreamingOutput) runs.csv(id, null, null).getEntity()).write(csv);
    assertThat(csv.toString(StandardCharsets.UTF_8).split("\r\n"))
        .hasSize(3)
        .satisfies(lines -> assertThat(lines[1]).contains(",'=9,").contains(",9.00,"));
  }

  @Test
  void who_may_not_or_asks_for_what_is_not_there_is_told_why() {
    assertThat(
            body(reconciliations.run(NAME, DAY.toString(), null, GUEST), 403).at("/error").asText())
        .contains("Running a reconciliation needs one of the roles finance, owner");
    assertThat(
            body(reconciliations.run("other", DAY.toString(), null, ANN), 404)
                .at("/error")
                .asText())
        .contains("there is no reconciliation 'other'");
    assertThat(body(reconciliations.run(NAME, "soon", null, ANN), 400).at("/error").asText())
        .contains("'day' is 'soon', expected a day such as 2026-11-20");
    assertThat(body(reconciliations.run(NAME, DAY.toString(), 7, ANN), 400).at("/error").asText())
        .contains("has no such version");
    body(runs.one(999), 404);
    office.absent.add(RIGHT);
    assertThat(
            body(reconciliations.run(NAME, DAY.toString(), null, ANN), 409).at("/error").asText())
        .contains("receipts rests: no connection in force declares pay/bill");
    assertThat(body(reconciliations.one(NAME), 200).at("/rests/0").asText()).isEqualTo(RIGHT);
  }

  @Test
  void a_run_that_failed_is_found_by_its_reconciliation() {
    Comparing whole = office.comparing;
    office.comparing =
        (connection, task, items, progress) ->
            whole.compare(connection, task, item -> {}, progress);

    body(reconciliations.run(NAME, DAY.toString(), null, ANN), 409);

    JsonNode attempt = body(reconciliations.one(NAME), 200).at("/attempts/0");
    assertThat(attempt.at("/state").asText()).isEqualTo("FAILED");
    assertThat(attempt.at("/problem").asText()).contains("entries came in");
    assertThat(body(runs.one(attempt.at("/id").asLong()), 200)).isEqualTo(attempt);
    office.comparing = whole;
    run();
    assertThat(body(reconciliations.one(NAME), 200).has("attempts")).isFalse();
  }

  @Test
  void what_a_run_waits_for_is_shown_with_when_it_is_due() {
    office.awaited.add(RIGHT + "@" + DAY);
    run();

    JsonNode last = body(reconciliations.one(NAME), 200).at("/last");
    assertThat(last.at("/final").asBoolean()).isFalse();
    assertThat(last.at("/awaits/0/book").asText()).isEqualTo(RIGHT);
    assertThat(last.at("/awaits/0/dueAt").asText()).isEqualTo("2026-11-21T02:00:00Z");
  }

  @Test
  void a_break_is_listed_decided_about_and_shown_with_its_trail() {
    run();
    JsonNode list = body(breaks.list("OPEN", NAME, "MISSING_LEFT", "0-1", 0, 10), 200);
    long id = list.at("/breaks/0/id").asLong();
    assertThat(list.at("/breaks/0/gap").asText()).isEqualTo("-9.00");

    JsonNode accepted = body(breaks.act(id, "accept", new BreakResource.Reason("ours"), ANN), 200);
    assertThat(accepted.at("/state").asText()).isEqualTo("ACCEPTED");
    assertThat(accepted.at("/trail/1/who").asText()).isEqualTo("ann");
    assertThat(body(breaks.act(id, "write-off", new BreakResource.Reason("x"), ANN), 409))
        .isNotEmpty();
    assertThat(body(breaks.list(null, null, null, "1-2", 0, 10), 400).at("/error").asText())
        .contains("'bucket' is '1-2', expected one of [0-1, 2-3, 4-7, 8-30, >30]");
    body(breaks.link(new BreakResource.Link(NAME, List.of(id), null, null, "why"), ANN), 409);
    assertThat(body(breaks.ageing(NAME), 200).at("/open/0/unsettled").asBoolean()).isTrue();
  }
}
