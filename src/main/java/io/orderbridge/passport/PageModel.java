package io.orderbridge.passport;

import io.orderbridge.kernel.Milestone;
import io.orderbridge.kernel.Wording;
import io.orderbridge.order.OrderTrace.Parcel;
import io.orderbridge.outbox.Delivery;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the page shows, as plain texts in one language and one zone. */
final class PageModel {
  private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("MM-dd HH:mm");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final List<Milestone> ROAD =
      List.of(
          Milestone.CREATED,
          Milestone.PAID,
          Milestone.ACCEPTED,
          Milestone.PACKED,
          Milestone.OUTBOUND_SCANNED,
          Milestone.PICKED_UP,
          Milestone.DELIVERED,
          Milestone.COMPLETED);
  private static final Map<String, Wording> STANDINGS =
      Map.of(
          "RESTING", new Wording("已停用", "switched off"),
          "REFUSED", new Wording("被拒绝", "refused"),
          "RETRYING", new Wording("重试中", "retrying"),
          "WAITING", new Wording("待发送", "to be told"),
          "AWAITED", new Wording("等待其消息", "awaited"),
          "TOLD", new Wording("已告知", "told"),
          "SAID", new Wording("已报告", "has told"),
          "-", new Wording("未涉及", "not concerned"));

  private final Passport passport;
  private final ZoneId zone;
  private final Locale locale;

  PageModel(Passport passport, ZoneId zone, Locale locale) {
    this.passport = passport;
    this.zone = zone;
    this.locale = locale;
  }

  private String word(String zh, String en) {
    return locale.equals(Locale.CHINESE) ? zh : en;
  }

  private String full(Instant at) {
    return at == null ? "" : FULL.format(at.atZone(zone));
  }

  private String brief(Instant at) {
    return at == null ? "" : SHORT.format(at.atZone(zone));
  }

  Map<String, Object> all() {
    Explanations.Told told = Explanations.of(passport);
    Diagnosis first = told.first();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("lang", locale.getLanguage());
    model.put("otherLang", word("en", "zh"));
    model.put("otherName", word("English", "中文"));
    model.put("shop", passport.key().shop());
    model.put("number", passport.key().number());
    model.put("status", Names.status(passport.status()).in(locale));
    model.put("mood", first.stuck() ? "stuck" : "fine");
    model.put("verdict", first.stuck() ? word("卡单", "Stuck") : word("正常", "As it should be"));
    model.put("sentence", first.text().in(locale));
    model.put("who", Names.who(first.who()).in(locale));
    model.put("next", first.next().in(locale));
    model.put("cause", first.cause().name());
    model.put("since", full(first.since()));
    model.put("also", told.also().stream().map(also -> also.text().in(locale)).toList());
    model.put("road", road());
    model.put("systems", systems());
    model.put("parcels", parcels());
    model.put("money", money());
    model.put("days", days());
    model.put("asOf", full(passport.now()) + " (" + zone + ")");
    model.put("words", words());
    return model;
  }

  private Map<String, Object> words() {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("title", word("订单轨迹", "Order passport"));
    words.put("who", word("由谁处理", "Who acts"));
    words.put("next", word("怎么做", "What to do"));
    words.put("since", word("开始于", "Since"));
    words.put("also", word("此外", "Besides"));
    words.put("systems", word("各系统状态", "Systems side by side"));
    words.put("parcels", word("包裹", "Parcels"));
    words.put("money", word("付款与退款", "Payments and refunds"));
    words.put("timeline", word("时间线", "Timeline"));
    words.put("all", word("显示全部技术记录", "Show every technical entry"));
    words.put("asOf", word("截至", "As of"));
    return words;
  }

  private List<Map<String, Object>> road() {
    int last = -1;
    for (int i = 0; i < ROAD.size(); i++) {
      last = passport.at(ROAD.get(i)).isPresent() ? i : last;
    }
    List<Map<String, Object>> road = new ArrayList<>();
    for (int i = 0; i < ROAD.size(); i++) {
      Optional<Instant> at = passport.at(ROAD.get(i));
      // A later step proves an earlier one whose own message was lost.
      String mark = at.isPresent() ? "done" : i < last ? "passed" : i == last + 1 ? "next" : "";
      road.add(
          Map.of(
              "name",
              ROAD.get(i).said().in(locale),
              "at",
              brief(at.orElse(null)),
              "mark",
              passport.is("CANCELLED") && at.isEmpty() ? "" : mark));
    }
    return road;
  }

