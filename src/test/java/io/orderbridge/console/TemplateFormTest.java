package io.orderbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template of a notice goes through its form unchanged. */
@Tag("R59")
class TemplateFormTest {
  private static final Map<String, Object> BODY =
      Map.of(
          "title", "已发货",
          "text", "{{customer|您好}}，\n{{product}} = 好",
          "link", "https://shop.example/{{order}}",
          "html", true,
          "vendors",
              Map.of(
                  "a-sms",
                  Map.of(
                      "template",
                      "SMS_1",
                      "signature",
                      "店铺",
                      "values",
                      Map.of("name", " {{customer|a=b}}"),
                      "max",
                      Map.of("name", 20))));

  private static MultivaluedMap<String, String> typed(TemplateForm form) {
    MultivaluedMap<String, String> typed = new MultivaluedHashMap<>();
    typed.add("title", form.title());
    typed.add("text", form.text().replace("\n", "\r\n"));
    typed.add("link", form.link());
    typed.add("html", "on");
    form.vendors().get(0).forEach((part, text) -> typed.add("v0." + part, text));
    return typed;
  }

  @Test
  void what_is_stored_comes_back_as_it_was() {
    TemplateForm read = TemplateForm.read(typed(TemplateForm.of(BODY)));

    assertThat(read.problems()).isEmpty();
    assertThat(read.body()).isEqualTo(BODY);
  }

  @Test
  void a_line_that_is_no_pair_and_a_name_that_stands_twice_are_told_with_their_place() {
    MultivaluedMap<String, String> typed = typed(TemplateForm.of(BODY));
    typed.putSingle("v0.values", "name=a\r\nno\r\nname=b");

    assertThat(TemplateForm.read(typed).problems())
        .extracting(one -> one.place() + " " + one.what())
        .isEqualTo(
            List.of(
                "/vendors/a-sms/values line 2 is not of the form name=text",
                "/vendors/a-sms/values line 3 has a name that was there before"));
  }

  @Test
  void a_vendor_that_is_ticked_is_left_out() {
    MultivaluedMap<String, String> typed = typed(TemplateForm.of(BODY));
    typed.add("v0.gone", "on");

    assertThat(TemplateForm.read(typed).body()).containsEntry("vendors", Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notices",
        "noticesone",
        "noticesreach",
        "noticesday",
        "noticesrules",
        "noticestemplates",
        "noticestemplate",
        "noticessamples",
        "noticessample",
        "noticescustomers"
      })
  void its_pages_are_templates(String name) {
    assertThat(Pages.engine().getTemplate("console/" + name)).isNotNull();
  }
}
