package io.orderbridge.passport;

import io.orderbridge.finding.FindingResource;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.OrderTrace;
import io.orderbridge.outbox.Deadlines;
import io.orderbridge.payment.RecordsOfOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON of a passport. It holds no personal data of customers. */
final class PassportDocument {
  private PassportDocument() {}

  static Map<String, Object> of(Passport passport) {
    Explanations.Told told = Explanations.of(passport);
    OrderTrace order = passport.order();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("order", Map.of("shop", passport.key().shop(), "number", passport.key().number()));
    document.put("known", order != null);
    document.put("asOf", text(passport.now()));
    document.put("status", passport.status());
    document.put("since", text(passport.since()));
    document.put("diagnosis", diagnosis(told.first()));
    document.put("also", told.also().stream().map(PassportDocument::diagnosis).toList());
    document.put("systems", SystemView.all(passport).stream().map(SystemView::document).toList());
    document.put("milestones", order == null ? Map.of() : milestones(order.milestones()));
    document.put("parcels", passport.parcels().stream().map(PassportDocument::parcel).toList());
    document.put("payments", payments(passport));
    document.put("refunds", refunds(order));
    document.put("notices", NoticesShown.of(passport.notes().notices()));
    document.put("uploadDeadlines", deadlines(passport));
    document.put("forced", forced(order));
    document.put("messages", messages(passport));
    document.put(
        "findings", passport.notes().findings().stream().map(FindingResource::view).toList());
    document.put(
        "tickets",
        passport.notes().tickets().stream()
            .map(story -> story.ticket().view(passport.now()))
            .toList());
    document.put("timeline", Timeline.of(passport).stream().map(PassportDocument::moment).toList());
    document.values().removeIf(java.util.Objects::isNull);
    return document;
  }

  static Map<String, Object> diagnosis(Diagnosis diagnosis) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("stuck", diagnosis.stuck());
    view.put("cause", diagnosis.cause().name());
    view.put("who", diagnosis.who());
    view.put("text", both(diagnosis.text()));
    put(view, "since", text(diagnosis.since()));
    view.put("next", both(diagnosis.next()));
    view.put("link", diagnosis.cause().link());
    return view;
  }

  private static Map<String, Object> both(Wording wording) {
    Map<String, Object> both = new LinkedHashMap<>();
    both.put("zh", wording.zh());
    both.put("en", wording.en());
    return both;
  }

  private static Map<String, Object> milestones(Map<Milestone, Instant> reached) {
    Map<String, Object> view = new LinkedHashMap<>();
    new TreeMap<>(reached).forEach((milestone, at) -> view.put(milestone.name(), text(at)));
    return view;
  }

  private static Map<String, Object> parcel(OrderTrace.Parcel parcel) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", parcel.id());
    put(view, "carrier", parcel.carrier());
    put(view, "trackingNo", parcel.trackingNo());
    view.put("milestones", milestones(parcel.milestones()));
    return view;
  }

  private static Map<String, Object> payments(Passport passport) {
    Map<String, Object> view = new LinkedHashMap<>();
    OrderTrace order = passport.order();
    money(view, "total", order == null ? null : order.total());
    view.put(
        "ours",
        order == null
            ? List.of()
            : order.payments().stream()
                .map(
                    paid -> {
                      Map<String, Object> one = new LinkedHashMap<>();
                      one.put("id", paid.id());
                      money(one, "amount", paid.amount());
                      one.put("at", text(paid.at()));
                      one.put("system", paid.system());
                      return one;
                    })
                .toList());
    view.put("theirs", passport.notes().records().stream().map(PassportDocument::record).toList());
    return view;
  }

  private static Map<String, Object> record(RecordsOfOrder.Record record) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("system", record.connection());
    view.put("kind", record.kind());
    view.put("id", record.id());
    put(view, "refund", record.refund().isEmpty() ? null : record.refund());
    money(view, "amount", record.amount());
    view.put("state", record.state());
    view.put("at", text(record.at()));
    view.put("source", record.source());
    return view;
  }

  private static void money(Map<String, Object> view, String name, Money money) {
    if (money != null) {
      view.put(name, money.toDecimal());
      view.put("currency", money.currency().getCurrencyCode());
    }
  }

  private static List<Map<String, Object>> refunds(OrderTrace order) {
    return order == null
        ? List.of()
        : order.refunds().stream()
            .map(
                refund -> {
                  Map<String, Object> view = new LinkedHashMap<>();
                  view.put("id", refund.id());
                  view.put("status", refund.status());
                  money(view, "amount", refund.amount());
                  view.put("at", text(refund.at()));
                  return view;
                })
            .toList();
  }

  private static List<Map<String, Object>> deadlines(Passport passport) {
    return passport.notes().deadlines().stream().map(PassportDocument::deadline).toList();
  }

  private static Map<String, Object> deadline(Deadlines.Entry deadline) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("target", deadline.target());
    view.put("dueAt", text(deadline.dueAt()));
    view.put("state", deadline.state());
    put(view, "metAt", text(deadline.metAt()));
    return view;
  }

  private static List<Map<String, Object>> forced(OrderTrace order) {
    return order == null
        ? List.of()
        : order.forced().stream()
            .map(
                forced -> {
                  Map<String, Object> view = new LinkedHashMap<>();
                  view.put("milestone", forced.word().milestone().name());
                  put(
                      view,
                      "parcel",
                      forced.word().parcel().isEmpty() ? null : forced.word().parcel());
                  view.put("says", forced.word().says().name());
                  view.put("overrules", forced.overrules());
                  view.put("at", text(forced.word().at()));
                  view.put("by", forced.word().by());
                  view.put("reason", forced.word().reason());
                  view.put("version", text(forced.word().version()));
                  return view;
                })
            .toList();
  }

  private static Map<String, Object> messages(Passport passport) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put(
        "dead",
        passport.mail().dead().stream()
            .map(
                buried -> {
                  Map<String, Object> letter = new LinkedHashMap<>();
                  letter.put("deadLetter", buried.letter().id());
                  letter.put("queue", buried.letter().queue());
                  letter.put("cause", buried.letter().cause().name());
                  letter.put("place", buried.letter().place());
                  letter.put("message", buried.letter().message());
                  letter.put("diedAt", text(buried.letter().diedAt()));
                  return letter;
                })
            .toList());
    view.put(
        "waiting",
        passport.mail().waiting().stream()
            .map(
                arrived ->
                    Map.of(
                        "message",
                        arrived.id(),
                        "connection",
                        arrived.connection(),
                        "kind",
                        arrived.kind(),
                        "receivedAt",
                        text(arrived.receivedAt())))
            .toList());
    return view;
  }

  private static Map<String, Object> moment(Moment moment) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("at", text(moment.at()));
    put(view, "toldAt", text(moment.told()));
    view.put("kind", moment.kind().name());
    view.put("source", moment.source());
    view.put("tone", moment.tone().name());
    view.put("text", both(moment.text()));
    return view;
  }

  private static void put(Map<String, Object> view, String name, Object value) {
    if (value != null) {
      view.put(name, value);
    }
  }

  private static String text(Instant at) {
    return at == null ? null : at.toString();
  }
}
