package io.orderbridge.consistency;

import static io.orderbridge.consistency.Comparing.SHOP;
import static io.orderbridge.consistency.Comparing.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The report of a run: page, CSV, XLSX, and the API around them. */
@Tag("R09")
@Tag("R77")
class ComparisonReportDbTest {
  private static final String EVIL = "=cmd<script>alert(1)</script>";

  private final Comparing night = Comparing.fresh().with(Comparing.pair("erp"));
  private final Heart heart = night.heart;
  private final ComparisonResource api =
      new ComparisonResource(
          heart.database, night.runs, night.comparisons, new ComparisonPage(), night.clock);

  @BeforeEach
  void begin() {
    for (int i = 0; i < 5; i++) {
      night.order("same-" + i, "PAID");
      night.state("erp", "same-" + i, "PAID");
    }
    night.order("lost", "PAID");
    night.order("moved", "PACKED");
    night.state("erp", "moved", "PAID");
    night.state("erp", SHOP, EVIL, "PAID", "2026-11-20T04:00:00Z", TWO + "");
  }

  @AfterEach
  void end() {
    night.close();
  }

  private long made() {
    night.readAtTwo("erp");
    return night.compare("erp").id();
  }

  private static byte[] bytes(Response response) throws IOException {
    assertThat(response.getStatus()).isEqualTo(200);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ((StreamingOutput) response.getEntity()).write(out);
    return out.toByteArray();
  }

  @Test
  @Tag("R61")
  void the_page_is_chinese_needs_nothing_else_and_escapes_what_comes_from_outside()
      throws NoSuchAlgorithmException {
    Response page = api.html(made(), null, "zh-CN,zh;q=0.9,en;q=0.5");
    String html = (String) page.getEntity();

    assertThat(html)
        .contains("<html lang=\"zh\">", "erp 与订单中心对账（2026-11-21）", "责任人", "对方缺单", "未送达对方")
        .contains("=cmd&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script", "http://", "https://", " style=");
    String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertThat(page.getHeaderString("Content-Security-Policy"))
        .startsWith(
            "default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(hash)
                + "'");
  }

  @Test
  void the_page_speaks_the_language_that_is_asked_for() {
    long run = made();
    assertThat((String) api.html(run, "en", "zh-CN").getEntity())
        .contains("<html lang=\"en\">", "missing there", "it was not told", "person in charge");
    assertThat((String) api.html(run, null, "en-GB,en").getEntity()).contains("missing there");
    assertThat((String) api.html(run, null, null).getEntity()).contains("对方缺单");
    assertThat((String) api.html(run, null, "no such; language").getEntity()).contains("对方缺单");
  }

  @Test
  void the_page_names_what_is_awaited_and_says_when_nothing_differs() {
    heart.execute("delete from system_state; delete from customer_order");

    String html = (String) api.html(night.compare("erp").id(), "zh", null).getEntity();

    assertThat(html).contains("待读取", "erp/states", "从未读取", "没有差异。");
  }

