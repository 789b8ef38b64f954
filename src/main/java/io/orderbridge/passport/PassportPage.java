package io.orderbridge.passport;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.RawString;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The passport as a page that needs nothing else: no script, no file of another place. Everything
 * that comes from outside is escaped. Thread-safe.
 */
@Singleton
class PassportPage {
  private static final String FOLDER = "/passport/";

  private final Template page;
  private final Template missing;
  private final String style;
  private final ZoneId zone;

  @Inject
  PassportPage(
      @ConfigProperty(name = "orderbridge.passport.zone", defaultValue = "Asia/Shanghai")
          ZoneId zone) {
    this.zone = zone;
    this.style = text("page.css");
    Engine engine =
        Engine.builder()
            .addDefaults()
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();
    this.page = engine.parse(text("page.html"), Variant.forContentType(Variant.TEXT_HTML));
    this.missing = engine.parse(text("missing.html"), Variant.forContentType(Variant.TEXT_HTML));
  }

  private static String text(String name) {
    try (InputStream in = PassportPage.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the product lacks its own " + FOLDER + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only style that the page may use, as the header Content-Security-Policy names it. */
  String policy() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; %s"
          .formatted(Base64.getEncoder().encodeToString(hash), "frame-ancestors 'none'");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  String html(Passport passport, Locale locale) {
    Map<String, Object> model = new PageModel(passport, zone, locale).all();
    model.put("style", new RawString(style));
    return page.render(model);
  }

  /** Nothing to show: an order that nobody knows, or a link that has ended. */
  String missing(Locale locale) {
    boolean chinese = locale.equals(Locale.CHINESE);
    return missing.render(
        Map.of(
            "style",
            new RawString(style),
            "lang",
            locale.getLanguage(),
            "text",
            chinese
                ? "没有可以显示的订单：订单号不存在，或链接已失效。"
                : "There is nothing to show: the order is not known, or the link has ended."));
  }
}
