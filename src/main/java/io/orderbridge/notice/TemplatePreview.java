package io.orderbridge.notice;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.OrderKey;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.Orders;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Shows what a template comes to with a real order, at every vendor. */
@Singleton
public class TemplatePreview {
  // As on the parcels themselves: who edits a template needs no names of customers.
  private static final String MASKED = "王**";
  // What a vendor takes whose connection file is not in force.
  private static final int TEXT_MAX = 500;

  private final Orders orders;
  private final Vendors vendors;
  private final NoticeRulesInForce policy;

  TemplatePreview(Orders orders, Vendors vendors, NoticeRulesInForce policy) {
    this.orders = orders;
    this.vendors = vendors;
    this.policy = policy;
  }

  /**
   * The messages by vendor, each with what was cut.
   *
   * @param parcel empty for a notice about the whole order
   * @throws Declined when no message has named the order
   */
  public Map<String, Object> show(Template template, OrderKey key, String parcel) {
    Map<String, Object> order =
        orders
            .find(key)
            .orElseThrow(
                () ->
                    new Declined(
                        Kind.MISSING,
                        Wording.of("还没有收到过订单 %s 的消息", "no message has named order %s yet", key)));
    Map<String, String> values =
        OrderValues.of(
            order,
            MASKED,
            OrderValues.About.parcel(parcel),
            new OrderValues.Reader(policy.now().zone(), Locale.CHINESE, policy.now().carriers()));
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("version", template.version());
    shown.put("values", values);
    shown.put(
        "vendors", connections(template).stream().map(c -> one(template, c, values)).toList());
    return shown;
  }

  private Set<String> connections(Template template) {
    Set<String> connections = new TreeSet<>(template.vendors().keySet());
    vendors.of(template.channel()).forEach(vendor -> connections.add(vendor.connection()));
    return connections;
  }

  private Map<String, Object> one(
      Template template, String connection, Map<String, String> values) {
    int textMax = vendors.find(connection).map(Vendor::textMax).orElse(TEXT_MAX);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("vendor", connection);
    shown.put("inForce", vendors.find(connection).isPresent());
    try {
      List<Map<String, String>> cuts = new ArrayList<>();
      Rendered rendered = template.render(connection, textMax, values, cut -> cuts.add(cut(cut)));
      shown.put("title", rendered.title());
      shown.put("text", rendered.text());
      shown.put("link", rendered.link());
      shown.put("template", rendered.template());
      shown.put("signature", rendered.signature());
      shown.put("values", rendered.values());
      shown.put("cut", cuts);
    } catch (Refusal e) {
      shown.put("error", e.getMessage());
      shown.put("place", e.place());
    }
    return shown;
  }

  private static Map<String, String> cut(Template.Cut cut) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("place", cut.place());
    shown.put("value", cut.value());
    shown.put("sent", cut.sent());
    return shown;
  }
}
