package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a customer reads, and what a vendor is told. */
class TemplateTest {
  private static final int LONG = 1_000;
  // Two UTF-16 units, one character.
  private static final String SMILE = "\uD83D\uDE00";

  private static Template template(String channel, Map<String, Object> body) {
    return TemplateBody.read("shipped", channel, 3, body);
  }

  private static Map<String, Object> vendor(String name, String value) {
    return Map.of("text", "t", "vendors", Map.of("v", Map.of("values", Map.of(name, value))));
  }

  private static String value(String channel, String name, String customer) {
    return template(channel, vendor(name, "{{customer}}"))
        .render("v", LONG, Map.of("customer", customer))
        .values()
        .get(name);
  }

  private static String text(String channel, String text, Map<String, String> values) {
    return template(channel, Map.of("text", text, "vendors", Map.of("v", Map.of())))
        .render("v", LONG, values)
        .text();
  }

  @Test
  @Tag("R25")
  void name_product_and_arrival_are_rendered_for_sms_wechat_and_push_each_in_its_own_way() {
    String words = "{{customer}}，{{product}}预计{{eta}}送达";
    Map<String, String> values =
        Map.of("customer", "王女士", "product", "一段奶粉超长名称绝对超过二十个字的商品等3件", "eta", "11月22日");

    Map<String, Object> sms = new LinkedHashMap<>();
    sms.put("name", "{{customer}}");
    sms.put("product", "{{product}}");
    sms.put("eta", "{{eta}}");
    Rendered bySms =
        template(
                "sms",
                Map.of(
                    "title",
                    "已发货",
                    "text",
                    words,
                    "link",
                    "https://shop.example/o?c={{customer}}",
                    "vendors",
                    Map.of(
                        "aliyun-sms",
                        Map.of("template", "SMS_1", "signature", "店铺", "values", sms))))
            .render("aliyun-sms", LONG, values);
    assertThat(bySms.text()).isEqualTo("王女士，一段奶粉超长名称绝对超过二十个字的商品等3件预计11月22日送达");
    assertThat(bySms.template()).isEqualTo("SMS_1");
    assertThat(bySms.signature()).isEqualTo("店铺");
    assertThat(bySms.values().keySet()).containsExactlyElementsOf(sms.keySet());
    assertThat(bySms.link()).isEqualTo("https://shop.example/o?c=%E7%8E%8B%E5%A5%B3%E5%A3%AB");
    assertThat(bySms.version()).isEqualTo(3);

    assertThat(
            template("wechat", vendor("thing2", "{{product}}")).render("v", LONG, values).values())
        .containsEntry("thing2", "一段奶粉超长名称绝对超过二十个字的商品…");

    Rendered push =
        template("push", Map.of("title", words, "text", words)).render("jpush", LONG, values);
    assertThat(push.title()).isEqualTo(bySms.text());
    assertThat(push.values()).isEmpty();
  }

  @Test
  @Tag("R25")
  void each_vendor_signs_with_its_own_signature() {
    Map<String, Object> vendors =
        Map.of("a", Map.of("signature", "一号店"), "b", Map.of("signature", "二号店"));
    Template template = template("sms", Map.of("text", "t", "vendors", vendors));
    assertThat(template.render("a", LONG, Map.of()).signature()).isEqualTo("一号店");
    assertThat(template.render("b", LONG, Map.of()).signature()).isEqualTo("二号店");
  }

  @Test
  @Tag("R21")
  void the_expected_arrival_is_shown_when_it_is_known_and_a_defined_text_when_it_is_not() {
    assertThat(text("sms", "预计{{eta|三天内}}送达", Map.of("eta", "明天"))).isEqualTo("预计明天送达");
    assertThat(text("sms", "预计{{eta|三天内}}送达", Map.of())).isEqualTo("预计三天内送达");
    assertThat(text("sms", "预计{{ eta | 三天内 }}送达", Map.of("eta", ""))).isEqualTo("预计 三天内 送达");
    assertThat(text("sms", "预计{{eta}}送达", Map.of())).isEqualTo("预计送达");
  }

