package io.orderbridge.reconciliation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Breaks as the API shows them. */
final class BreakView {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BreakView() {}

  static Map<String, Object> of(Break one, String bucket) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", one.id());
    view.put("reconciliation", one.reconciliation());
    view.put("key", one.key());
    view.put("class", one.kind().name());
    view.put("title", ReportViews.words(one.kind().text()));
    view.put("state", one.state().name());
    view.put("shop", one.shop());
    view.put("gap", one.gap() == null ? null : one.gap().toDecimal());
    view.put("currency", one.gap() == null ? null : one.gap().currency().getCurrencyCode());
    view.put("pieces", one.pieces());
    view.put("since", one.since().toString());
    view.put("bucket", one.state().isOpen() ? bucket : null);
    view.put("run", one.seen().run());
    view.put("item", one.seen().item());
    view.put("episode", one.episode());
    view.put("openedAt", one.seen().openedAt().toString());
    view.put("seenAt", one.seen().at().toString());
    view.put("endedAt", Objects.toString(one.seen().endedAt(), null));
    view.put("proposedBy", one.proposedBy());
    view.values().removeIf(Objects::isNull);
    return view;
  }

  static Map<String, Object> of(BreakRows.Act act) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("at", act.at().toString());
    view.put("who", act.who());
    view.put("act", act.act());
    view.put("reason", act.reason().isEmpty() ? null : act.reason());
    try {
      view.put("details", JSON.readTree(act.details()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    view.values().removeIf(Objects::isNull);
    return view;
  }

  static Map<String, Object> of(BreakLinks.Linked linked) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("link", linked.link());
    view.put("linked", linked.linked());
    LinkProposals.Proposal proposal = linked.proposal();
    if (proposal != null) {
      Map<String, Object> past = new LinkedHashMap<>();
      past.put("found", proposal.past().found());
      past.put("right", proposal.past().agreeing());
      past.put("toFind", proposal.past().toFind());
      view.put("proposal", Map.of("pass", proposal.line(), "past", past));
    }
    return view;
  }

  static Map<String, Object> of(BreakList.Lying lying) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("reconciliation", lying.reconciliation());
    view.put("class", lying.kind().name());
    view.put("title", ReportViews.words(lying.kind().text()));
    view.put("count", lying.count());
    view.put("currency", lying.currency());
    view.put(
        "amount",
        lying.currency() == null
            ? null
            : ReportViews.decimal(lying.minor().toBigInteger(), lying.currency()));
    view.put("pieces", lying.currency() == null ? lying.pieces() : null);
    view.values().removeIf(Objects::isNull);
    return view;
  }

  static Map<String, Object> of(BreakList.Aged aged) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("bucket", aged.bucket());
    view.put("unsettled", aged.unsettled());
    view.put("count", aged.count());
    view.put("currency", aged.currency());
    view.put(
        "amount",
        aged.currency() == null
            ? null
            : ReportViews.decimal(aged.minor().toBigInteger(), aged.currency()));
    view.put("pieces", aged.currency() == null ? aged.pieces() : null);
    view.values().removeIf(Objects::isNull);
    return view;
  }
}
