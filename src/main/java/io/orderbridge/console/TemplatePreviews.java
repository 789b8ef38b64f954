package io.orderbridge.console;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.notice.Gate;
import io.orderbridge.notice.NoticeList;
import io.orderbridge.notice.NoticeList.Notice;
import io.orderbridge.notice.TemplateBody;
import io.orderbridge.notice.TemplatePreview;
import io.orderbridge.notice.Templates.Key;
import io.orderbridge.order.Orders;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a template that is not saved comes to with a real order, at every vendor. */
@Singleton
class TemplatePreviews {
  private final NoticeViews views;
  private final TemplatePreview preview;
  private final NoticeList notices;
  private final Orders orders;

  TemplatePreviews(NoticeViews views, TemplatePreview preview, NoticeList notices, Orders orders) {
    this.views = views;
    this.preview = preview;
    this.notices = notices;
    this.orders = orders;
  }

  /**
   * What customers would be told by what was typed.
   *
   * @param asked an order; empty for that of the newest notice
   */
  Map<String, Object> of(Key key, TemplateForm form, String asked) {
    Map<String, Object> model = new LinkedHashMap<>();
    List<Gate> gates = views.gatesOf(key.name());
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
        preview.show(
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
          notices.list(new NoticeList.Filter(null, gate.name(), null, null, null), 1);
      if (!found.isEmpty()) {
        Notice notice = found.get(0);
        String parcel = gate.of() == Gate.Of.PARCEL ? notice.item() : "";
        return Optional.of(new Sample(notice.order(), parcel));
      }
    }
    return notices.list(new NoticeList.Filter(null, null, null, null, null), 1).stream()
        .findFirst()
        .map(notice -> new Sample(notice.order(), parcel(gates, notice.order())));
  }

  private Optional<Sample> chosen(List<Gate> gates, String asked) {
    return views.orders(asked).stream()
        .filter(key -> orders.find(key).isPresent())
        .findFirst()
        .map(key -> new Sample(key, parcel(gates, key)));
  }

  // The first parcel, where the notice is about parcels.
  private String parcel(List<Gate> gates, OrderKey key) {
    boolean each = gates.stream().anyMatch(gate -> gate.of() == Gate.Of.PARCEL);
    return each
            && orders.find(key).map(order -> order.get("parcels")).orElse(null)
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
    vendor.put("filled", values);
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
}