  @Test
  @Tag("R25")
  void a_value_is_never_a_template_and_has_no_second_line() {
    assertThat(
            text(
                "push",
                "{{customer}} {{amount}}",
                Map.of("customer", "{{amount}}\r\n{{personal|x}}\u0007\u202E", "amount", "1元")))
        .isEqualTo("{{amount}} {{personal|x}} 1元");
    assertThat(
            template("mail", Map.of("title", "{{customer}}", "text", "t"))
                .render("smtp", LONG, Map.of("customer", "王\r\nBcc: all@example.com"))
                .title())
        .isEqualTo("王 Bcc: all@example.com");
  }

  @Test
  @Tag("R25")
  void a_mail_of_html_escapes_values_and_leaves_its_own_marks() {
    Template mail = template("mail", Map.of("html", true, "text", "<b>{{customer|<n>}}</b>"));
    assertThat(mail.render("smtp", LONG, Map.of("customer", "<a href='x'>&\"")).text())
        .isEqualTo("<b>&lt;a href=&#39;x&#39;&gt;&amp;&quot;</b>");
    assertThat(mail.render("smtp", LONG, Map.of()).text()).isEqualTo("<b>&lt;n&gt;</b>");
    assertThat(text("mail", "{{customer}}", Map.of("customer", "<b>"))).isEqualTo("<b>");
  }

