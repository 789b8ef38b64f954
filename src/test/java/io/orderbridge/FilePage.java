package io.orderbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** The page of one file in a browser: typed, released and taken back. */
final class FilePage {
  static final String LIST = "/console/files/";

  private FilePage() {}

  /** Puts this text in the place of what stands in the editor. */
  static Browser write(Browser browser, String text) {
    Await.until("the editor", Browser.SOON, () -> !browser.all(".editorhost").isEmpty());
    browser.script(
        "const e = document.querySelector('.editorhost').editor;"
            + " e.dispatch({changes: {from: 0, to: e.state.doc.length, insert: decodeURIComponent('"
            + URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("'", "%27")
            + "')}})");
    return browser;
  }

  /** Presses release; what was not tried is asked about first. */
  static Browser release(Browser browser, String reason) {
    return browser.type("input[name=reason]", reason).press("button[value=release]");
  }

  /** The page that asks before it goes back to the version before. */
  static Browser askBack(Browser browser, String path) {
    browser.press("form[action$='/rollback/ask'] button");
    assertThat(browser.text()).contains("退回到这个版本？", path);
    return browser;
  }

  /** Goes back, from the page that asks. */
  static Browser goBack(Browser browser, String reason) {
    browser.type("input[name=reason]", reason).press("main form button");
    assertThat(browser.text()).contains("已生效");
    return browser;
  }

  /** That it took less than this since then; says how long. */
  static void assertWithin(Duration most, String what, Instant since) {
    Duration took = Duration.between(since, Instant.now());
    System.out.println(what + ": " + took.toMillis() + " ms");
    assertThat(took).as(what).isLessThan(most);
  }
}
