package io.orderbridge.console;

import io.orderbridge.kernel.Declined;
import io.orderbridge.passport.PassportViews;
import io.orderbridge.store.StoreUnavailable;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.Variant;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes the pages: layout, words, navigation by role, and the headers that keep a page to itself.
 * Whatever is shown is escaped. Thread-safe.
 */
@Singleton
public class Pages {
  // Nothing inline, nothing of another place: a text that got past the escaping runs nothing.
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  // No style of its own in the page, no code made of text: the policy allows neither.
  private static final String HTMX =
      "{\"includeIndicatorStyles\":false,\"allowEval\":false,\"historyCacheSize\":0,"
          + "\"selfRequestsOnly\":true,\"allowScriptTags\":false}";
  private static final String ROOT = "templates/";

  private final Visit visit;
  private final Assets assets;
  private final PassportViews views;
  private final Engine engine;

  Pages(Visit visit, Assets assets, PassportViews views) {
    this.visit = visit;
    this.assets = assets;
    this.views = views;
    this.engine = engine();
  }

  // Of our own, so that a page is the same in every test and in the native binary.
  static Engine engine() {
    return Engine.builder()
        .addDefaults()
        .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
        .addLocator(
            id ->
                Optional.ofNullable(Pages.class.getResource("/" + ROOT + id + ".html"))
                    .map(found -> new PageFile(id)))
        .build();
  }

  /** A template as it lies on the class path. */
  private record PageFile(String id) implements TemplateLocation {
    @Override
    public Reader read() {
      InputStream in = Pages.class.getResourceAsStream("/" + ROOT + id + ".html");
      return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Variant> getVariant() {
      return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
    }
  }

  /** A page for who has the right; for others one that says which role is needed. */
  Response page(Rights right, Supplier<Response> answer) {
    if (visit.visitor().isEmpty()) {
      return refused(Response.Status.UNAUTHORIZED.getStatusCode());
    }
    if (!visit.may(right)) {
      return problem(403, "problem_role", right.names());
    }
    try {
      return answer.get();
    } catch (Declined e) {
      return problem(e.status(), "problem_declined", e.wording().in(visit.locale()));
    } catch (IllegalArgumentException e) {
      return problem(400, "problem_asked", e.getMessage());
    } catch (StoreUnavailable e) {
      return problem(503, "problem_store");
    }
  }

  /** The same for a form: it must come from a page of this person. */
  Response act(Rights right, String token, Supplier<Response> answer) {
    return page(
        right,
        () -> {
          byte[] held = visit.visitor().orElseThrow().formToken().getBytes(StandardCharsets.UTF_8);
          byte[] sent = (token == null ? "" : token).getBytes(StandardCharsets.UTF_8);
          return MessageDigest.isEqual(held, sent) ? answer.get() : problem(403, "problem_form");
        });
  }

  /** Nobody is let in so. */
  public Response refused(int status) {
    return problem(status, "problem_entry");
  }

  /** A page that says what is wrong, and what to do. */
  Response problem(int status, String key, Object... values) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("title", Texts.say(visit.locale(), "problem_title"));
    model.put("code", status);
    model.put("text", Texts.say(visit.locale(), key, values));
    model.put("next", Texts.say(visit.locale(), key + "_next"));
    return render(status, "problem", model);
  }

  Response render(String template, Map<String, Object> model) {
    return render(200, template, model);
  }

  Response render(int status, String template, Map<String, Object> model) {
    String html = engine.getTemplate("console/" + template).render(frame(model));
    return Response.status(status)
        .entity(html)
        .type("text/html;charset=UTF-8")
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("X-Robots-Tag", "noindex, nofollow")
        .header("Referrer-Policy", "same-origin")
        .header("Vary", "Accept-Language, Cookie")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /**
   * A page that asks before something is done that cannot be undone.
   *
   * @param act where the form goes to
   * @param text what will happen, and to what
   * @param facts what it is about, by name
   * @param hidden what the form carries
   * @param reason whether a reason is wanted; it comes as {@code reason}
   */
  record Question(
      String act,
      String title,
      String text,
      String button,
      Map<String, String> facts,
      Map<String, String> hidden,
      boolean reason,
      String back) {}

  /** Changes nothing: asks, and leads on or back. */
  Response ask(Question question) {
    return ask(question, Map.of());
  }

  Response ask(Question question, Map<String, Object> more) {
    Map<String, Object> model = new LinkedHashMap<>(more);
    model.put("act", question.act());
    model.put("title", question.title());
    model.put("text", question.text());
    model.put("button", question.button());
    model.put("facts", pairs(question.facts()));
    model.put("hidden", pairs(question.hidden()));
    model.put("reason", question.reason());
    model.put("back", question.back());
    return render("ask", model);
  }

  /** A map as a template goes through it, in its order. */
  static List<Map<String, Object>> pairs(Map<String, String> values) {
    return values.entrySet().stream()
        .map(one -> Map.<String, Object>of("name", one.getKey(), "value", one.getValue()))
        .toList();
  }

  /** A page after an act: reloading it does not act again. */
  static Response goTo(String path) {
    return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, path).build();
  }

  /**
   * The same, and the page says so.
   *
   * @param did of the text {@code did_<did>}
   */
  static Response done(String path, String did) {
    return goTo(path + (path.contains("?") ? "&" : "?") + "did=" + did);
  }

  private Map<String, Object> frame(Map<String, Object> model) {
    Locale locale = visit.locale();
    Map<String, Object> all = new LinkedHashMap<>(model);
    all.put("t", Texts.in(locale));
    all.put("lang", locale.equals(Locale.CHINESE) ? "zh-CN" : "en");
    all.put("otherLanguage", locale.equals(Locale.CHINESE) ? "en" : "zh");
    all.put("theme", visit.theme());
    all.put("here", visit.back());
    all.put("script", assets.script());
    all.put("style", assets.style());
    all.put("htmx", HTMX);
    all.put("zone", views.zone().getId());
    all.put("visitor", visit.visitor().map(Visitor::getName).orElse(""));
    all.put("leaves", visit.visitor().filter(Visitor::isSignedIn).isPresent());
    all.put("token", visit.visitor().map(Visitor::formToken).orElse(""));
    all.put("nav", navigation(locale));
    all.put("did", Texts.in(locale).getOrDefault("did_" + visit.did(), ""));
    return all;
  }

  private List<Map<String, Object>> navigation(Locale locale) {
    Map<Section.Group, List<Map<String, Object>>> groups = new EnumMap<>(Section.Group.class);
    for (Section section : Section.values()) {
      if (visit.may(section.right())) {
        groups
            .computeIfAbsent(section.group(), any -> new ArrayList<>())
            .add(
                Map.of(
                    "path", section.path(),
                    "name", Texts.say(locale, section.key()),
                    "current", section.holds(visit.here())));
      }
    }
    return groups.entrySet().stream()
        .map(
            one ->
                Map.of("name", Texts.say(locale, one.getKey().key()), "sections", one.getValue()))
        .toList();
  }
}
