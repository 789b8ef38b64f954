package io.orderbridge.console;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Wording;
import io.orderbridge.notice.TemplateBody;
import io.orderbridge.notice.TemplateBody.Problem;
import io.orderbridge.notice.TemplateList;
import io.orderbridge.notice.Templates.Key;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A template as its page shows it: versions, differences, and what is wrong. */
@Singleton
class TemplateViews {
  private final NoticeViews views;
  private final Visit visit;
  private final TemplateList list;
  private final TemplatePreviews previews;

  TemplateViews(NoticeViews views, Visit visit, TemplateList list, TemplatePreviews previews) {
    this.views = views;
    this.visit = visit;
    this.list = list;
    this.previews = previews;
  }

  /** The versions, the newest first; empty when there is no such template. */
  List<Map<String, Object>> versions(Key key) {
    List<Map<String, Object>> versions = new ArrayList<>();
    if (list.find(key).map(shown -> shown.get("versions")).orElse(null) instanceof List<?> all) {
      for (Object one : all) {
        if (one instanceof Map<?, ?> map) {
          Map<String, Object> version = new LinkedHashMap<>();
          map.forEach((name, value) -> version.put(name.toString(), value));
          versions.add(version);
        }
      }
    }
    return versions;
  }

  /** The first version in a state. */
  static Optional<Map<String, Object>> in(String state, List<Map<String, Object>> versions) {
    return versions.stream().filter(one -> one.get("state").equals(state)).findFirst();
  }

  static Map<?, ?> body(Map<String, Object> version) {
    return version.get("body") instanceof Map<?, ?> body ? body : Map.of();
  }

  /** A page of the template: the form with what it holds, and all around it. */
  Map<String, Object> page(Key key, List<Map<String, Object>> versions, TemplateForm form) {
    Map<String, Object> model = views.page("templates", key.toString());
    Optional<Map<String, Object>> current = in("APPROVED", versions);
    Optional<Map<String, Object>> draft = in("DRAFT", versions);
    model.put("name", key.name());
    model.put("channel", key.channel());
    model.put("channelName", views.word("notices_channel_", key.channel()));
    model.put("path", NoticeTemplatePages.LIST + "/" + key.name() + "/" + key.channel());
    model.put("act", NoticeTemplatePages.LIST + "/do/" + key.name() + "/" + key.channel());
    model.put(
        "gates", views.gatesOf(key.name()).stream().map(gate -> views.gate(gate.name())).toList());
    model.put("current", current.map(one -> one.get("version").toString()).orElse(""));
    model.put("draft", draft.map(one -> one.get("version").toString()).orElse(""));
    model.put("draftBy", draft.map(one -> one.get("editedBy").toString()).orElse(""));
    model.put(
        "draftChanges",
        draft.isEmpty()
            ? List.of()
            : changes(current.map(TemplateViews::body).orElse(Map.of()), body(draft.get())));
    model.put("mayEdit", visit.may(Rights.NOTICE_WORDS));
    model.put(
        "mayApprove",
        visit.may(Rights.NOTICE_APPROVAL)
            && draft.filter(one -> !one.get("editedBy").equals(visit.actor())).isPresent());
    model.put("versions", versions.stream().map(this::row).toList());
    model.put("variables", variables());
    model.put("headline", form.title());
    model.put("heading", key.toString());
    model.put("text", form.text());
    model.put("link", form.link());
    model.put("html", form.html());
    model.put("vendors", vendors(form));
    return model;
  }

  private static List<Map<String, Object>> vendors(TemplateForm form) {
    List<Map<String, Object>> vendors = new ArrayList<>();
    for (Map<String, String> one : form.vendors()) {
      Map<String, Object> vendor = new LinkedHashMap<>(one);
      vendor.put("number", vendors.size());
      // A template takes "values" for those of the whole map.
      vendor.put("filled", one.getOrDefault("values", ""));
      vendor.put("fresh", false);
      vendors.add(vendor);
    }
    vendors.add(
        Map.of(
            "number",
            vendors.size(),
            "fresh",
            true,
            "connection",
            "",
            "template",
            "",
            "signature",
            "",
            "filled",
            "",
            "max",
            ""));
    return vendors;
  }