  @Test
  @Tag("R25")
  void html_that_is_too_long_is_refused_because_half_a_mark_is_none() {
    Template mail = template("mail", Map.of("html", true, "text", "<b>{{customer}}</b>"));
    assertThatThrownBy(() -> mail.render("smtp", 10, Map.of("customer", "1234567890")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("more than the 10 characters");
  }

  @ParameterizedTest
  @Tag("R25")
  @CsvSource({
    "wechat, thing1, 20, …",
    "wechat, character_string2, 32, ''",
    "wechat, phrase3, 5, ''",
    "wechat, name4, 10, …",
    "wechat, car_number5, 8, …",
    "wechat, symbol6, 5, …",
    "wechat, amount7, 16, …",
    "wechat, number8, 32, ''",
    "sms, name, 35, …",
    "push, extra, 500, …"
  })
  void a_value_is_cut_to_what_its_kind_takes(String channel, String name, int max, String mark) {
    String letter = name.startsWith("phrase") ? "已" : "7";
    assertThat(value(channel, name, letter.repeat(max))).isEqualTo(letter.repeat(max));
    assertThat(value(channel, name, letter.repeat(max + 1)))
        .isEqualTo(letter.repeat(max - mark.length()) + mark);
  }

  @Test
  @Tag("R25")
  void no_character_is_cut_in_half() {
    assertThat(value("wechat", "thing1", SMILE.repeat(10))).isEqualTo(SMILE.repeat(10));
    assertThat(value("wechat", "thing1", SMILE.repeat(11))).isEqualTo(SMILE.repeat(9) + "…");
    assertThat(value("wechat", "thing1", "a\uD83D")).isEqualTo("a");
    Template push = template("push", Map.of("title", "{{customer}}", "text", "{{customer}}"));
    Rendered cut = push.render("v", LONG, Map.of("customer", SMILE.repeat(900)));
    assertThat(cut.title()).isEqualTo(SMILE.repeat(49) + "…");
    assertThat(cut.text().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(2_045, 2_048);
    assertThat(cut.text()).endsWith(SMILE + "…");
    assertThat(push.render("v", 5, Map.of("customer", SMILE.repeat(6))).text())
        .isEqualTo(SMILE.repeat(4) + "…");
  }

  @Test
  @Tag("R25")
  void a_value_of_a_text_message_has_neither_a_signature_nor_a_link() {
    assertThat(value("sms", "name", "【银行】王 https://evil.example/x?y=1，请点WWW.evil.example"))
        .isEqualTo("银行王 ，请点");
    assertThat(text("sms", "【店铺】{{customer}}", Map.of("customer", "【银行】"))).isEqualTo("【店铺】银行");
    assertThat(value("wechat", "character_string2", "SF 中文123")).isEqualTo("SF 123");
    assertThat(value("wechat", "phrase3", "已v2签收!")).isEqualTo("已签收");
  }

  @Test
  @Tag("R25")
  void a_template_may_say_how_long_its_values_are_and_every_cut_is_told() {
    Map<String, Object> words =
        Map.of("values", Map.of("name", "{{customer}}"), "max", Map.of("name", 4));
    Template template = template("sms", Map.of("text", "t", "vendors", Map.of("v", words)));
    List<Template.Cut> cuts = new ArrayList<>();
    template.render("v", LONG, Map.of("customer", "爱新觉罗溥仪"), cuts::add);
    assertThat(cuts).containsExactly(new Template.Cut("/vendors/v/values/name", "爱新觉罗溥仪", "爱新觉…"));
  }

  @Test
  @Tag("R19")
  void a_vendor_that_sends_a_text_of_its_own_and_has_no_entry_is_refused() {
    for (String channel : List.of("sms", "wechat")) {
      Template template = template(channel, Map.of("text", "t", "vendors", Map.of("a", Map.of())));
      assertThat(template.render("a", LONG, Map.of()).text()).isEqualTo("t");
      assertThatThrownBy(() -> template.render("b", LONG, Map.of()))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> {
                assertThat(refusal.why()).isEqualTo(Cause.TEMPLATE_INVALID);
                assertThat(refusal.place()).isEqualTo("/vendors/b");
              });
    }
    assertThat(text("push", "t", Map.of())).isEqualTo("t");
  }

  @Test
  @Tag("R19")
  void an_unknown_variable_is_refused_with_its_place_what_is_known_and_what_is_near() {
    assertThatThrownBy(() -> template("sms", vendor("name", "{{custmer}}")))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.why()).isEqualTo(Cause.TEMPLATE_INVALID);
              assertThat(refusal.place()).isEqualTo("/vendors/v/values/name");
              assertThat(refusal)
                  .hasMessageContaining("'custmer'")
                  .hasMessageContaining("near is 'customer'")
                  .hasMessageContaining("known are customer, product, eta, carrier, trackingNo");
            });
  }

  @ParameterizedTest
  @Tag("R19")
  @CsvSource(
      delimiter = ';',
      value = {
        "{{customer ; without '}}'",
        "a}} ; without '{{'",
        "{{customer|{{eta}}}} ; inside of",
        "{{}} ; no variable",
        "{{CUSTOMER}} ; no variable"
      })
  void a_variable_that_is_not_written_right_is_refused(String text, String why) {
    assertThat(TemplateBody.check("shipped", "sms", Map.of("text", text)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.place()).isEqualTo("/text");
              assertThat(problem.what()).contains(why);
            });
  }

  @Test
  @Tag("R19")
  void everything_that_is_wrong_is_told_at_once_and_nothing_grows_without_bound() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("titel", "x");
    body.put("title", "two\nlines");
    body.put("text", "x".repeat(20_001));
    body.put("link", "javascript:alert(1)");
    body.put("html", "yes");
    body.put("vendors", Map.of("A b", Map.of("values", List.of(), "max", Map.of("x", 0))));
    assertThat(TemplateBody.check("shipped", "sms", body))
        .extracting(TemplateBody.Problem::place)
        .contains(
            "/titel",
            "/title",
            "/text",
            "/link",
            "/html",
            "/vendors/A b",
            "/vendors/A b/values",
            "/vendors/A b/max/x");

    Map<String, Object> many = new LinkedHashMap<>();
    for (int i = 0; i < 31; i++) {
      many.put("v" + i, "x");
    }
    assertThat(
            TemplateBody.check(
                "shipped",
                "sms",
                Map.of("text", "t", "vendors", Map.of("v", Map.of("values", many)))))
        .extracting(TemplateBody.Problem::place)
        .containsExactly("/vendors/v/values");
  }

  @Test
  void a_body_that_is_read_is_the_body_that_was_written() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("title", "标题");
    body.put("text", "{{customer|您好}}");
    body.put("link", "pages/order?no={{order}}");
    body.put("html", true);
    body.put(
        "vendors",
        Map.of(
            "v",
            Map.of(
                "template",
                "T",
                "signature",
                "S",
                "values",
                Map.of("a", "b"),
                "max",
                Map.of("a", 3))));
    assertThat(TemplateBody.of(template("sms", body))).isEqualTo(body);
  }
}
