package io.orderbridge.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orderbridge.Heart;
import io.orderbridge.inbox.AppliedMessages;
import io.orderbridge.inbox.ReceivingConnections;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.work.Unsettled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A planted bad mapping is caught, and shows just the orders that would change. */
@Tag("R55")
class ShadowRunDbTest {
  private static final FilePath FILE = FilePath.of("mappings/shop/facts.jsonata");
  private static final String GOOD = "/* Facts come as facts. */ $";
  private static final String ZERO_FOR_DOLLARS =
      "details.currency = 'USD' ? $merge([$, {'details': $merge([details, {'total': '0.00'}])}])"
          + " : $";
  private static final Person OPS = new Person("zhao", role -> role == Role.OPS);
  private static final Person MANAGER = new Person("ma", role -> role == Role.MANAGER);

  private final Heart heart = Heart.fresh();
  private final PlayedFolders folders = new PlayedFolders().put(FILE.toString(), GOOD);
  private final ShadowRun shadow =
      new ShadowRun(
          folders,
          new AppliedMessages(
              heart.database, new Unsettled(heart.database), new ReceivingConnections()),
          new FileVersions(heart.database),
          heart.clock);

  @BeforeEach
  void fifty_messages_of_which_twelve_are_in_dollars() {
    folders.uses.add(new Folders.Use("shop", "shop/facts", true));
    for (int i = 1; i <= 50; i++) {
      message(i, i % 4 == 0 ? "USD" : "CNY", false);
    }
    message(51, "USD", true);
  }

  @AfterEach
  void end() {
    heart.close();
  }

  private void message(int i, String currency, boolean waits) {
    heart.execute(
        """
        insert into inbox_message (id, connection, message_id, kind, headers, body)
        values (%1$d, 'shop', 'm-%1$d', 'push', '{}', convert_to('{"order": {"shop": "demo",
          "number": "%1$d"}, "version": "2026-11-29T00:00:00Z", "facts": [{"milestone": "CREATED",
          "at": "2026-11-29T00:00:00Z"}], "details": {"currency": "%2$s", "total": "1.00",
          "lines": []}, "receiver": {"name": "王小明", "phone": "13912345678"}}', 'UTF8'))\
        """
            .formatted(i, currency));
    if (waits) {
      heart.execute(
          """
          insert into work (queue, lane, ref, ref_at, subject, key)
          values ('inbox:shop', '#1', %1$d, now(), 'm-%1$d', 'shop/m-%1$d')\
          """
              .formatted(i));
    }
  }

