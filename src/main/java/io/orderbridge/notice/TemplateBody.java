package io.orderbridge.notice;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the body of a template: JSON of the interface and of the store, YAML of the shipped files.
 * Strict: what is not known is refused with its place, all of it at once.
 */
public final class TemplateBody {
  // A mail is some pages at most; all other channels cut far below.
  private static final int TEXT_MAX = 20_000;
  private static final int TITLE_MAX = 200;
  private static final int LINK_MAX = 1_000;
  private static final int VENDORS_MAX = 20;
  private static final int VALUES_MAX = 30;
  private static final int NAME_MAX = 100;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
  private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*");

  /**
   * Something wrong.
   *
   * @param place JSON pointer
   * @param at where in the text of that place, from 0; -1 when all of it is meant
   */
  public record Problem(String place, int at, Wording wording) {
    /** As the interface and the log say it. */
    public String what() {
      return wording.en();
    }
  }

  private final List<Problem> problems = new ArrayList<>();

  private TemplateBody() {}

  /**
   * The template of a body.
   *
   * @throws Refusal TEMPLATE_INVALID with the first place that is wrong; the message tells all
   */
  public static Template read(String name, String channel, int version, Map<?, ?> body) {
    TemplateBody reading = new TemplateBody();
    Template template = reading.template(name, channel, version, body);
    if (!reading.problems.isEmpty()) {
      Problem first = reading.problems.get(0);
      List<String> all = new ArrayList<>();
      reading.problems.forEach(problem -> all.add(problem.place() + " " + problem.what()));
      throw new Refusal(
          Cause.TEMPLATE_INVALID,
          first.place(),
          all.size() == 1 ? first.what() : String.join("; ", all));
    }
    return template;
  }

  /** What is wrong with a body; empty when it can be saved. */
  public static List<Problem> check(String name, String channel, Map<?, ?> body) {
    TemplateBody reading = new TemplateBody();
    reading.template(name, channel, 0, body);
    return List.copyOf(reading.problems);
  }