  private List<Map<String, Object>> systems() {
    List<Map<String, Object>> systems = new ArrayList<>();
    for (SystemView system : SystemView.all(passport)) {
      String standing = system.standing();
      boolean bad = List.of("RESTING", "REFUSED", "RETRYING").contains(standing);
      systems.add(
          Map.of(
              "name",
              system.name(),
              "standing",
              STANDINGS.getOrDefault(standing, STANDINGS.get("-")).in(locale),
              "mood",
              bad ? "bad" : standing.equals("AWAITED") ? "wait" : standing.equals("-") ? "off" : "",
              "lines",
              lines(system)));
    }
    return systems;
  }

  private List<Map<String, String>> lines(SystemView system) {
    List<Map<String, String>> lines = new ArrayList<>();
    system
        .last()
        .ifPresent(
            claim ->
                line(
                    lines,
                    word("最近报告", "says"),
                    claim.milestone().said().in(locale) + " · " + brief(claim.at())));
    system.raw().ifPresent(raw -> line(lines, word("原始状态码", "its own code"), raw.code()));
    system
        .shown()
        .ifPresent(
            shown ->
                line(
                    lines,
                    word("读到", "shows"),
                    Names.status(shown.status()).in(locale) + " · " + brief(shown.readAt())));
    if (system.toldAt() != null) {
      line(lines, word("最近告知", "told"), brief(system.toldAt()));
    }
    owed(system, lines);
    passport.wires().sources().stream()
        .filter(source -> source.connection().equals(system.name()) && source.behind())
        .forEach(source -> line(lines, word("未读到", "not read"), source.source()));
    return lines;
  }

  private void owed(SystemView system, List<Map<String, String>> lines) {
    for (Delivery open : system.open()) {
      String cause = open.cause() == null ? "" : " · " + open.cause();
      line(
          lines,
          word("待送达", "is owed"),
          open.type() + " · " + open.tries() + word(" 次尝试", " tries") + cause);
    }
    if (system.open().isEmpty() && system.toldAt() == null) {
      system.target().stream()
          .flatMap(target -> target.needs().stream())
          .filter(need -> passport.at(need).isEmpty())
          .sorted()
          .forEach(need -> line(lines, word("等待", "waits for"), need.said().in(locale)));
    }
  }

  private static void line(List<Map<String, String>> lines, String name, String value) {
    lines.add(Map.of("name", name, "value", value));
  }

  private List<String> parcels() {
    return passport.parcels().stream().map(this::parcel).toList();
  }

  private String parcel(Parcel parcel) {
    String number =
        parcel.trackingNo() == null
            ? word("无物流单号", "no tracking number")
            : (parcel.carrier() == null ? "" : parcel.carrier() + " ") + parcel.trackingNo();
    String last =
        parcel.milestones().entrySet().stream()
            .max(Map.Entry.comparingByKey())
            .map(step -> step.getKey().said().in(locale) + " " + brief(step.getValue()))
            .orElse("");
    return parcel.id() + " · " + number + " · " + last;
  }

  private List<String> money() {
    List<String> money = new ArrayList<>();
    if (passport.order() == null) {
      return money;
    }
    if (passport.order().total() != null) {
      money.add(word("应付 ", "costs ") + passport.order().total());
    }
    passport
        .order()
        .payments()
        .forEach(
            paid ->
                money.add(
                    word("已付 ", "paid ")
                        + paid.amount()
                        + " · "
                        + paid.system()
                        + " "
                        + paid.id()
                        + " · "
                        + brief(paid.at())));
    passport
        .order()
        .refunds()
        .forEach(
            refund ->
                money.add(
                    word("退款 ", "refund ")
                        + (refund.amount() == null ? "" : refund.amount() + " · ")
                        + refund.id()
                        + " · "
                        + Names.refund(refund.status()).in(locale)
                        + " · "
                        + brief(refund.at())));
    return money;
  }

  private List<Map<String, Object>> days() {
    Map<String, List<Map<String, Object>>> byDay = new LinkedHashMap<>();
    for (Moment moment : Timeline.of(passport)) {
      String late =
          moment.told() == null ? "" : word("，收到于 ", ", heard of at ") + brief(moment.told());
      byDay
          .computeIfAbsent(DAY.format(moment.at().atZone(zone)), day -> new ArrayList<>())
          .add(
              Map.of(
                  "time",
                  TIME.format(moment.at().atZone(zone)),
                  "source",
                  moment.source(),
                  "tone",
                  moment.tone().name().toLowerCase(Locale.ROOT),
                  "text",
                  moment.text().in(locale) + late));
    }
    List<Map<String, Object>> days = new ArrayList<>();
    byDay.forEach((day, moments) -> days.add(Map.of("day", day, "moments", moments)));
    return days;
  }
}
