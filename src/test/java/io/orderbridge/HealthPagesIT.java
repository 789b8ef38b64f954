package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
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

/** Order health in a real browser: trends that are drawn, a month on one sheet of paper. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Product.LogOfFailure.class)
class HealthPagesIT {
  private static final String HEALTH = "/console/health";
  private static final List<String> METRICS =
      List.of("sync-delay", "notice-reach", "book-difference", "hand-work");
  private static final int PERIODS_MIN = 12;
  // A delay that grows, with a day that had nothing to measure and one that was not told; a month
  // without turnover.
  private static final String TOLD =
      """
      insert into health_value (metric, period, version, numerator, denominator, unit, verdict,
                                limits, rules, final, causes, made_at)
      select metric, day::date, 1, n, d, unit,
             case when d = 0 then 'NOT_APPLICABLE'
                  when (n * 100.0 / nullif(d, 0) < lim) = below then 'PASS' else 'BREACH' end,
             lim, 1, true,
             '{"by": {"shop failed": 2, "<img src=x onerror=document.title=''owned''>": 1},
               "examples": ["demo/820982911 shop failed",
                            "<img src=x onerror=document.title=''owned''>"]}', now()
      from (
        select 'sync-delay' metric, t.today - back as day, case back when 5 then 0 else 99 - back
               end n, case back when 5 then 0 else 10000 end d, '' unit, 1 lim, true below
          from generate_series(0, 60) back, %1$s t where back <> 7
        union all
        select 'notice-reach', t.today - back, case back when 4 then 960 else 990 + back %% 5 end,
               1000, '', 98, false from generate_series(0, 60) back, %1$s t
        union all
        select 'book-difference', date_trunc('month', t.today) - back * interval '1 month',
               case back when 1 then 0 else 2000 + back * 137 end,
               case back when 1 then 0 else 1000000 end, 'CNY', 0.3, true
          from generate_series(1, 14) back, %1$s t
        union all
        select 'hand-work', date_trunc('week', t.today) - back * interval '7 days', 5 + back %% 4,
               500, '', 2, true from generate_series(1, 16) back, %1$s t
      ) told\
      """
          .formatted("(select (now() at time zone 'Asia/Shanghai')::date today)");

  private Product product;
  private Browser browser;
  private String month;

  @BeforeAll
  void start(@TempDir Path folder) {
    product = new Product(folder).database(TestDatabase.freshUrl());
    Product.copy(Path.of("mappings/rules"), product.mappings().resolve("rules"));
    OpenDoor.addTo(product, "score");
    // The month is scored when somebody knocks instead of at its first morning.
    product.write(
        "routes/score/score-receive.camel.yaml",
        """
        - route:
            id: score-receive
            description: Scores the month before.
            from:
              uri: inbox:score
              steps:
                - to:
                    uri: order-health:score
        """);
    product.start();
    product.rows().execute(TOLD);
    product.post("/in/score", "{}".getBytes(StandardCharsets.UTF_8), "X-Id", "score");
    Await.until(
        "the score",
        Browser.SOON,
        () -> product.rows().number("select count(*) from health_score") == 1);
    month = YearMonth.now(ZoneId.of("Asia/Shanghai")).minusMonths(1).toString();
    browser = new Browser(product);
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    product.close();
  }

  @BeforeEach
  void chinese() {
    browser.wide(1440).prefers("light").open(HEALTH).language("zh");
  }

  private static String plot(String metric) {
    return "[data-plot=t-" + metric + "]";
  }

  private long said(String metric, String what) {
    return Long.parseLong(browser.find(plot(metric)).getDomAttribute("data-" + what));
  }

  private void drawn() {
    Await.until("the charts", Browser.SOON, () -> browser.all(".plot[data-points]").size() == 4);
  }

  @Test
  @Tag("R68")
  void four_trends_are_drawn_with_their_limit_and_what_is_ahead() {
    drawn();
    for (String metric : METRICS) {
      String rows = "#t-" + metric + " tr[data-period]";
      assertThat(said(metric, "periods")).as(metric).isEqualTo(browser.all(rows).size());
      assertThat(said(metric, "points"))
          .as(metric)
          .isGreaterThanOrEqualTo(PERIODS_MIN)
          .isEqualTo(browser.all(rows + "[data-ahead=false]:not([data-percent=''])").size());
      assertThat(said(metric, "ahead-points"))
          .as(metric)
          .isEqualTo(3)
          .isEqualTo(browser.all(rows + "[data-ahead=true]").size());
      for (String line : List.of("limit", "warn")) {
        String told = line.equals("limit") ? "data-limit" : "data-warns";
        String on = line.equals("limit") ? "data-limit-line" : "data-warning-line";
        assertThat(browser.find(plot(metric)).getDomAttribute(on))
            .as(metric + " " + line)
            .isEqualTo(browser.find("#t-" + metric).getDomAttribute(told));
      }
      assertThat(
              browser.script(
                  """
                  const c = document.querySelector('%s canvas');
                  return new Set(new Uint32Array(
                    c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)).size;\
                  """
                      .formatted(plot(metric))))
          .as("colours on the canvas of " + metric)
          .asString()
          .satisfies(count -> assertThat(Integer.parseInt(count)).isGreaterThan(4));
    }
    assertThat(browser.find(".metrics .callout.bad").getText()).contains("越过阈值");
    assertThat(browser.all(".metrics .callout.bad")).hasSize(1);
    browser.press("a[href$='periods=30']");
    drawn();
    assertThat(said("sync-delay", "periods")).isEqualTo(33);
  }

  @Test
  @Tag("R68")
  void the_table_has_the_same_points_and_causes_lead_to_their_rows() {
    drawn();
    browser.script("document.querySelectorAll('details').forEach(one => { one.open = true; })");
    for (String metric : METRICS) {
      for (var row : browser.all("#t-" + metric + " tr[data-period]")) {
        String percent = row.getDomAttribute("data-percent");
        assertThat(row.getText())
            .as(metric)
            .contains(row.getDomAttribute("data-period"))
            .satisfies(
                text -> {
                  if (!percent.isEmpty()) {
                    assertThat(text).contains(percent + " %");
                  }
                });
      }
    }
    assertThat(browser.find("#t-sync-delay").getText()).contains("不适用", "无结果", "推算");
    assertThat(browser.find("section[aria-labelledby=m-book-difference] .share").getText())
        .as("a month without turnover is no 0 %")
        .isEqualTo("不适用");
    assertThat(browser.all("section[aria-labelledby=m-sync-delay] a[href='/console/board']"))
        .hasSize(1);
    assertThat(browser.all("a[href='/console/books/breaks']")).hasSize(1);
    assertThat(browser.all("a[href='/console/orders/demo/820982911']")).hasSize(4);
    browser.press("#t-sync-delay tr[data-verdict=NOT_APPLICABLE] a");
    assertThat(browser.path()).startsWith(HEALTH + "/metrics/sync-delay/");
    assertThat(browser.find(".result .share").getText()).isEqualTo("不适用");
    assertThat(browser.text()).contains("发送失败", "历次结果");
    browser.open(HEALTH + "/metrics/sync-delay/2026-W48");
    assertThat(browser.text()).contains("请从订单健康度的表格中选择一个周期");
  }

  @Test
  @Tag("R67")
  @Tag("R68")
  void the_score_of_a_month_prints_on_one_sheet() {
    browser.press("a[href='" + HEALTH + "/scores/" + month + "']");
    assertThat(browser.text()).contains(month + " 订单健康度", "不适用", "未测得", "影响最大的");
    String score = product.rows().texts("select trim_scale(score)::text from health_score").get(0);
    assertThat(browser.find(".result .share").getText()).startsWith(score + " / 100");
    assertThat(browser.all("main table").get(0).getText())
        .contains("订单状态同步延迟率", "发货通知触达率", "对账差异率", "异常订单占比");
    assertThat(browser.sheets()).as("sheets of A4").isEqualTo(1);
    browser.onPaper();
    for (String away : List.of(".top", ".side", ".crumb", ".screen-only")) {
      assertThat(browser.find(away).isDisplayed()).as(away).isFalse();
    }
    assertThat(browser.find(".sheet .result").isDisplayed()).isTrue();
    browser.prefers("light").open(HEALTH + "/scores/2001-01");
    assertThat(browser.text()).contains("2001-01 尚未评分");
  }

  @Test
  void what_was_written_stays_text_and_everybody_can_use_it() {
    List<String> wrong = new ArrayList<>();
    try (Browser fresh = new Browser(product)) {
      String day = fresh.open(HEALTH).find("#t-notice-reach a").getDomAttribute("href");
      for (String path :
          List.of(HEALTH, HEALTH + "?periods=90", day, HEALTH + "/scores/" + month)) {
        wrong.addAll(fresh.open(path).unfit());
        assertThat(fresh.all("main img")).as(path).isEmpty();
        assertThat(fresh.text()).as(path).contains("onerror=");
        assertThat(fresh.script("return document.title").toString()).doesNotContain("owned");
      }
      assertThat(wrong).isEmpty();
      assertThat(fresh.complaints()).isEmpty();
      assertThat(fresh.asked())
          .allMatch(address -> address.startsWith(product.uri("/").toString()));
    }
  }
}
