package io.orderbridge.alert;

import static io.orderbridge.alert.Desk.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.SteppedClock;
import io.orderbridge.kernel.Level;
import io.orderbridge.kernel.Wording;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who holds the link of a message may acknowledge and silence what it told, and nothing else. */
@Tag("R76")
@Timeout(60)
class AlertPageDbTest {
  private final Desk desk = Desk.fresh().robot("wecom").policy();
  private final SteppedClock clock = new SteppedClock(NOON);
  private final AlertPage page = new AlertPage(desk.acknowledging, desk.policies, clock);

  @AfterEach
  void close() {
    desk.close();
  }

  private String sent(Alert alert) {
    desk.raise(alert, NOON);
    Messages.Message message = desk.next("wecom", NOON).orElseThrow();
    desk.messages.told(message, NOON);
    return Desk.token(message);
  }

  private static String body(Response response) {
    return String.valueOf(response.getEntity());
  }

  @Test
  void a_look_changes_nothing_and_a_press_acknowledges() {
    String token = sent(Desk.alert("k", "cause:1", Level.BREACH));
    for (int i = 0; i < 3; i++) {
      Response look = page.look(token);
      assertThat(look.getStatus()).isEqualTo(200);
      assertThat(body(look)).contains("确认已读 Acknowledge", "cause:1", "tb/k");
    }
    assertThat(desk.count("acknowledged")).isZero();
    assertThat(desk.number("select count(*) from audit")).isZero();

    Response press = page.act(token, "acknowledge", null, null);

    assertThat(body(press)).contains("已确认").doesNotContain("确认已读");
    assertThat(desk.count("acknowledged")).isOne();
    page.act(token, "acknowledge", null, null);
    assertThat(desk.heart.texts("select actor || ' ' || action from audit"))
        .containsExactly("link:wecom/1 alert.acknowledged");
  }

  @Test
  void what_came_after_the_message_is_not_acknowledged_by_it() {
    String token = sent(Desk.alert("k", "cause:1", Level.BREACH));
    desk.raise(Desk.alert("l", "cause:1", Level.BREACH), NOON.plusSeconds(5));
    desk.told("wecom", NOON.plusSeconds(90));
    clock.step(Duration.ofSeconds(100));

    page.act(token, "acknowledge", null, null);

    assertThat(desk.count("acknowledged")).isOne();
    assertThat(desk.count("unread")).isOne();
  }

  @Test
  void a_cause_of_the_message_is_silenced_for_the_hours_on_the_button() {
    String token = sent(Desk.alert("k", "cause:1", Level.WARNING));
    assertThat(page.act(token, "silence", "cause:2", "4").getStatus()).isEqualTo(400);
    assertThat(page.act(token, "silence", "cause:1", "400").getStatus()).isEqualTo(400);
    assertThat(page.act(token, "silence", null, "4").getStatus()).isEqualTo(400);
    assertThat(page.act(token, "silence", "cause:1", null).getStatus()).isEqualTo(400);
    assertThat(page.act(token, null, null, null).getStatus()).isEqualTo(400);
    assertThat(desk.list.silences(NOON)).isEmpty();

    assertThat(body(page.act(token, "silence", "cause:1", "4"))).contains("已静默");

    desk.raise(Desk.alert("l", "cause:1", Level.WARNING), NOON.plusSeconds(60));
    assertThat(desk.told("wecom", NOON.plus(Duration.ofHours(4)).minusSeconds(1))).isEmpty();
    assertThat(desk.told("wecom", NOON.plus(Duration.ofHours(4)))).contains("cause:1");
    assertThat(desk.heart.texts("select action || ' ' || detail from audit"))
        .contains("alert.silenced {hours=4}");
  }

  @Test
  void what_comes_from_outside_stays_text() {
    String evil = "<img src=x onerror=\"alert(1)\">'&";
    Alert alert =
        new Alert("k", "c" + evil, Level.BREACH, evil, "", new Wording(evil, evil), 1, null, "");
    String html = body(page.look(sent(alert)));

    assertThat(html.toLowerCase(Locale.ROOT)).doesNotContain("<img", "onerror=\"");
    assertThat(html).contains("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;");
    assertThat(html).contains("value=\"c&lt;img");
  }

  @Test
  void the_page_loads_nothing_and_is_neither_indexed_nor_framed_nor_kept()
      throws NoSuchAlgorithmException {
    Response look = page.look(sent(Desk.alert("k", "cause:1", Level.BREACH)));
    assertThat(look.getHeaderString("Content-Security-Policy"))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe");
    assertThat(look.getHeaderString("X-Robots-Tag")).contains("noindex");
    assertThat(look.getHeaderString("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(look.getHeaderString("Cache-Control")).isEqualTo("no-store");
    assertThat(body(look)).doesNotContain("<script", "src=", "style=").contains("noindex");
    String style = body(look).replaceAll("(?s).*<style>(.*)</style>.*", "$1");
    assertThat(look.getHeaderString("Content-Security-Policy")).contains(sha256(style));
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    return Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_link_that_is_wrong_or_over_shows_nothing() {
    String token = sent(Desk.alert("k", "cause:1", Level.BREACH));
    for (String wrong :
        List.of(
            "",
            "x",
            token + "A",
            token.substring(1) + "_",
            "../" + token,
            "AAAAAAAAAAAAAAAAAAAAAA")) {
      assertThat(page.look(wrong).getStatus()).isEqualTo(404);
      assertThat(page.act(wrong, "acknowledge", null, null).getStatus()).isEqualTo(404);
    }
    clock.step(Duration.ofDays(31));
    assertThat(page.look(token).getStatus()).isEqualTo(404);
    assertThat(body(page.look(token))).doesNotContain("cause:1");
  }

  @Test
  void the_database_holds_no_token() {
    String token = sent(Desk.alert("k", "cause:1", Level.BREACH));
    assertThat(token).matches("[A-Za-z0-9_-]{22}");
    assertThat(desk.heart.texts("select m::text from alert_message m"))
        .allSatisfy(row -> assertThat(row).doesNotContain(token));
    assertThat(LinkToken.of(token).orElseThrow().toString()).doesNotContain(token);
  }

  @Test
  void without_a_public_address_a_message_has_no_link() {
    Links none = new Links(java.util.Optional.empty());
    Messages messages =
        new Messages(desk.heart.database, desk.policies, desk.alerts, none, desk.meter);
    desk.raise(Desk.alert("k", "cause:1", Level.BREACH), NOON);
    desk.round.run(NOON);
    Messages.Message message =
        messages.take(desk.channels.find("wecom").orElseThrow(), NOON).orElseThrow();
    assertThat(Desk.text(message)).doesNotContain("http");
    assertThat(message.body()).containsEntry("link", "");
  }
}
