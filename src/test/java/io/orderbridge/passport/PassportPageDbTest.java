package io.orderbridge.passport;

import static io.orderbridge.passport.PassportStage.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.order.Books;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is answered over the API, as a page and behind a link. */
@Tag("R21")
class PassportPageDbTest extends BrokenOrders {
  private static final Path SHOWN = Path.of("target/passport");

  private final PassportPage page = new PassportPage(ZoneId.of("Asia/Shanghai"));

  private PassportLinks links() {
    return new PassportLinks(stage.heart.database);
  }

  private PassportResource api() {
    return new PassportResource(stage.reader, links(), stage.clock);
  }

  private PageAnswer pages() {
    return new PageAnswer(stage.reader, page, stage.clock);
  }

  private static void keep(String name, String html) throws IOException {
    Files.createDirectories(SHOWN);
    Files.writeString(SHOWN.resolve(name), html);
  }

  @Test
  void the_page_shows_the_sentence_the_systems_and_the_timeline_in_both_languages()
      throws IOException {
    orderedAndPaid("900123456789", Duration.ofHours(30));
    stage.answers("erp", 503);
    warehouse("900123456789", parcel("PACKED", stage.ago(Duration.ofHours(20)), "SF1029384756"));
    stage.tried("erp", "900123456789", 4);

    Passport passport = stage.passport("900123456789");
    String zh = page.html(passport, Locale.CHINESE);
    String en = page.html(passport, Locale.ENGLISH);
    keep("zh.html", zh);
    keep("en.html", en);

    assertThat(zh).contains("卡单", "各系统状态", "时间线", "erp", "打包完成").doesNotContain("<script");
    assertThat(en).contains("Stuck", "TARGET_DOWN", "What to do", "is tried again by itself");
  }

  @Test
  @Tag("R67")
  void what_comes_from_outside_is_escaped_and_the_page_may_load_nothing() {
    stage.push(
        "shop",
        "9001",
        Map.of("details", stage.details(Map.of("hold", "<script>alert(1)</script>")), "code", "ok"),
        PassportStage.reached("CREATED", stage.ago(MINUTE)));
    stage.settle("shop");

    Response answer = pages().of(java.util.Optional.of(new OrderKey("demo", "9001")), "en", null);

    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat((String) answer.getEntity()).contains("&lt;script&gt;").doesNotContain("<script");
    assertThat(answer.getHeaderString("Content-Security-Policy"))
        .startsWith("default-src 'none'; style-src 'sha256-");
    assertThat(answer.getHeaderString("X-Robots-Tag")).contains("noindex");
    assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void a_link_opens_one_passport_until_it_ends_and_its_token_is_stored_nowhere() {
    orderedAndPaid("90002", HOUR);
    PassportLinks.Link link =
        links().share(new OrderKey("demo", "90002"), 2, "ann", stage.clock.instant());
    SharedPassportResource shared = new SharedPassportResource(links(), pages(), stage.clock);

    assertThat(shared.show(link.token(), "zh", null).getStatus()).isEqualTo(200);
    assertThat(shared.show(link.token() + "x", "zh", null).getStatus()).isEqualTo(404);
    assertThat(stage.heart.texts("select passport_link::text from passport_link").get(0))
        .doesNotContain(link.token());
    assertThat(
            stage.heart.texts(
                "select actor || ' ' || action || ' ' || subject from audit order by id"))
        .containsExactly("ann passport.shared demo/90002");

    stage.clock.step(Duration.ofHours(2));
    assertThat(shared.show(link.token(), "zh", null).getStatus()).isEqualTo(404);
  }

  @Test
  void links_can_be_taken_back() {
    orderedAndPaid("90003", HOUR);
    OrderKey key = new OrderKey("demo", "90003");
    PassportLinks.Link link = links().share(key, 24, "ann", stage.clock.instant());
    assertThat(links().revoke(key, "bob", stage.clock.instant())).isOne();
    assertThat(links().open(link.token(), stage.clock.instant())).isEmpty();
  }

  @Test
  @SuppressWarnings("unchecked")
  void an_unknown_order_is_answered_with_what_may_be_meant() {
    orderedAndPaid("90004", HOUR);

    Response elsewhere = api().passport("other-shop", "90004");
    assertThat(elsewhere.getStatus()).isEqualTo(404);
    assertThat((Map<String, Object>) elsewhere.getEntity())
        .extractingByKey("error")
        .asString()
        .contains("this number exists in shop demo");
    Response shortened = api().passport("demo", "9000");
    assertThat(shortened.getEntity().toString()).contains("demo/90004");
    assertThat(api().passport("demo", "a\nb").getStatus()).isEqualTo(400);
  }

  @Test
  @SuppressWarnings("unchecked")
  void the_document_tells_what_each_target_was_told_and_every_fact_with_its_source() {
    orderedAndPaid("90005", HOUR);
    warehouse("90005", parcel("PACKED", stage.ago(MINUTE), "SF90005"));
    stage.delivered();

    Map<String, Object> document =
        (Map<String, Object>) api().passport("demo", "90005").getEntity();

    assertThat(document).containsEntry("known", true).containsEntry("status", "PACKED");
    Map<String, Object> diagnosis = (Map<String, Object>) document.get("diagnosis");
    assertThat(diagnosis)
        .containsEntry("stuck", false)
        .containsEntry("cause", "READY_TO_SHIP")
        .containsEntry("link", "docs/runbook.md#stuck-ready_to_ship");
    assertThat(document.get("systems").toString())
        .contains("system=erp", "state=DELIVERED", "status=200", "system=wms", "owns=[ACCEPTED");
    assertThat(document.get("timeline").toString())
        .contains("kind=FACT", "kind=EVENT", "kind=DELIVERY", "kind=MESSAGE", "source=pay");
    List<Map<String, Object>> timeline = (List<Map<String, Object>>) document.get("timeline");
    assertThat(timeline).extracting(moment -> (String) moment.get("at")).isSorted();
  }

  @Test
  void an_order_is_found_by_every_tracking_number_it_ever_had() {
    orderedAndPaid("90006", HOUR);
    warehouse("90006", parcel("PACKED", stage.ago(HOUR), "SF-OLD-90006"));
    stage.clock.step(MINUTE);
    warehouse("90006", parcel("TRACKING_ASSIGNED", stage.clock.instant(), "SF-NEW-90006"));

    OrderKey key = new OrderKey("demo", "90006");
    assertThat(Books.orders(stage.heart).tracked("SF-OLD-90006")).containsExactly(key);
    assertThat(Books.orders(stage.heart).tracked("SF-NEW-90006")).containsExactly(key);
    assertThat(Books.orders(stage.heart).tracked("SF-NONE")).isEmpty();
  }
}