  private JsonNode run(Person editor, String text, int messages, boolean personal) {
    return new ObjectMapper()
        .registerModule(new JavaTimeModule())
        .valueToTree(shadow.run(editor, FILE, text, messages, personal));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  @Test
  void twelve_of_fifty_differ_each_with_its_field_and_both_values() {
    JsonNode replay = run(OPS, ZERO_FOR_DOLLARS, 50, false).path("replay");

    assertThat(replay.path("looked").asInt()).isEqualTo(50);
    assertThat(replay.path("same").asInt()).isEqualTo(38);
    assertThat(replay.path("differ").asInt()).isEqualTo(12);
    assertThat(texts(replay.path("orders")))
        .containsExactlyInAnyOrder(
            "demo/4", "demo/8", "demo/12", "demo/16", "demo/20", "demo/24", "demo/28", "demo/32",
            "demo/36", "demo/40", "demo/44", "demo/48");
    assertThat(replay.path("messages"))
        .hasSize(12)
        .allSatisfy(
            message ->
                assertThat(message.path("changes").toString())
                    .isEqualTo(
                        "[{\"pointer\":\"/details/total\",\"how\":\"CHANGED\","
                            + "\"before\":\"1.00\",\"after\":\"0.00\"}]"));
  }

  @Test
  void nothing_is_taken_into_force_and_nothing_is_written() {
    String before = everything();

    run(OPS, ZERO_FOR_DOLLARS, 50, false);

    assertThat(folders.text(FILE.toString())).isEqualTo(GOOD);
    assertThat(folders.written).isZero();
    assertThat(everything()).isEqualTo(before);
    assertThat(run(OPS, GOOD, 50, false).path("replay").path("same").asInt()).isEqualTo(50);
  }

  private String everything() {
    StringBuilder counts = new StringBuilder();
    for (String table :
        heart.texts("select tablename from pg_tables where schemaname = 'public' order by 1")) {
      counts.append(table).append(heart.number("select count(*) from " + table)).append(' ');
    }
    return counts.toString();
  }

  @Test
  void what_would_be_refused_now_is_counted_by_cause_by_the_mapping_or_by_the_order_book() {
    JsonNode failed =
        run(OPS, "details.currency = 'USD' ? $table('shop/none', 'x') : $", 50, false);
    JsonNode invalid =
        run(OPS, "details.currency = 'USD' ? $merge([$, {'order': {}}]) : $", 50, false);

    assertThat(failed.path("replay").path("refusedNow").toString())
        .isEqualTo("{\"MAPPING_FAILED\":12}");
    assertThat(invalid.path("replay").path("refusedNow").toString())
        .isEqualTo("{\"FACTS_INVALID\":12}");
    assertThat(invalid.path("replay").path("messages").get(0).path("after").path("refused"))
        .isNotEmpty();
  }

  @Test
  void personal_data_is_masked_unless_the_role_may_see_it_and_wants_to_and_that_is_audited() {
    String swapped = "$merge([$, {'receiver': {'name': receiver.phone}}])";

    JsonNode masked = run(OPS, swapped, 1, false).path("replay");
    assertThat(masked.toString()).doesNotContain("13912345678", "王小明").contains("*** (11)");
    assertThat(heart.number("select count(*) from audit")).isZero();

    JsonNode clear = run(OPS, swapped, 1, true).path("replay");
    assertThat(clear.toString()).contains("13912345678", "王小明");
    assertThat(heart.texts("select actor || ' ' || action from audit"))
        .containsExactly("zhao file.personal-shown");

    assertThat(
            catchThrowableOfType(Declined.class, () -> shadow.run(MANAGER, FILE, swapped, 1, true))
                .status())
        .isEqualTo(403);
  }

  @Test
  void the_newest_are_looked_at_and_a_thousand_at_most() {
    assertThat(run(OPS, ZERO_FOR_DOLLARS, 3, false).path("replay").path("looked").asInt())
        .isEqualTo(3);
    assertThat(
            catchThrowableOfType(Declined.class, () -> shadow.run(OPS, FILE, GOOD, 1_001, false))
                .status())
        .isEqualTo(400);
  }

  @Test
  void what_is_refused_is_not_replayed_and_says_so() {
    folders.refused = "bad";

    JsonNode answer = run(OPS, "bad", 50, false);

    assertThat(answer.path("wouldBeTaken").asBoolean()).isFalse();
    assertThat(answer.path("problems").get(0).path("line").asInt()).isEqualTo(3);
    assertThat(answer.path("replay").isNull()).isTrue();
    assertThat(answer.path("notReplayed").path("zh").asText()).isNotBlank();
  }

  @Test
  void a_code_table_is_tried_through_the_mappings_that_name_it() {
    String table = "mappings/shop/currency.csv";
    folders.put(table, "from,to\nCNY,CNY\nUSD,USD\n");
    folders.put(
        FILE.toString(),
        "$merge([$, {'details': $merge([details,"
            + " {'currency': $table('shop/currency', details.currency)}])}])");

    JsonNode answer =
        new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .valueToTree(
                shadow.run(OPS, FilePath.of(table), "from,to\nCNY,CNY\nUSD,EUR\n", 50, false));

    assertThat(answer.path("replay").path("differ").asInt()).isEqualTo(12);
  }
}
