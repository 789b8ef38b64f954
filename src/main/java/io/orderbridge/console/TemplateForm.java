package io.orderbridge.console;

import io.orderbridge.kernel.Wording;
import io.orderbridge.notice.TemplateBody.Problem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A template of a notice as a form holds it: a vendor's values are lines {@code name=text}. Reads
 * what was typed into the body that the feature takes; what is wrong in it is the feature's to say.
 *
 * @param vendors connection, template, signature, values and max of each
 * @param problems lines that are no {@code name=text}
 */
record TemplateForm(
    String title,
    String text,
    String link,
    boolean html,
    List<Map<String, String>> vendors,
    List<Problem> problems) {
  private static final int VENDORS_MAX = 21;
  private static final String CONNECTION = "connection";
  private static final List<String> PARTS =
      List.of(CONNECTION, "template", "signature", "values", "max");

  /** Of a body as it is stored. */
  static TemplateForm of(Map<?, ?> body) {
    List<Map<String, String>> vendors = new ArrayList<>();
    if (body.get("vendors") instanceof Map<?, ?> entries) {
      entries.forEach(
          (connection, entry) -> {
            Map<?, ?> words = entry instanceof Map<?, ?> map ? map : Map.of();
            Map<String, String> vendor = new LinkedHashMap<>();
            vendor.put(CONNECTION, connection.toString());
            vendor.put("template", text(words.get("template")));
            vendor.put("signature", text(words.get("signature")));
            vendor.put("values", lines(words.get("values")));
            vendor.put("max", lines(words.get("max")));
            vendors.add(vendor);
          });
    }
    return new TemplateForm(
        text(body.get("title")),
        text(body.get("text")),
        text(body.get("link")),
        Boolean.TRUE.equals(body.get("html")),
        vendors,
        List.of());
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static String lines(Object values) {
    List<String> lines = new ArrayList<>();
    if (values instanceof Map<?, ?> map) {
      map.forEach((name, value) -> lines.add(name + "=" + value));
    }
    return String.join("\n", lines);
  }

  /** Of a form; a vendor that is ticked to be left out, or wholly empty, is none. */
  static TemplateForm read(MultivaluedMap<String, String> form) {
    List<Map<String, String>> vendors = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < VENDORS_MAX; i++) {
      Map<String, String> vendor = new LinkedHashMap<>();
      for (String part : PARTS) {
        vendor.put(part, typed(form, "v" + i + "." + part));
      }
      boolean gone = form.getFirst("v" + i + ".gone") != null;
      if (!gone && !vendor.values().stream().allMatch(String::isBlank)) {
        vendor.put(CONNECTION, vendor.get(CONNECTION).strip());
        vendors.add(vendor);
        pairs(vendor, "values", problems);
        pairs(vendor, "max", problems);
      }
    }
    return new TemplateForm(
        typed(form, "title"),
        typed(form, "text"),
        typed(form, "link"),
        form.getFirst("html") != null,
        vendors,
        problems);
  }

  // Browsers send a line's end as two characters.
  private static String typed(MultivaluedMap<String, String> form, String field) {
    String value = form.getFirst(field);
    return value == null ? "" : value.replace("\r\n", "\n");
  }

  private static Map<String, String> pairs(
      Map<String, String> vendor, String part, List<Problem> problems) {
    String place = "/vendors/" + vendor.get(CONNECTION) + "/" + part;
    Map<String, String> pairs = new LinkedHashMap<>();
    int number = 0;
    for (String line : vendor.get(part).split("\n", -1)) {
      number++;
      int equals = line.indexOf('=');
      if (line.isBlank()) {
        continue;
      }
      if (equals < 1) {
        problems.add(
            new Problem(
                place,
                -1,
                Wording.of("第 %d 行不是“名称=内容”的形式", "line %d is not of the form name=text", number)));
      } else if (pairs.put(line.substring(0, equals).strip(), line.substring(equals + 1)) != null) {
        problems.add(
            new Problem(
                place,
                -1,
                Wording.of("第 %d 行的名称前面已经有了", "line %d has a name that was there before", number)));
      }
    }
    return pairs;
  }

  /** As the feature takes it. */
  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("title", title);
    body.put("text", text);
    body.put("link", link);
    if (html) {
      body.put("html", true);
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    for (Map<String, String> vendor : vendors) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("template", vendor.get("template"));
      entry.put("signature", vendor.get("signature"));
      entry.put("values", pairs(vendor, "values", new ArrayList<>()));
      Map<String, Object> max = new LinkedHashMap<>();
      pairs(vendor, "max", new ArrayList<>())
          .forEach((name, number) -> max.put(name, whole(number.strip())));
      if (!max.isEmpty()) {
        entry.put("max", max);
      }
      entries.put(vendor.get(CONNECTION), entry);
    }
    body.put("vendors", entries);
    return body;
  }

  private static Object whole(String number) {
    return number.matches("\\d{1,6}") ? (Object) Integer.valueOf(number) : number;
  }

  /** Every text of a body by its place. */
  static Map<String, String> places(Map<?, ?> body) {
    Map<String, String> places = new LinkedHashMap<>();
    places("", body, places);
    return places;
  }

  private static void places(String above, Map<?, ?> values, Map<String, String> places) {
    values.forEach(
        (name, value) -> {
          String place = above + "/" + name;
          if (value instanceof Map<?, ?> map) {
            places(place, map, places);
          } else if (!text(value).isEmpty()) {
            places.put(place, text(value));
          }
        });
  }
}
