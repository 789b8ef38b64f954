package io.orderbridge.console;

import io.orderbridge.notice.ChannelRules;
import io.orderbridge.notice.Gate;
import io.orderbridge.notice.NoticeList;
import io.orderbridge.notice.PersonalRule;
import io.orderbridge.notice.RuleCounts;
import io.orderbridge.notice.RuleCounts.Count;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The rules of notices that hold now, and what each of them did in the last seven days. */
@Path("/console/notices/rules")
public class NoticeRulePages {
  private static final int DAYS = 7;

  private final Pages pages;
  private final NoticeViews views;
  private final RuleCounts counts;

  NoticeRulePages(Pages pages, NoticeViews views, RuleCounts counts) {
    this.pages = pages;
    this.views = views;
    this.counts = counts;
  }

  @GET
  @Operation(hidden = true)
  public Response rules() {
    return pages.page(
        Rights.NOTICES,
        () -> {
          ChannelRules policy = views.rules().policy();
          Instant from = views.begins(views.today().minusDays(DAYS - 1L));
          List<Count> counted = counts.between(from, views.begins(views.today().plusDays(1)));
          Map<String, Object> model = views.page("rules", views.say("notices_rules"));
          model.put("counted", views.say("notices_counts", NoticeList.LOOKED_MAX));
          model.put("counts", counted.stream().map(this::count).toList());
          model.put("caps", policy.caps().stream().map(this::cap).toList());
          model.put("quiet", policy.quiet().stream().map(this::quiet).toList());
          model.put("policy", policy.policy().stream().map(this::policy).toList());
          model.put("words", policy.words().stream().map(this::words).toList());
          model.put("personal", views.rules().personal().stream().map(this::block).toList());
          model.put("gates", views.rules().gates().values().stream().map(this::gate).toList());
          model.put("target", views.rules().reach());
          model.put(
              "retry",
              views.rules().retry().stream()
                  .map(wait -> Long.toString(wait.toMinutes()))
                  .collect(Collectors.joining(", ")));
          return pages.render("noticesrules", model);
        });
  }

  private Map<String, Object> count(Count count) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("rule", count.rule());
    row.put("ruleName", views.word("notices_rule_", count.rule()));
    row.put("channel", views.word("notices_channel_", count.channel()));
    row.put("does", views.word("notices_does_", count.does()));
    row.put("held", !count.does().equals("SEND"));
    row.put("notices", count.notices());
    row.put("times", count.times());
    return row;
  }

  private Map<String, Object> scope(ChannelRules.Scope scope, String rule) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put(
        "channels",
        scope.channels().isEmpty()
            ? views.say("notices_all")
            : new TreeSet<>(scope.channels())
                .stream()
                    .map(channel -> views.word("notices_channel_", channel))
                    .collect(Collectors.joining(views.say("notices_comma"))));
    row.put(
        "content",
        scope.content() == null
            ? views.say("notices_all")
            : views.word("notices_content_", scope.content().name()));
    row.put("rule", rule);
    return row;
  }

  private Map<String, Object> cap(ChannelRules.Cap cap) {
    Map<String, Object> row = scope(cap.scope(), cap.rule());
    row.put("most", cap.most());
    row.put("zone", cap.zone().getId());
    return row;
  }

  private Map<String, Object> quiet(ChannelRules.Quiet quiet) {
    Map<String, Object> row = scope(quiet.scope(), quiet.rule());
    row.put("from", quiet.from().toString());
    row.put("to", quiet.to().toString());
    row.put("zone", quiet.zone().getId());
    return row;
  }

  private Map<String, Object> policy(ChannelRules.Policy policy) {
    Map<String, Object> row = scope(policy.scope(), policy.rule());
    row.put("needs", views.word("notices_needs_", policy.needs().name()));
    return row;
  }

  private Map<String, Object> words(ChannelRules.Words words) {
    Map<String, Object> row = scope(words.scope(), words.rule());
    row.put("words", String.join(" · ", words.words()));
    return row;
  }

  private Map<String, Object> block(PersonalRule rule) {
    return Map.of(
        "name", rule.name(),
        "priority", rule.priority(),
        "texts", rule.blocks().values().stream().map(Object::toString).toList());
  }

  private Map<String, Object> gate(Gate gate) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("gate", gate.name());
    row.put("gateName", views.gate(gate.name()));
    row.put("of", views.word("notices_of_", gate.of().name()));
    row.put("when", conditions(gate));
    row.put("mode", views.word("notices_mode_", gate.mode().name()));
    row.put(
        "channels",
        gate.channels().stream()
            .map(
                channel ->
                    Map.of(
                        "name",
                        views.word("notices_channel_", channel),
                        "path",
                        NoticeTemplatePages.LIST + "/" + gate.template() + "/" + channel))
            .toList());
    row.put("within", gate.receiptWithin().toMinutes());
    return row;
  }

  private static List<String> conditions(Gate gate) {
    TreeSet<String> when = new TreeSet<>(gate.when().stream().map(Enum::name).toList());
    if (!gate.refund().isEmpty()) {
      when.add(gate.refund());
    }
    return List.copyOf(when);
  }
}
