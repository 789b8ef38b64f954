package io.orderbridge.console;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Wording;
import io.orderbridge.notice.Gate;
import io.orderbridge.notice.NoticeList;
import io.orderbridge.notice.NoticeList.Notice;
import io.orderbridge.notice.TemplateBody;
import io.orderbridge.notice.TemplateBody.Problem;
import io.orderbridge.notice.TemplateList;
import io.orderbridge.notice.TemplatePreview;
import io.orderbridge.notice.Templates.Key;
import io.orderbridge.order.Orders;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A template as its page shows it: versions, differences, what is wrong, and a preview. */
@Singleton
class TemplateViews {
  private final NoticeViews views;
  private final Visit visit;
  private final TemplateList list;
  private final Looked looked;

  /** What a preview is made of. */
  @Singleton
  static class Looked {
    private final TemplatePreview preview;
    private final NoticeList notices;
    private final Orders orders;

    Looked(TemplatePreview preview, NoticeList notices, Orders orders) {
      this.preview = preview;
      this.notices = notices;
      this.orders = orders;
    }
  }

  TemplateViews(NoticeViews views, Visit visit, TemplateList list, Looked looked) {
    this.views = views;
    this.visit = visit;
    this.list = list;
    this.looked = looked;
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
    model.put("gates", gates(key).stream().map(gate -> views.gate(gate.name())).toList());
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
    model.put("title", form.title());
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
            "values",
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
    row.put("basedOn", version.containsKey("basedOn") ? version.get("basedOn") : "");
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

  private List<Gate> gates(Key key) {
    return views.rules().gates().values().stream()
        .filter(gate -> gate.template().equals(key.name()))
        .toList();
  }

  /**
   * What customers would be told by what was typed.
   *
   * @param asked an order; empty for that of the newest notice
   */
  Map<String, Object> preview(Key key, TemplateForm form, String asked) {
    Map<String, Object> model = new LinkedHashMap<>();
    List<Gate> gates = gates(key);
    Optional<Sample> sample = asked.isBlank() ? newest(gates) : chosen(gates, asked);
    model.put("order", asked);
    model.put("from", sample.map(one -> one.key().shop() + "/" + one.key().number()).orElse(""));
    if (sample.isEmpty()) {
      model.put(
          "none", views.say(asked.isBlank() ? "notices_preview_no" : "notices_preview_other"));
      model.put("vendors", List.of());
      return model;
    }
    model.put("none", "");
    Map<String, Object> shown =
        looked.preview.show(
            TemplateBody.read(key.name(), key.channel(), 0, form.body()),
            sample.get().key(),
            sample.get().parcel());
    List<Map<String, Object>> vendors = new ArrayList<>();
    if (shown.get("vendors") instanceof List<?> all) {
      all.forEach(one -> vendors.add(vendor((Map<?, ?>) one)));
    }
    model.put("vendors", vendors);
    return model;
  }

  private record Sample(OrderKey key, String parcel) {}

  private Optional<Sample> newest(List<Gate> gates) {
    for (Gate gate : gates) {
      List<Notice> found =
          looked.notices.list(new NoticeList.Filter(null, gate.name(), null, null, null), 1);
      if (!found.isEmpty()) {
        Notice notice = found.get(0);
        String parcel = gate.of() == Gate.Of.PARCEL ? notice.item() : "";
        return Optional.of(new Sample(notice.order(), parcel));
      }
    }
    return looked.notices.list(new NoticeList.Filter(null, null, null, null, null), 1).stream()
        .findFirst()
        .map(notice -> new Sample(notice.order(), parcel(gates, notice.order())));
  }

  private Optional<Sample> chosen(List<Gate> gates, String asked) {
    return views.orders(asked).stream()
        .filter(key -> looked.orders.find(key).isPresent())
        .findFirst()
        .map(key -> new Sample(key, parcel(gates, key)));
  }

  // The first parcel, where the notice is about parcels.
  private String parcel(List<Gate> gates, OrderKey key) {
    boolean each = gates.stream().anyMatch(gate -> gate.of() == Gate.Of.PARCEL);
    return each
            && looked.orders.find(key).map(order -> order.get("parcels")).orElse(null)
                instanceof List<?> parcels
            && !parcels.isEmpty()
            && parcels.get(0) instanceof Map<?, ?> first
            && first.get("id") != null
        ? first.get("id").toString()
        : "";
  }

  private Map<String, Object> vendor(Map<?, ?> shown) {
    Map<String, Object> vendor = new LinkedHashMap<>();
    for (String part : List.of("vendor", "title", "text", "link", "template", "signature")) {
      vendor.put(part, shown.get(part) == null ? "" : shown.get(part).toString());
    }
    vendor.put("inForce", Boolean.TRUE.equals(shown.get("inForce")));
    String place = shown.get("place") == null ? "" : shown.get("place").toString();
    vendor.put("error", shown.get("error") == null ? "" : error(place));
    vendor.put("place", place);
    List<Map<String, Object>> values = new ArrayList<>();
    if (shown.get("values") instanceof Map<?, ?> map) {
      map.forEach((name, value) -> values.add(Map.of("name", name, "value", value)));
    }
    vendor.put("values", values);
    List<Map<String, Object>> cuts = new ArrayList<>();
    if (shown.get("cut") instanceof List<?> all) {
      for (Object one : all) {
        Map<String, Object> cut = new LinkedHashMap<>();
        ((Map<?, ?>) one).forEach((name, value) -> cut.put(name.toString(), value));
        cuts.add(cut);
      }
    }
    vendor.put("cuts", cuts);
    return vendor;
  }

  // A vendor without words of its own, or HTML that cannot be cut.
  private String error(String place) {
    return views.say(
        place.startsWith("/vendors") ? "notices_preview_wordless" : "notices_preview_html");
  }

  /** A template's name and channel of an address. */
  Declined missing(Key key) {
    return new Declined(
        Declined.Kind.MISSING, Wording.of("没有模板 %s", "there is no template %s", key));
  }
}
