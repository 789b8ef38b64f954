package io.orderbridge.account;

import io.orderbridge.kernel.Wording;
import io.quarkus.qute.Engine;
import io.quarkus.qute.RawString;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The pages of the sign-in, in the reader's language. What comes from outside is escaped. */
@Singleton
class AccountPages {
  private static final String STYLE = "/account/page.css";

  private final Engine engine;
  private final String style;

  AccountPages(Engine engine) {
    this.engine = engine;
    this.style = style();
  }

  private static String style() {
    try (InputStream in = AccountPages.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IllegalStateException("the product lacks its own " + STYLE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The language a page is written in.
   *
   * @param lang {@code zh} or {@code en}; null for what the browser accepts
   */
  static Locale locale(String lang, String accepts) {
    String wanted = lang != null ? lang : accepts != null ? accepts : "zh";
    return wanted.startsWith("en") ? Locale.ENGLISH : Locale.CHINESE;
  }

  /**
   * @param problem what to tell above the form; null for nothing
   * @param values what else the template names; all of them are there
   */
  Response page(
      int status, String template, Locale locale, Wording problem, Map<String, Object> values) {
    boolean chinese = locale.equals(Locale.CHINESE);
    Map<String, Object> all = new HashMap<>(values);
    all.put("style", new RawString(style));
    all.put("lang", chinese ? "zh" : "en");
    all.put("other", chinese ? "en" : "zh");
    all.put("zh", chinese);
    all.put("problem", problem == null ? "" : problem.in(locale));
    all.put("least", PasswordRule.LENGTH_MIN);
    // The referrer is told to this product alone. With 'no-referrer' a browser would say 'null' for
    // the origin of a form, and old ones say nothing else about where it comes from.
    return Response.status(status)
        .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
        .entity(engine.getTemplate(template).render(all))
        .header("Content-Security-Policy", policy())
        .header("Referrer-Policy", "same-origin")
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Robots-Tag", "noindex, nofollow")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private String policy() {
    return "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'self'; %s"
        .formatted(
            Base64.getEncoder().encodeToString(Drawn.sha256(style)), "frame-ancestors 'none'");
  }
}
