package io.orderbridge.console;

import io.orderbridge.kernel.OrderKey;
import io.orderbridge.notice.Gate;
import io.orderbridge.notice.NoticeList.Notice;
import io.orderbridge.notice.NoticeList.Sent;
import io.orderbridge.notice.NoticeRules;
import io.orderbridge.notice.NoticeRulesInForce;
import io.orderbridge.passport.PassportViews;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notices and what belongs to them as pages show them, in the language of who looks. */
@Singleton
class NoticeViews {
  private final Visit visit;
  private final PassportViews views;
  private final NoticeRulesInForce rules;
  private final Clock clock;

  NoticeViews(Visit visit, PassportViews views, NoticeRulesInForce rules, Clock clock) {
    this.visit = visit;
    this.views = views;
    this.rules = rules;
    this.clock = clock;
  }

  /** What every page of the section has. */
  Map<String, Object> page(String tab, String title) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("title", title);
    model.put("tab", tab);
    model.put("mayDesk", visit.may(Rights.NOTICE_DESK));
    return model;
  }

  String say(String key, Object... values) {
    return Texts.say(visit.locale(), key, values);
  }

  /** The text of a word of the program; empty when it has none. */
  String word(String kind, String word) {
    return Texts.in(visit.locale()).getOrDefault(kind + word, "");
  }

  NoticeRules rules() {
    return rules.now();
  }

  LocalDate today() {
    return clock.instant().atZone(rules().zone()).toLocalDate();
  }

  Instant now() {
    return clock.instant();
  }

  Instant begins(LocalDate day) {
    return day.atStartOfDay(rules().zone()).toInstant();
  }

  String time(Instant at) {
    return views.time(at);
  }

  /** Of a time as views of features write it; empty for none. */
  String time(Object at) {
    return at == null ? "" : views.time(Instant.parse(at.toString()));
  }

  String gate(String name) {
    Gate gate = rules().gates().get(name);
    return gate == null ? "" : gate.title().in(visit.locale());
  }

  String condition(String word) {
    return views.condition(word, visit.locale());
  }

  /** Gates whose notices are made by this template. */
  List<Gate> gatesOf(String template) {
    return rules().gates().values().stream()
        .filter(gate -> gate.template().equals(template))
        .toList();
  }

  /** Gates to choose from. */
  List<Map<String, Object>> gates() {
    return rules().gates().keySet().stream()
        .map(name -> Map.<String, Object>of("value", name, "name", gate(name)))
        .toList();
  }

  /** Words of a program to choose from. */
  List<Map<String, Object>> words(String kind, List<String> words) {
    return words.stream()
        .map(word -> Map.<String, Object>of("value", word, "name", word(kind, word)))
        .toList();
  }

  /** Orders of a number, or of {@code shop/number}; none when nobody told of one. */
  List<OrderKey> orders(String asked) {
    String[] both = asked.strip().split("/", 2);
    Set<OrderKey> found = new LinkedHashSet<>();
    if (both.length == 2 && !both[0].isBlank() && !both[1].isBlank()) {
      found.add(new OrderKey(both[0].strip(), both[1].strip()));
    } else if (!asked.isBlank()) {
      OrderKey any = new OrderKey("-", asked.strip());
      views.near(any).stream().filter(key -> key.number().equals(any.number())).forEach(found::add);
    }
    return List.copyOf(found);
  }

  Map<String, Object> row(Notice notice) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", notice.id());
    row.put("gate", notice.gate());
    row.put("gateName", gate(notice.gate()));
    row.put("order", notice.order().shop() + "/" + notice.order().number());
    row.put("orderPath", OrderPages.pathOf(row.get("order").toString()));
    row.put("item", notice.item());
    row.put("state", notice.state());
    row.put("stateName", word("notices_state_", notice.state()));
    row.put("tone", tone(notice.state()));
    row.put("at", time(notice.gateAt()));
    row.put("since", time(notice.since()));
    row.put("cause", none(notice.cause()));
    row.put("causeName", word("cause_", none(notice.cause())));
    row.put("reachedAt", time(notice.reachedAt()));
    row.put("reachedBy", none(notice.reachedBy()));
    row.put("reachedByName", word("notices_channel_", none(notice.reachedBy())));
    row.put("personal", none(notice.personal()));
    row.put("sent", notice.sent().stream().map(this::sent).toList());
    return row;
  }

  private Map<String, Object> sent(Sent sent) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", sent.id());
    row.put("channel", sent.channel());
    row.put("channelName", word("notices_channel_", sent.channel()));
    row.put("vendor", sent.vendor());
    row.put("state", word("notices_sent_", sent.state()));
    row.put("tone", tone(sent.state()));
    row.put("tries", sent.tries());
    row.put("due", time(sent.dueAt()));
    row.put("template", none(sent.template()));
    row.put("version", sent.version() == null ? "" : sent.version().toString());
    row.put("ref", none(sent.ref()));
    row.put("cause", none(sent.cause()));
    row.put("causeName", word("cause_", none(sent.cause())));
    row.put("why", none(sent.why()));
    row.put("steps", steps(sent));
    return row;
  }

  private List<Map<String, Object>> steps(Sent sent) {
    List<Map<String, Object>> steps = new ArrayList<>();
    step(steps, "PLANNED", sent.plannedAt());
    step(steps, "ACCEPTED", sent.acceptedAt());
    step(steps, "DELIVERED", sent.deliveredAt());
    step(steps, "READ", sent.readAt());
    step(steps, "FAILED", sent.failedAt());
    return steps;
  }

  private void step(List<Map<String, Object>> steps, String state, Instant at) {
    if (at != null) {
      steps.add(Map.of("name", word("notices_sent_", state), "at", time(at)));
    }
  }

  /** What rules decided, one line for each channel. */
  List<Map<String, Object>> decided(Notice notice) {
    return notice.decided().stream()
        .map(
            one ->
                Map.<String, Object>of(
                    "channel",
                    word("notices_channel_", none(one.get("channel"))),
                    "rule",
                    none(one.get("rule")),
                    "ruleName",
                    word("notices_rule_", none(one.get("rule"))),
                    "does",
                    word("notices_does_", none(one.get("does")))))
        .toList();
  }

  private static String tone(String state) {
    return switch (state) {
      case "FAILED" -> "bad";
      case "UNCONFIRMED" -> "wait";
      case "SUPPRESSED", "DROPPED" -> "off";
      default -> "";
    };
  }

  static String none(String text) {
    return text == null ? "" : text;
  }
}
