package io.orderbridge.reconciliation;

import io.orderbridge.books.EntryPool;
import io.orderbridge.books.Line;
import io.orderbridge.kernel.Money;
import io.orderbridge.kernel.Wording;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Runs and their items, as the API shows them. */
final class RunView {
  private RunView() {}

  static Map<String, Object> of(Run run) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", run.id());
    view.put("state", "DONE");
    view.put("reconciliation", run.of().reconciliation());
    view.put("from", run.of().from().toString());
    view.put("to", run.of().to().toString());
    view.put("version", run.version());
    view.put("final", run.isFinal());
    view.put("reason", run.made().reason());
    view.put("madeAt", run.made().at().toString());
    view.put("left", side(run.tally().left()));
    view.put("right", side(run.tally().right()));
    view.put("gap", gap(run));
    view.put("definitions", run.inputs().definitions());
    view.put("snapshots", Map.of("left", run.inputs().left(), "right", run.inputs().right()));
    view.put("carriedFrom", run.inputs().carriedFrom());
    view.put("links", run.inputs().links());
    view.put("missing", run.inputs().missing());
    view.put("root", run.root());
    view.put("hash", run.hash());
    view.values().removeIf(Objects::isNull);
    return view;
  }

  // What came in on the left, less what came in on the right.
  private static Map<String, String> gap(Run run) {
    Map<String, BigInteger> gap = new TreeMap<>();
    for (Tally.Part part : List.of(Tally.Part.ENTRIES, Tally.Part.CARRIED)) {
      run.tally().left().sums(part).forEach((code, sum) -> gap.merge(code, sum, BigInteger::add));
      run.tally()
          .right()
          .sums(part)
          .forEach((code, sum) -> gap.merge(code, sum.negate(), BigInteger::add));
    }
    return texts(gap);
  }

  private static Map<String, String> texts(Map<String, BigInteger> sums) {
    Map<String, String> texts = new TreeMap<>();
    sums.forEach(
        (code, sum) -> texts.put(code.isEmpty() ? "pieces" : code, ReportViews.decimal(sum, code)));
    return texts;
  }

  private static Map<String, Object> side(Tally tally) {
    Map<String, Object> view = new LinkedHashMap<>();
    for (Tally.Part part : Tally.Part.values()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("entries", tally.count(part));
      one.put("sums", texts(tally.sums(part)));
      view.put(part == Tally.Part.ENTRIES ? "ofPeriod" : part.word(), one);
    }
    return view;
  }

  /** Of a run that is under way, or that was not kept. */
  static Map<String, Object> of(Attempts.Attempt attempt) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", attempt.run());
    view.put("state", attempt.problem() == null ? "RUNNING" : "FAILED");
    view.put("reconciliation", attempt.reconciliation());
    view.put("from", attempt.from().toString());
    view.put("startedAt", attempt.startedAt().toString());
    view.put("toldAt", attempt.toldAt().toString());
    view.put("phase", attempt.phase());
    view.put("done", attempt.done());
    view.put("total", attempt.total());
    BigDecimal seconds = new BigDecimal(attempt.seconds());
    if (attempt.done() > 0 && seconds.signum() > 0) {
      BigDecimal rate = BigDecimal.valueOf(attempt.done()).divide(seconds, 0, RoundingMode.HALF_UP);
      view.put("perSecond", rate.longValueExact());
      if (attempt.total() > attempt.done() && rate.signum() > 0) {
        view.put(
            "remainingSeconds",
            BigDecimal.valueOf(attempt.total() - attempt.done())
                .divide(rate, 0, RoundingMode.UP)
                .longValueExact());
      }
    }
    view.put("problem", attempt.problem());
    view.values().removeIf(Objects::isNull);
    return view;
  }

  static Map<String, Object> of(RunReads.Row row, Locale language) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("no", row.no());
    view.put("outcome", row.outcome().name());
    view.put("class", row.kind().name());
    view.put("rule", row.rule());
    view.put("key", row.key());
    view.put("shop", row.shop());
    view.put("currency", row.currency());
    view.put("left", amount(row.currency(), row.leftAmount()));
    view.put("right", amount(row.currency(), row.rightAmount()));
    view.put("leftPieces", row.leftPieces());
    view.put("rightPieces", row.rightPieces());
    view.put("since", row.since().toString());
    view.put("carried", row.carried());
    view.put("why", new Wording(row.zh(), row.en()).in(language));
    view.values().removeIf(Objects::isNull);
    return view;
  }

  static String amount(String currency, Long minor) {
    return currency == null || minor == null
        ? null
        : new Money(minor, Money.currency(currency)).toDecimal();
  }

  static Map<String, Object> of(RunReads.Explained explained, Run run, Locale language) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("run", run.id());
    view.put("left", explained.left().stream().map(RunView::entry).toList());
    view.put("right", explained.right().stream().map(RunView::entry).toList());
    List<Object> items = new ArrayList<>();
    explained.items().forEach(item -> items.add(of(item, language)));
    view.put("items", items);
    boolean both = !explained.left().isEmpty() && !explained.right().isEmpty();
    if (items.isEmpty()) {
      view.put(
          "why",
          Wording.of(
                  both ? "两边按键值一致,已匹配。" : "不计入本期,或不符合口径。",
                  both
                      ? "Both books say the same of this key; it matched."
                      : "It does not count, by the definition or the period.")
              .in(language));
    }
    return view;
  }

  static Map<String, Object> entry(EntryPool.Told told) {
    Line line = told.line();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("snapshot", line.snapshot());
    view.put("place", line.place());
    view.put("line", line.line());
    view.put("kind", line.kind() == null ? null : line.kind().name());
    view.put("amount", amount(line.currency(), line.minor()));
    view.put("currency", line.currency());
    view.put("pieces", line.quantity());
    view.put("status", line.status());
    Map<String, String> times = new TreeMap<>();
    line.times().forEach((basis, at) -> times.put(basis.name(), at.toString()));
    view.put("times", times);
    view.put("converted", told.converted());
    view.values().removeIf(Objects::isNull);
    return view;
  }
}
