package io.orderbridge.ticket;

import static io.orderbridge.ticket.Desk.FRIDAY;
import static io.orderbridge.ticket.Desk.MONDAY_EVENING;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.SteppedClock;
import io.orderbridge.finding.Finding;
import io.orderbridge.finding.Finding.Kind;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import io.orderbridge.ticket.TicketActs.Call;
import io.orderbridge.ticket.Tickets.Filter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The file is opened as a spreadsheet opens it. */
@Tag("R41")
@Tag("S12")
class TicketExportDbTest {
  private static final Filter ALL = new Filter("all", null, null, null, false);

  private final Desk desk = Desk.fresh();
  private final TicketExport export =
      new TicketExport(desk.tickets, desk.policy, new SteppedClock(MONDAY_EVENING));

  @AfterEach
  void end() {
    desk.close();
  }

  private static Finding payment(String subject, String amount, String text) {
    return new Finding(
        Kind.PAYMENT,
        "AMOUNT",
        subject,
        "",
        Level.BREACH,
        amount == null ? null : Money.of(amount, "CNY"),
        "",
        Map.of(),
        new Wording(text, text));
  }

  private byte[] exported(Filter filter) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    export.write(file, filter);
    return file.toByteArray();
  }

  private List<Map<String, String>> rows(Filter filter) throws IOException {
    String text = new String(exported(filter), StandardCharsets.UTF_8).substring(1);
    List<List<String>> lines = parse(text);
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> line : lines.subList(1, lines.size())) {
      assertThat(line).hasSameSizeAs(lines.get(0));
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < line.size(); i++) {
        row.put(lines.get(0).get(i), line.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  /** RFC 4180, read by a machine of its own. */
  private static List<List<String>> parse(String text) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean next = i + 1 < text.length() && text.charAt(i + 1) == '"';
      if (quoted && c == '"' && next) {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\r')) {
        line.add(cell.toString());
        cell.setLength(0);
      } else if (!quoted && c == '\n') {
        lines.add(line);
        line = new ArrayList<>();
      } else {
        cell.append(c);
      }
    }
    assertThat(quoted || cell.length() > 0).as("the last line ends").isFalse();
    return lines;
  }

  @Test
  void a_ticket_is_a_line_with_its_times_in_the_zone_of_the_policy() throws IOException {
    desk.run(FRIDAY, payment("demo/1", "20.00", "金额不符"));

    byte[] file = exported(ALL);
    assertThat(Arrays.copyOf(file, 3))
        .isEqualTo(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    assertThat(new String(file, StandardCharsets.UTF_8))
        .isEqualTo(
            "\uFEFFid,state,owner,priority,kind,code,subject,item,level,amount,currency,opened_at,"
                + "due_at,overdue,escalated,episode,state_by,state_at,reason,text_zh,text_en\r\n"
                + "1,OPEN,finance,HIGH,PAYMENT,AMOUNT,demo/1,,BREACH,20.00,CNY,"
                + "2026-11-20T10:00:00+08:00,2026-11-23T18:00:00+08:00,true,0,1,orderbridge,"
                + "2026-11-20T10:00:00+08:00,,金额不符,金额不符\r\n");
  }

  @Test
  void a_planted_formula_is_text_for_the_spreadsheet() throws IOException {
    List<String> planted =
        List.of(
            "=HYPERLINK(\"http://evil.example\",\"open\")",
            "+1+1",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(1+1)",
            "\tx",
            "\rx",
            "\nx",
            "＝1+1",
            "＠SUM(1)");
    for (int i = 0; i < planted.size(); i++) {
      desk.run(
          FRIDAY,
          IntStream.rangeClosed(0, i)
              .mapToObj(k -> payment(planted.get(k) + "/" + k, null, planted.get(k)))
              .toList());
    }
    desk.acts.close(new Call(1, null, "alice", FRIDAY), "=cmd()");

    List<Map<String, String>> rows = rows(ALL);

    assertThat(rows).hasSize(planted.size());
    for (int i = 0; i < planted.size(); i++) {
      assertThat(rows.get(i).get("subject")).isEqualTo("'" + planted.get(i) + "/" + i);
      assertThat(rows.get(i).get("text_en")).isEqualTo("'" + planted.get(i));
    }
    assertThat(rows.get(0).get("reason")).isEqualTo("'=cmd()");
    assertThat(new String(exported(ALL), StandardCharsets.UTF_8)).contains(",\"'+1+1\",");
  }

  @Test
  void what_is_harmless_comes_as_it_is() throws IOException {
    String text = "a, \"b\" and\r\nc = d - e";
    desk.run(FRIDAY, payment("demo/1", "-20.00", text));

    Map<String, String> row = rows(ALL).get(0);
    assertThat(row.get("text_en")).isEqualTo(text);
    assertThat(row.get("amount")).as("a number of our own adds up").isEqualTo("-20.00");
  }

  @Test
  void the_filters_are_those_of_the_list_and_no_page_is_lost_or_twice() throws IOException {
    int count = 2_345;
    desk.run(
        FRIDAY,
        IntStream.range(0, count).mapToObj(i -> payment("demo/" + i, "1.00", "x")).toList());
    desk.acts.close(new Call(7, null, "alice", FRIDAY), "done");
    desk.acts.take(new Call(8, null, "alice", FRIDAY), new Owner("alice"));

    assertThat(rows(ALL)).extracting(row -> row.get("id")).hasSize(count).doesNotHaveDuplicates();
    assertThat(rows(new Filter("live", null, null, null, false))).hasSize(count - 1);
    assertThat(rows(new Filter("all", "alice", null, null, false))).hasSize(1);
    assertThat(rows(new Filter("closed", null, "PAYMENT", null, false))).hasSize(1);
    assertThat(rows(new Filter("all", null, null, "demo/5", false))).hasSize(1);
    assertThat(rows(new Filter("all", null, null, null, true))).hasSize(count - 1);
    assertThat(rows(new Filter("to-verify", null, null, null, false))).isEmpty();
  }
}