  @Test
  void the_workbook_has_totals_first_then_rows_and_text_stays_text() throws IOException {
    byte[] xlsx = bytes(api.xlsx(made(), "zh", null));

    try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
      List<Row> totals = book.getFirstSheet().read();
      assertThat(totals.stream().map(row -> row.getCellText(0) + " " + row.getCellText(1)))
          .contains("系统 erp", "一致 5", "对方缺单 1", "本方缺单 1", "状态不一致 1", "时间不一致 0");
      List<Row> rows = book.getSheet(1).orElseThrow().read();
      assertThat(rows.stream().map(row -> row.getCellText(1) + " " + row.getCellText(2)))
          .containsExactly("订单号 差异", EVIL + " 本方缺单", "lost 对方缺单", "moved 状态不一致");
      assertThat(rows.get(1).getCell(1).getFormula()).isNull();
      assertThat(rows.get(3).getCellAsDate(7).orElseThrow()).hasToString("2026-11-20T12:00");
    }
  }

  @Test
  void the_csv_is_the_same_each_time_it_is_loaded_and_calculates_nothing() throws IOException {
    long run = made();
    byte[] csv = bytes(api.csv(run, "en", null));

    assertThat(bytes(api.csv(run, "en", null))).isEqualTo(csv);
    assertThat(new String(csv, StandardCharsets.UTF_8).lines())
        .containsExactly(
            "\uFEFFshop,order number,difference,cause,status here,status there,their code,time"
                + " here,time there,read at,to be looked at again",
            "tmall-one,'"
                + EVIL
                + ",missing here,no message came,,PAID,raw-PAID,,2026-11-20"
                + " 12:00:00,2026-11-21 02:00:00,",
            "tmall-one,lost,missing there,it was not told,PAID,,,2026-11-20 12:00:00,,,",
            "tmall-one,moved,status differs,it is behind,PACKED,PAID,raw-PAID,2026-11-20"
                + " 12:00:00,2026-11-20 12:00:00,2026-11-21 02:01:00,");
    assertThat(api.csv(run, "en", null).getHeaderString("Content-Disposition"))
        .isEqualTo("attachment; filename=\"comparison-erp-2026-11-21-" + run + ".csv\"");
  }

  @Test
  void a_report_of_many_rows_is_whole_in_the_file_and_bounded_on_the_page() throws IOException {
    heart.execute(
        """
        insert into customer_order (shop, number, status, revision, state, created_on, since,
                                    updated_at)
        select 'tmall-one', 'x' || i, 'PAID', 1, '{}', '2026-11-20T04:00Z', '2026-11-20T04:00Z',
               '2026-11-20T04:00Z' from generate_series(1, 30000) i\
        """);
    long run = made();
    long[] lines = {0};
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int one) {
            lines[0] += one == '\n' ? 1 : 0;
          }
        };

    ((StreamingOutput) api.csv(run, "en", null).getEntity()).write(counting);

    assertThat(lines[0]).isEqualTo(30_004);
    assertThat((String) api.html(run, "en", null).getEntity())
        .contains("30003 differences; this page shows the first 500");
  }

  @Test
  void a_comparison_is_asked_for_made_and_found() {
    night.readAtTwo("erp");
    Response asked =
        api.compare(new ComparisonResource.Wanted("erp", "2026-11-20", "2026-11-20"), ann());
    assertThat(asked.getStatus()).isEqualTo(202);
    long id = (Long) ((Map<?, ?>) asked.getEntity()).get("id");
    assertThat(api.html(id, null, null).getStatus()).as("not made yet").isEqualTo(409);

    night.round.run(night.clock.instant());

    Map<?, ?> found = (Map<?, ?>) api.find(id).getEntity();
    assertThat(found.get("state")).isEqualTo("DONE");
    assertThat(found.get("askedBy")).isEqualTo("ann");
    assertThat((List<?>) found.get("differences")).hasSize(3);
    assertThat((List<?>) api.list("erp", null, 10).get("comparisons")).hasSize(1);
    assertThat(heart.texts("select actor || ' ' || action || ' ' || subject from audit"))
        .containsExactly("ann comparison.asked erp");
  }

  @Test
  void what_there_is_not_is_told_as_such() {
    assertThat(api.find(7).getStatus()).isEqualTo(404);
    assertThat(api.xlsx(7, null, null).getStatus()).isEqualTo(404);
    assertThat(api.compare(new ComparisonResource.Wanted("wms", null, null), ann()).getEntity())
        .isEqualTo(Map.of("error", "'system' is 'wms', mappings/rules/comparisons.yaml has [erp]"));
    assertThat(api.compare(null, ann()).getStatus()).isEqualTo(404);
    assertThat(api.compare(new ComparisonResource.Wanted("erp", "soon", null), ann()).getStatus())
        .isEqualTo(400);
  }

  private static SecurityContext ann() {
    return new SecurityContext() {
      @Override
      public Principal getUserPrincipal() {
        return () -> "ann";
      }

      @Override
      public boolean isUserInRole(String role) {
        return false;
      }

      @Override
      public boolean isSecure() {
        return false;
      }

      @Override
      public String getAuthenticationScheme() {
        return "Bearer";
      }
    };
  }
}