  private Map<String, Object> row(Map<String, Object> version) {
    Map<String, Object> row = new LinkedHashMap<>();
    String state = version.get("state").toString();
    boolean shipped = version.containsKey("shipped");
    row.put("version", version.get("version"));
    row.put("state", views.word("notices_version_", state));
    row.put("tone", state.equals("DRAFT") ? "wait" : state.equals("RETIRED") ? "off" : "");
    row.put("shipped", shipped);
    row.put("editedBy", version.getOrDefault("editedBy", ""));
    row.put("editedAt", views.time(version.get("editedAt")));
    row.put("approvedBy", version.getOrDefault("approvedBy", ""));
    row.put("approvedAt", views.time(version.get("approvedAt")));
    row.put("basedOn", version.getOrDefault("basedOn", "").toString());
    row.put(
        "mayReturn",
        visit.may(Rights.NOTICE_APPROVAL)
            && state.equals("RETIRED")
            && (shipped || version.containsKey("approvedBy")));
    return row;
  }

  private List<Map<String, Object>> variables() {
    boolean chinese = visit.locale().getLanguage().equals("zh");
    return TemplateList.variables().stream()
        .map(
            one ->
                Map.<String, Object>of(
                    "name",
                    "{{" + one.get("name") + "}}",
                    "meaning",
                    one.get(chinese ? "zh" : "en")))
        .toList();
  }

  /** What is wrong with what was typed, each with its place. */
  List<Map<String, Object>> problems(Key key, TemplateForm form) {
    List<Problem> problems = new ArrayList<>(form.problems());
    problems.addAll(TemplateBody.check(key.name(), key.channel(), form.body()));
    return problems.stream()
        .map(
            one ->
                Map.<String, Object>of(
                    "place",
                    one.place(),
                    "name",
                    name(one.place()),
                    "at",
                    one.at() < 0 ? "" : views.say("notices_wrong_at", one.at() + 1),
                    "what",
                    one.wording().in(visit.locale())))
        .toList();
  }

  // The field as the form calls it.
  private String name(String place) {
    String[] steps = place.split("/");
    String last = steps.length < 2 ? "" : steps[1];
    return last.equals("vendors") && steps.length > 2
        ? views.say("notices_place_vendor", steps[2])
        : views.word("notices_place_", last);
  }

  /** What is other than before, each place with what went and what came. */
  List<Map<String, Object>> changes(Map<?, ?> before, Map<?, ?> now) {
    Map<String, String> old = TemplateForm.places(before);
    Map<String, String> typed = TemplateForm.places(now);
    Set<String> places = new LinkedHashSet<>(old.keySet());
    places.addAll(typed.keySet());
    return places.stream()
        .filter(place -> !old.getOrDefault(place, "").equals(typed.getOrDefault(place, "")))
        .map(place -> change(place, old.getOrDefault(place, ""), typed.getOrDefault(place, "")))
        .toList();
  }

  private Map<String, Object> change(String place, String old, String typed) {
    int least = Math.min(old.length(), typed.length());
    int head = 0;
    while (head < least && old.charAt(head) == typed.charAt(head)) {
      head++;
    }
    int tail = 0;
    while (tail < least - head
        && old.charAt(old.length() - 1 - tail) == typed.charAt(typed.length() - 1 - tail)) {
      tail++;
    }
    return Map.of(
        "place", place,
        "name", name(place),
        "head", old.substring(0, head),
        "went", old.substring(head, old.length() - tail),
        "came", typed.substring(head, typed.length() - tail),
        "tail", old.substring(old.length() - tail));
  }

  /** What customers would be told; an empty order stands for that of the newest notice. */
  Map<String, Object> preview(Key key, TemplateForm form, String order) {
    return previews.of(key, form, order);
  }

  /** A template's name and channel of an address. */
  Declined missing(Key key) {
    return new Declined(
        Declined.Kind.MISSING, Wording.of("没有模板 %s", "there is no template %s", key));
  }
}
