package io.orderbridge.passport;

import io.orderbridge.kernel.OrderKey;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** Answers with the page of an order, in the reader's language. */
@Singleton
class PageAnswer {
  private final PassportReader reader;
  private final PassportPage page;
  private final Clock clock;

  PageAnswer(PassportReader reader, PassportPage page, Clock clock) {
    this.reader = reader;
    this.page = page;
    this.clock = clock;
  }

  /**
   * @param key empty when nobody may know which order is meant
   * @param lang {@code zh} or {@code en}; null for what the browser accepts
   */
  Response of(Optional<OrderKey> key, String lang, String accepts) {
    Locale locale = locale(lang, accepts);
    Optional<Passport> passport = key.flatMap(known -> reader.read(known, clock.instant()));
    String html =
        passport.map(found -> page.html(found, locale)).orElseGet(() -> page.missing(locale));
    // What an order went through is nobody's but the reader's: neither stored, indexed nor told on.
    return Response.status(passport.isPresent() ? 200 : 404)
        .entity(html)
        .header("Content-Security-Policy", page.policy())
        .header("X-Robots-Tag", "noindex, nofollow")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static Locale locale(String lang, String accepts) {
    String wanted = lang != null ? lang : accepts != null ? accepts : "zh";
    return wanted.startsWith("en") ? Locale.ENGLISH : Locale.CHINESE;
  }
}