  /** The body of a template, as it is shown and stored. */
  static Map<String, Object> of(Template template) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("title", template.title().toString());
    body.put("text", template.text().toString());
    body.put("link", template.link().toString());
    if (template.html()) {
      body.put("html", true);
    }
    Map<String, Object> vendors = new LinkedHashMap<>();
    template
        .vendors()
        .forEach(
            (connection, words) -> {
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("template", words.template());
              entry.put("signature", words.signature());
              Map<String, Object> values = new LinkedHashMap<>();
              words.values().forEach((key, value) -> values.put(key, value.toString()));
              entry.put("values", values);
              if (!words.max().isEmpty()) {
                entry.put("max", words.max());
              }
              vendors.put(connection, entry);
            });
    body.put("vendors", vendors);
    return body;
  }

  private Template template(String name, String channel, int version, Map<?, ?> body) {
    name("", "name", name);
    name("", "channel", channel);
    known("", body, Set.of("title", "text", "link", "html", "vendors"));
    TextTemplate text = text("/text", body.get("text"), TEXT_MAX, true);
    if (body.get("text") == null || "".equals(body.get("text"))) {
      wrong("/text", "没有填写；这是顾客看到的内容", "is missing; it is what the customer reads");
    }
    Object html = body.get("html");
    if (html != null && !(html instanceof Boolean)) {
      wrong("/html", "只能是 true 或 false", "is neither true nor false");
    }
    return new Template(
        name,
        channel,
        version,
        text("/title", body.get("title"), TITLE_MAX, false),
        text,
        link(body.get("link")),
        Boolean.TRUE.equals(html),
        vendors(body.get("vendors")));
  }

  private void name(String place, String what, String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      wrong(
          place,
          "的名称（%s）无效：只能用小写字母、数字和连字符，最多 60 个字符",
          "has a %s that is none: small letters, digits and hyphens, 60 at most",
          what);
    }
  }

  // A path is a page of a mini program.
  private TextTemplate link(Object value) {
    TextTemplate link = text("/link", value, LINK_MAX, false);
    String lower = link.toString();
    if (SCHEME.matcher(lower).matches() && !lower.matches("(?i)https?://[^{].*")) {
      wrong(
          "/link",
          "必须以 https:// 加域名开头，或是小程序页面路径",
          "begins with something else than https:// and a host, or a page's path");
    }
    return link;
  }

  private Map<String, VendorWords> vendors(Object value) {
    Map<String, VendorWords> vendors = new LinkedHashMap<>();
    Map<?, ?> entries = object("/vendors", value, VENDORS_MAX);
    entries.forEach(
        (key, entry) -> {
          String connection = String.valueOf(key);
          String place = "/vendors/" + pointer(connection);
          name(place, "connection", connection);
          vendors.put(connection, vendor(place, entry));
        });
    return vendors;
  }

  private VendorWords vendor(String place, Object value) {
    Map<?, ?> entry = object(place, value, NAME_MAX);
    known(place, entry, Set.of("template", "signature", "values", "max"));
    Map<String, TextTemplate> values = new LinkedHashMap<>();
    object(place + "/values", entry.get("values"), VALUES_MAX)
        .forEach(
            (key, text) -> {
              String at = place + "/values/" + pointer(key);
              plain(at, key, NAME_MAX);
              values.put(String.valueOf(key), text(at, text, ValueRule.MAX_LIMIT, false));
            });
    return new VendorWords(
        plain(place + "/template", entry.get("template"), NAME_MAX),
        plain(place + "/signature", entry.get("signature"), NAME_MAX),
        values,
        max(place + "/max", entry.get("max"), values.keySet()));
  }

  private Map<String, Integer> max(String place, Object value, Set<String> names) {
    Map<String, Integer> max = new LinkedHashMap<>();
    object(place, value, VALUES_MAX)
        .forEach(
            (key, number) -> {
              String at = place + "/" + pointer(key);
              if (!names.contains(String.valueOf(key))) {
                wrong(at, "不是该渠道商的变量；它的变量有 %s", "is no value of this vendor; they are %s", names);
              }
              if (number instanceof Integer n && n >= 1 && n <= ValueRule.MAX_LIMIT) {
                max.put(String.valueOf(key), n);
              } else {
                wrong(at, "不是 1 到 %d 的整数", "is no whole number from 1 to %d", ValueRule.MAX_LIMIT);
              }
            });
    return max;
  }

  private TextTemplate text(String place, Object value, int max, boolean lines) {
    String text = value == null ? "" : checked(place, value, max, lines);
    try {
      return TextTemplate.of(text);
    } catch (TextTemplate.Malformed e) {
      problems.add(new Problem(place, e.at(), e.wording()));
      return TextTemplate.EMPTY;
    }
  }

  private String plain(String place, Object value, int max) {
    return value == null ? "" : checked(place, value, max, false);
  }

  private String checked(String place, Object value, int max, boolean lines) {
    if (!(value instanceof String text)) {
      wrong(place, "不是文本", "is no text");
      return "";
    }
    if (text.length() > max) {
      wrong(
          place, "有 %d 个字符，最多 %d 个", "has %d characters, at most %d are taken", text.length(), max);
      return "";
    }
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (Character.isISOControl(c) && !(lines && c == '\n')) {
        problems.add(
            new Problem(
                place,
                at,
                lines
                    ? new Wording("含有控制字符", "has a control character")
                    : new Wording("含有控制字符或换行", "has a control character or line break")));
        return text;
      }
    }
    return text;
  }

  private Map<?, ?> object(String place, Object value, int max) {
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> object)) {
      wrong(place, "不是名称和值的对象", "is no object of names and values");
      return Map.of();
    }
    if (object.size() > max) {
      wrong(place, "有 %d 项，最多 %d 项", "has %d entries, at most %d are taken", object.size(), max);
      return Map.of();
    }
    return object;
  }

  private void known(String place, Map<?, ?> object, Set<String> keys) {
    for (Object key : object.keySet()) {
      if (!keys.contains(String.valueOf(key))) {
        wrong(
            place + "/" + pointer(key),
            "没有这个键；相近的是“%s”，可用的有 %s",
            "is not known; near is '%s', known are %s",
            NearestWord.of(String.valueOf(key), keys),
            String.join(", ", new TreeSet<>(keys)));
      }
    }
  }

  private static String pointer(Object key) {
    String text = String.valueOf(key);
    return (text.length() > NAME_MAX ? text.substring(0, NAME_MAX) : text)
        .replace("~", "~0")
        .replace("/", "~1");
  }

  private void wrong(String place, String zh, String en, Object... values) {
    problems.add(new Problem(place, -1, Wording.of(zh, en, values)));
  }
}
