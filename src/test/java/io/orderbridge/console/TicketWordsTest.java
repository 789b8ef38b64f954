package io.orderbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pages of tickets, findings and repairs say, and to whom. */
class TicketWordsTest {
  @Test
  void who_sees_no_money_reads_the_sentence_without_amounts() {
    String sentence = "paid 156.75 CNY here (4200009917), -5.00 USD, -0.865 %: ask at 14:00";
    assertThat(Sums.in(sentence, true)).isEqualTo(sentence);
    assertThat(Sums.in(sentence, false))
        .isEqualTo("paid ••• CNY here (4200009917), ••• USD, ••• %: ask at 14:00");
  }

  @ParameterizedTest
  @CsvSource({
    "PAYMENT,PAID_HERE_ONLY",
    "COMPARISON,MISSING_THERE",
    "CONTRADICTION,SHIPPED_SHOP_WAITS",
    "STUCK,STUCK_PAID",
    "UPLOAD,UPLOAD_LATE",
    "LINK,TRACKING_NO_MISSING",
    "LINK,LINK_BROKEN",
    "LINK,SOURCE_BEHIND",
    "LINK,CHANNEL_AUTH_EXPIRED",
    "REPAIR,NOT_ARRIVED",
    "NOTICE,NOTICE_FAILED",
    "NOTICE,REACH_LOW",
    "BOOKS,AMOUNT",
    "BOOKS,SPLIT",
    "BOOKS,RETURN_NOT_OFFSET",
    "HEALTH,SYNC_DELAY"
  })
  void the_section_of_the_runbook_is_there(String kind, String code) throws Exception {
    List<String> anchors = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("docs/runbook.md"))) {
      if (line.startsWith("#")) {
        anchors.add(anchor(line.replaceFirst("^#+ ", "")));
      }
    }
    assertThat(anchors).contains(Matters.runbook(kind, code).replace("docs/runbook.md#", ""));
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  @Test
  void a_ticket_by_hand_has_no_section() {
    assertThat(Matters.runbook("HAND", "")).isEmpty();
  }

  @Test
  void the_query_of_a_list_names_what_is_asked_for_only() {
    TicketQuery query = new TicketQuery("all", "cs", "", "demo/1 2", "", "true");
    assertThat(query.query()).isEqualTo("?state=all&owner=cs&subject=demo%2F1+2&overdue=true");
    assertThat(query.aged("2-3").query()).isEqualTo("?owner=cs&age=2-3");
  }

  @Test
  void every_template_can_be_read() throws Exception {
    try (var files = Files.list(Path.of("src/main/resources/templates/console"))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".html", "");
        assertThat(Pages.engine().getTemplate("console/" + name)).as(name).isNotNull();
        assertThat(Pattern.compile("\\{#if").matcher(Files.readString(file)).results().count())
            .as(name)
            .isEqualTo(
                Pattern.compile("\\{/if}").matcher(Files.readString(file)).results().count());
      }
    }
  }
}
